package dev.cairn.report;

import dev.cairn.analysis.Effect;
import dev.cairn.analysis.EffectKind;
import dev.cairn.preview.StatementPreview;
import dev.cairn.preview.TargetScope;
import dev.cairn.preview.TargetScope.ByValue;
import dev.cairn.preview.TargetScope.CascadeCount;
import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.preview.TargetScope.InsertCounts;
import dev.cairn.preview.TargetScope.SampleCell;
import dev.cairn.preview.TargetScope.SampleRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a statement would do, for people: the two counts first, then where it leaks, what is lost, a
 * few rows, what else is reached, and how it would be done.
 */
public final class PreviewText {
  private static final int VALUES_LISTED = 20;
  private static final int CELLS_SHOWN = 8;

  private final StatementPreview preview;
  private final RowsOptions options;
  private final Paint paint;
  private final StringBuilder out = new StringBuilder();

  private PreviewText(StatementPreview preview, RowsOptions options) {
    this.preview = preview;
    this.options = options;
    this.paint = new Paint(options.colour());
  }

  /** The panel, each line ended; it says nothing of the findings. */
  public static String of(StatementPreview preview, RowsOptions options) {
    PreviewText text = new PreviewText(preview, options);
    preview.scopes().forEach(text::add);
    if (preview.scopes().isEmpty()) {
      text.addEffects();
    }
    text.addHow();
    return text.out.toString();
  }

  /** What a statement does that writes no rows. */
  private void addEffects() {
    List<String> words = new ArrayList<>();
    for (Effect effect : preview.analysis().effects()) {
      words.add(words(effect.kind()) + effect.table().map(table -> " (" + table + ")").orElse(""));
    }
    String effects = words.isEmpty() ? "nothing is written" : String.join(", ", words);
    line(effects + (preview.analysis().runsAtOnce() ? ": runs at once" : ": asks first"));
  }

