package dev.cairn.report;

import dev.cairn.preview.StatementPreview;
import dev.cairn.preview.TargetScope;
import dev.cairn.preview.TargetScope.ByValue;
import dev.cairn.preview.TargetScope.CascadeCount;
import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.preview.TargetScope.InsertCounts;
import dev.cairn.preview.TargetScope.SampleCell;
import dev.cairn.preview.TargetScope.SampleRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a statement would do, for scripts; {@link PreviewText} is for people. */
public record PreviewReport(StatementPreview preview) {

  /** The contract's fields, a map for each table that is written; one for what writes none. */
  public List<Map<String, Object>> json() {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (TargetScope scope : preview.scopes()) {
      maps.add(json(scope));
    }
    if (maps.isEmpty()) {
      maps.add(json(TargetScope.NONE));
    }
    return maps;
  }

  /** The columns of {@link #byRows}, for formats that hold rows and nothing else. */
  public static List<String> byColumns() {
    return List.of("target", "column", "value", "as_written", "key_safe", "only_as_written");
  }

  /** The counts by the leading key column; a row without a column for all rows together. */
  public List<List<Object>> byRows() {
    List<List<Object>> rows = new ArrayList<>();
    for (TargetScope scope : preview.scopes()) {
      for (ByValue each : scope.by()) {
        rows.add(
            row(
                scope.target(),
                scope.leading().orElse(null),
                each.value(),
                each.asWritten(),
                each.keySafe(),
                each.asWritten() - each.both()));
      }
      rows.add(
          row(
              scope.target(),
              null,
              null,
              scope.rowsAsWritten().orElse(null),
              scope.rowsKeySafe().orElse(null),
              scope.onlyAsWritten()));
    }
    return rows;
  }

  private static List<Object> row(Object... values) {
    return java.util.Arrays.asList(values);
  }

  private Map<String, Object> json(TargetScope scope) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", scope.target().isEmpty() ? null : scope.target());
    map.put("effect", scope.kind());
    map.put("rows_as_written", scope.rowsAsWritten().orElse(null));
    map.put("rows_key_safe", scope.rowsKeySafe().orElse(null));
    map.put(
        "rows_only_as_written", scope.rowsKeySafe().map(n -> scope.onlyAsWritten()).orElse(null));
    map.put("rows_only_key_safe", scope.rowsKeySafe().map(n -> scope.onlyKeySafe()).orElse(null));
    scope.insert().ifPresent(insert -> insert(insert, map));
    map.put("by", scope.by().stream().map(each -> by(scope, each)).toList());
    map.put("by_complete", scope.byComplete());
    map.put("columns", scope.columns().stream().map(PreviewReport::json).toList());
    map.put("sample", scope.sample().stream().map(row -> json(scope, row)).toList());
    map.put("cascades", scope.cascades().stream().map(PreviewReport::json).toList());
    map.put("triggers", scope.triggers());
    map.put("remarks", scope.remarks());
    map.put("access", preview.access());
    map.put("estimate_seconds", preview.estimateSeconds());
    map.put("measured_seconds", preview.measuredSeconds());
    map.put("sql", preview.sql());
    return map;
  }

  private static void insert(InsertCounts insert, Map<String, Object> map) {
    map.put("rows_to_insert", insert.toInsert());
    map.put("rows_identical", insert.identical());
    map.put("rows_different", insert.different());
    map.put("rows_repeated", insert.repeated());
    map.put("rows_taken_away", insert.taken());
    map.put("on_conflict", insert.policy().toLowerCase(java.util.Locale.ROOT));
  }

  private static Map<String, Object> by(TargetScope scope, ByValue each) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(scope.leading().orElse("value"), each.value());
    map.put("as_written", each.asWritten());
    map.put("key_safe", each.keySafe());
    map.put("only_as_written", each.asWritten() - each.both());
    return map;
  }

  private static Map<String, Object> json(ColumnChange change) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", change.column());
    map.put("become_null", change.becomeNull());
    map.put("stop_being_null", change.stopBeingNull());
    map.put("change", change.change());
    map.put("varies", change.varies());
    return map;
  }

  private static Map<String, Object> json(TargetScope scope, SampleRow row) {
    Map<String, Object> key = new LinkedHashMap<>();
    for (int i = 0; i < row.key().size(); i++) {
      key.put(row.keyColumns().get(i), row.key().get(i));
    }
    boolean comes = row.key().isEmpty();
    boolean goes = scope.kind().matches("DELETE|TRUNCATE|DROP");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("key", key);
    map.put("before", comes ? null : values(row, true));
    map.put("after", goes ? null : values(row, false));
    map.put("key_safe", row.keySafe());
    return map;
  }

  private static Map<String, Object> values(SampleRow row, boolean before) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (SampleCell cell : row.cells()) {
      values.put(cell.column(), before ? cell.before() : cell.after());
    }
    return values;
  }

  private static Map<String, Object> json(CascadeCount cascade) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", cascade.table());
    map.put("action", cascade.action());
    map.put("columns", cascade.columns());
    map.put("rows", cascade.rows());
    return map;
  }
}
