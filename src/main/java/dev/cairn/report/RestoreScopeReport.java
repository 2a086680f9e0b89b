package dev.cairn.report;

import dev.cairn.preview.RestoreScope;
import dev.cairn.preview.RestoreScope.ByKey;
import dev.cairn.preview.RestoreScope.Left;
import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.preview.TargetScope.SampleCell;
import dev.cairn.preview.TargetScope.SampleRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a restore would put back and what it would leave: for people, and for programs. */
public record RestoreScopeReport(RestoreScope scope) {
  private static final int CELLS_SHOWN = 8;

  /** What the table of counts is called. */
  public String heading() {
    return "restore %s from %s%n".formatted(scope.table(), scope.from());
  }

  /** The columns of the table of counts. */
  public List<String> columns() {
    return List.of(scope.leading(), "restored", "written_since", "kept", "only_there", "only_here");
  }

  /** A row for each value of the key's first column, and their sum. */
  public List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    scope.by().forEach(by -> rows.add(row(by.value(), by)));
    if (rows.size() != 1) {
      rows.add(row("total", scope.total()));
    }
    return rows;
  }

  private static List<Object> row(Object name, ByKey by) {
    List<Object> row = new ArrayList<>();
    row.add(name);
    row.addAll(List.of(by.restored(), by.writtenSince(), by.kept(), by.onlyThere(), by.onlyHere()));
    return row;
  }

  /** What stands below the table, each line ended. */
  public String text(RowsOptions options) {
    StringBuilder out = new StringBuilder();
    for (ColumnChange column : scope.columns()) {
      column(out, column);
    }
    sample(out, options);
    ByKey total = scope.total();
    if (total.kept() > 0) {
      line(
          out,
          scope.described()
              ? said(
                  total.kept(),
                  "1 row differs from the snapshot and stays as it is: the predicate doesn't describe it",
                  "%,d rows differ from the snapshot and stay as they are: the predicate doesn't describe them")
              : said(
                  total.kept(),
                  "1 row differs from the snapshot and stays as it is: no run of Cairn left it so",
                  "%,d rows differ from the snapshot and stay as they are: no run of Cairn left them so"));
    }
    if (total.writtenSince() > 0) {
      line(
          out,
          said(
              total.writtenSince(),
              "1 damaged row was written since a run left it, and stays as it is",
              "%,d damaged rows were written since a run left them, and stay as they are"));
    }
    if (total.onlyHere() > 0) {
      line(
          out,
          said(
              total.onlyHere(),
              "1 row is not in the snapshot: written since, it stays",
              "%,d rows are not in the snapshot: written since, they stay"));
    }
    if (scope.fitting() > 0) {
      line(
          out,
          said(
              scope.fitting(),
              "  1 of them fits the predicate all the same",
              "  %,d of them fit the predicate all the same"));
    }
    if (total.onlyThere() > 0) {
      line(out, onlyThere(total.onlyThere()));
    }
    left(out, scope.kept(), options);
    left(out, scope.missing(), options);
    return out.append('\n').toString();
  }

  private String onlyThere(long rows) {
    String first = said(rows, "1 row is only in the snapshot", "%,d rows are only in the snapshot");
    if (!scope.withDeleted()) {
      return first
          + said(rows, "; `with deleted` puts it", "; `with deleted` puts them")
          + " in again";
    }
    return scope.goneFitting() == rows
        ? first + said(rows, ", and is put in again", ", and are put in again")
        : first
            + said(
                scope.goneFitting(),
                ", and 1 of them fits the predicate as it was: that is put in again",
                ", and %,d of them fit the predicate as they were: those are put in again");
  }

  private static String said(long count, String one, String several) {
    return count == 1 ? one : several.formatted(count);
  }

  private static void column(StringBuilder out, ColumnChange column) {
    List<String> parts = new ArrayList<>();
    count(parts, column.stopBeingNull(), "get a value");
    count(parts, column.becomeNull(), "become NULL");
    count(parts, column.change(), "change");
    if (!parts.isEmpty()) {
      line(out, column.column() + ": " + String.join(", ", parts));
    }
  }

  private static void count(List<String> parts, long rows, String what) {
    if (rows > 0) {
      parts.add("%,d %s".formatted(rows, what));
    }
  }

  private void sample(StringBuilder out, RowsOptions options) {
    for (SampleRow row : scope.sample()) {
      List<String> cells = new ArrayList<>();
      for (SampleCell cell : row.cells()) {
        if (!Objects.deepEquals(cell.before(), cell.after()) && cells.size() < CELLS_SHOWN) {
          cells.add(
              "%s %s -> %s"
                  .formatted(
                      cell.column(), shown(cell.before(), options), shown(cell.after(), options)));
        }
      }
      line(out, "  (" + key(row.key(), options) + "): " + String.join(", ", cells));
    }
  }

  private void left(StringBuilder out, List<Left> rows, RowsOptions options) {
    for (Left row : rows) {
      line(out, "  (" + key(row.key(), options) + "): " + row.why());
    }
  }

  private static String key(List<Object> values, RowsOptions options) {
    return values.stream().map(value -> shown(value, options)).collect(Collectors.joining(", "));
  }

  private static String shown(Object value, RowsOptions options) {
    return new CellText(options.withNullText("NULL")).of(value).text();
  }

  private static void line(StringBuilder out, String line) {
    out.append(TerminalText.escape(line)).append('\n');
  }

  /** What the plan's JSON says of it. */
  public Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", scope.table());
    map.put("from", scope.from());
    ByKey total = scope.total();
    map.putAll(counts(total));
    map.put("only_here_fitting", scope.fitting());
    map.put("put_in_again", scope.withDeleted() ? scope.goneFitting() : 0);
    map.put("by", scope.by().stream().map(this::json).toList());
    map.put("columns", scope.columns().stream().map(RestoreScopeReport::json).toList());
    map.put("sample", scope.sample().stream().map(RestoreScopeReport::json).toList());
    List<Left> left = new ArrayList<>(scope.kept());
    left.addAll(scope.missing());
    map.put(
        "left",
        left.stream()
            .map(each -> Map.<String, Object>of("key", each.key(), "why", each.why()))
            .toList());
    return map;
  }

  private Map<String, Object> json(ByKey by) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(scope.leading(), by.value());
    map.putAll(counts(by));
    return map;
  }

  private static Map<String, Object> counts(ByKey by) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("restored", by.restored());
    map.put("written_since", by.writtenSince());
    map.put("kept", by.kept());
    map.put("only_there", by.onlyThere());
    map.put("only_here", by.onlyHere());
    return map;
  }

  private static Map<String, Object> json(ColumnChange column) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", column.column());
    map.put("become_null", column.becomeNull());
    map.put("stop_being_null", column.stopBeingNull());
    map.put("change", column.change());
    return map;
  }

  private static Map<String, Object> json(SampleRow row) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < row.key().size(); i++) {
      map.put(row.keyColumns().get(i), row.key().get(i));
    }
    Map<String, Object> before = new LinkedHashMap<>();
    Map<String, Object> after = new LinkedHashMap<>();
    row.cells().forEach(cell -> before.put(cell.column(), cell.before()));
    row.cells().forEach(cell -> after.put(cell.column(), cell.after()));
    map.put("before", before);
    map.put("after", after);
    return map;
  }
}