  private static String words(EffectKind kind) {
    return switch (kind) {
      case ADDITIVE_DDL -> "adds to the schema";
      case DDL -> "changes the schema or how it is stored";
      case TRANSACTION -> "begins or ends a transaction";
      case SETTING -> "changes a setting";
      case OPAQUE -> "isn't understood";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  private void add(TargetScope scope) {
    counts(scope);
    scope.insert().ifPresent(this::inserts);
    by(scope);
    columns(scope);
    sample(scope);
    boolean told =
        preview.analysis().findings().stream().anyMatch(each -> each.check().equals("cascade"));
    for (CascadeCount cascade : told ? List.<CascadeCount>of() : scope.cascades()) {
      line(
          "cascade: %s of %s (%s over %s)"
              .formatted(
                  Counted.rows(cascade.rows()),
                  cascade.table(),
                  cascade.action(),
                  String.join(", ", cascade.columns())));
    }
    if (!scope.triggers().isEmpty()) {
      line("triggers that fire: " + String.join(", ", scope.triggers()));
    }
    scope.remarks().forEach(this::line);
  }

  private void counts(TargetScope scope) {
    String what = scope.target().isEmpty() ? scope.kind() : scope.kind() + " " + scope.target();
    out.append(paint.bold(TerminalText.escape(what))).append(": ");
    if (scope.rowsAsWritten().isEmpty()) {
      out.append("not counted\n");
      return;
    }
    long written = scope.rowsAsWritten().get();
    long safe = scope.rowsKeySafe().orElse(written);
    if (!rewritten()) {
      out.append(Counted.rows(written)).append('\n');
      return;
    }
    out.append("%s as written, %,d key-safe\n".formatted(Counted.rows(written), safe));
    if (scope.onlyAsWritten() > 0) {
      String leak = Counted.rows(scope.onlyAsWritten()) + " only as written";
      out.append("  ").append(paint.alarming(leak)).append('\n');
    }
    if (scope.onlyKeySafe() > 0) {
      out.append("  %s only key-safe\n".formatted(Counted.rows(scope.onlyKeySafe())));
    }
  }

  private boolean rewritten() {
    return preview.analysis().rewrite().isPresent();
  }

  private void inserts(InsertCounts insert) {
    line(
        "  %,d to insert, %,d there and identical, %,d there and different%s"
            .formatted(insert.toInsert(), insert.identical(), insert.different(), policy(insert)));
    if (insert.repeated() > 0) {
      line("  %,d bring a new key that an earlier row brings too".formatted(insert.repeated()));
    }
    if (insert.taken() > 0) {
      line("  %s of the target taken away first".formatted(Counted.rows(insert.taken())));
    }
  }

  private static String policy(InsertCounts insert) {
    if (insert.different() + insert.identical() == 0) {
      return "";
    }
    return switch (insert.policy()) {
      case "IGNORE" -> " (kept as they are)";
      case "UPDATE" -> " (updated)";
      case "REPLACE" -> " (replaced)";
      default -> " (the statement would fail)";
    };
  }

  private void by(TargetScope scope) {
    if (scope.leading().isEmpty() || scope.by().isEmpty()) {
      return;
    }
    List<ByValue> listed = new ArrayList<>(scope.by());
    if (listed.size() > VALUES_LISTED) {
      listed.sort(Comparator.comparingLong((ByValue each) -> each.both() - each.asWritten()));
      listed = listed.subList(0, VALUES_LISTED);
    }
    boolean two = rewritten();
    List<List<Object>> rows = new ArrayList<>();
    for (ByValue each : listed) {
      List<Object> row = new ArrayList<>();
      row.add(each.value());
      row.add(each.asWritten());
      if (two) {
        row.add(each.keySafe());
        row.add(each.asWritten() - each.both());
      }
      rows.add(row);
    }
    String leading = scope.leading().get();
    table(
        two
            ? List.of(leading, "as written", "key-safe", "only as written")
            : List.of(leading, "rows"),
        rows);
    if (listed.size() < scope.by().size() || !scope.byComplete()) {
      line("more values of " + leading + " than are listed here; --format json has them");
    }
  }

  private void columns(TargetScope scope) {
    if (scope.columns().isEmpty() || scope.rowsAsWritten().orElse(0L) == 0) {
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (ColumnChange each : scope.columns()) {
      String name = each.varies() ? each.column() + " (varies)" : each.column();
      rows.add(List.of(name, each.becomeNull(), each.stopBeingNull(), each.change()));
    }
    String written = rewritten() ? "column, as written" : "column";
    table(List.of(written, "lost to NULL", "filled", "changed"), rows);
  }

  private void sample(TargetScope scope) {
    if (scope.sample().isEmpty()) {
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (SampleRow row : scope.sample()) {
      List<Object> cells = new ArrayList<>();
      if (rewritten() && scope.insert().isEmpty()) {
        cells.add(row.keySafe() ? "key-safe" : "only as written");
      }
      cells.add(key(row));
      cells.add(change(scope, row));
      rows.add(cells);
    }
    boolean goes = scope.kind().matches("DELETE|TRUNCATE|DROP");
    List<String> heads = new ArrayList<>();
    if (rewritten() && scope.insert().isEmpty()) {
      heads.add("touched");
    }
    heads.add("for example");
    heads.add(goes ? "goes" : "before -> after");
    table(heads, rows);
  }

  private String key(SampleRow row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < row.key().size(); i++) {
      parts.add(row.keyColumns().get(i) + "=" + value(row.key().get(i)));
    }
    return parts.isEmpty() ? "new" : String.join(" ", parts);
  }

  private String change(TargetScope scope, SampleRow row) {
    boolean comes = row.key().isEmpty();
    boolean goes = scope.kind().matches("DELETE|TRUNCATE|DROP");
    List<String> parts = new ArrayList<>();
    for (SampleCell cell : row.cells()) {
      boolean isKey = row.keyColumns().stream().anyMatch(cell.column()::equalsIgnoreCase);
      if (isKey && (goes || scope.insert().isPresent())) {
        continue;
      }
      if (!comes && !goes && Objects.deepEquals(cell.before(), cell.after())) {
        continue;
      }
      if (parts.size() == CELLS_SHOWN) {
        parts.add("…");
        break;
      }
      String before = value(cell.before());
      String after = value(cell.after());
      parts.add(cell.column() + " " + (comes ? after : goes ? before : before + " -> " + after));
    }
    return parts.isEmpty() ? "as it was" : String.join(", ", parts);
  }

  private String value(Object value) {
    return new CellText(options).of(value).text();
  }

  private void addHow() {
    preview.access().forEach(each -> line("- " + each));
    boolean writes = preview.scopes().stream().anyMatch(scope -> !scope.target().isEmpty());
    if (writes && preview.scopes().stream().anyMatch(each -> each.rowsAsWritten().isPresent())) {
      line(
          "about %.1f s to run; counted in %.1f s, on the data as it is now"
              .formatted(preview.estimateSeconds(), preview.measuredSeconds()));
    }
  }

  private void table(List<String> columns, List<List<Object>> rows) {
    StringBuilder text = new StringBuilder();
    RowsWriter writer = Format.TABLE.writer(text, options.withNullText("NULL"));
    writer.begin(columns);
    rows.forEach(writer::row);
    writer.end();
    // The number of lines says nothing here: the counts above do.
    out.append(text, 0, text.lastIndexOf("(")).append('\n');
  }

  private void line(String text) {
    out.append(TerminalText.escape(text)).append('\n');
  }
}
