package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Table;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RebuildTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the database what stands in the way of making a table anew: NULLs, duplicates and values
 * that the new columns refuse or would change, each counted, with some keys. Reads only.
 */
public final class RebuildMeasurer {
  private static final int SOME = 5;

  /** Of the 5 s after which a server takes back a transaction that others wait for. */
  private static final double SERVER_SECONDS = 4;

  private final Database database;
  private final Dialect dialect;
  private final Plan plan;
  private final RebuildTable step;
  private final List<Finding> findings;

  private RebuildMeasurer(Database database, Plan plan) {
    this.database = database;
    this.dialect = database.dialect();
    this.plan = plan;
    this.step = (RebuildTable) plan.step();
    this.findings = new ArrayList<>(plan.findings());
  }

  /** Measures the rebuild of a table. */
  public static Measured measure(Database database, Plan plan) {
    return new RebuildMeasurer(database, plan).measure();
  }

  private Measured measure() {
    RowsDigest rows;
    try (ReadView view = database.view()) {
      for (String column : step.columns()) {
        nulls(view, step.made().column(column).orElseThrow());
        changed(view, step.made().column(column).orElseThrow());
      }
      step.made().indexes().stream().filter(Index::unique).forEach(index -> twice(view, index));
      rows =
          RowsDigest.of(
              view,
              SqlFragment.of(
                  "SELECT "
                      + step.kept().before().stream()
                          .map(dialect::quote)
                          .collect(Collectors.joining(", "))
                      + " FROM "
                      + dialect.quote(step.old().name())));
    }
    findings.addAll(PlanFigures.readOnly(database));
    Lane lane =
        new Lane(null, "REBUILD", List.of(), null, null, rows.count(), rows.count(), 0, rows.hex());
    // About 8 µs a row: written down, copied, compared, indexed.
    double seconds = Math.round(lane.sourceRows() * 8e-6 * 10) / 10.0;
    if (!dialect.hasTemporary() && seconds > SERVER_SECONDS) {
      findings.add(
          Finding.of(
              "server-limit",
              Severity.WARNING,
              "making it anew is one transaction of about %.0f s, and the server takes one back for which another writer waits 5 s: nothing is lost then, and `resume` tries again; apply it while nobody writes"
                  .formatted(seconds)));
    }
    return PlanFigures.measured(database, plan, List.of(lane), findings, seconds);
  }

  /** The engine gives a row's number itself where it is NULL; everything else must have a value. */
  private void nulls(ReadView view, Column column) {
    Table made = step.made();
    boolean number = made.rowNumber().filter(column.name()::equalsIgnoreCase).isPresent();
    boolean refuses = column.notNull() || (made.withoutRowid() && column.keyPosition() > 0);
    if (refuses && !number) {
      find(
          view,
          "not-null",
          dialect.quote(column.name()) + " IS NULL",
          "NULL for "
              + column.name()
              + ", which the new table refuses: give it a rule with `when_null`");
    }
  }

  /** What is taken over under its name must come out as it went in. */
  private void changed(ReadView view, Column column) {
    Optional<Column> was = step.old().column(column.name());
    boolean takenOver =
        was.isPresent()
            && dialect.quote(was.get().name()).equals(step.forward().get(column.name()))
            && !was.get().type().equalsIgnoreCase(column.type());
    if (takenOver) {
      String value = dialect.quote(column.name());
      find(
          view,
          "value",
          value
              + " IS NOT NULL AND "
              + dialect.typeOf(value)
              + " <> 'blob' AND NOT ("
              + keepsValue(column, value)
              + ")",
          "a value of %s that isn't the same as %s: say with `from` what it becomes"
              .formatted(column.name(), column.type()));
    }
  }

  private String keepsValue(Column column, String value) {
    String stored = dialect.asStored(column, step.made(), value);
    String upper = column.type().toUpperCase(Locale.ROOT);
    boolean real = Stream.of("REAL", "FLOA", "DOUB").anyMatch(upper::contains);
    return "CAST(%1$s AS TEXT) IS CAST(%2$s AS TEXT) AND (%3$s <> 'real' OR CAST(%1$s AS REAL) = %2$s)"
            .formatted(stored, value, dialect.typeOf(value))
        // Beyond 2^53 a double stands for several whole numbers.
        + (real
            ? " AND (%2$s <> 'integer' OR CAST(CAST(%1$s AS REAL) AS INTEGER) = %1$s)"
                .formatted(value, dialect.typeOf(value))
            : "");
  }

  private void twice(ReadView view, Index index) {
    List<String> parts = index.parts();
    String list = parts.stream().map(part -> "(" + part + ")").collect(Collectors.joining(", "));
    String notNull =
        parts.stream()
            .map(part -> "(" + part + ") IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    String where = notNull + index.where().map(each -> " AND (" + each + ")").orElse("");
    SqlFragment groups =
        SqlFragment.of("SELECT " + list + ", count(*) AS cairn_n FROM (")
            .then(step.newRows(dialect))
            .then(") WHERE " + where + " GROUP BY " + list + " HAVING count(*) > 1");
    long count =
        view.number(
            SqlFragment.of("SELECT coalesce(sum(cairn_n), 0) FROM (").then(groups).then(")"));
    if (count > 0) {
      List<String> some = new ArrayList<>();
      for (List<Object> row : view.exactRows(groups.then(" LIMIT " + SOME))) {
        some.add(row.subList(0, parts.size()).toString());
      }
      error(
          "duplicate-key",
          "%,d rows share their (%s) with another, of which the new table takes one: %s"
              .formatted(count, String.join(", ", parts), String.join(", ", some)));
    }
  }

  private void find(ReadView view, String check, String condition, String what) {
    SqlFragment from =
        SqlFragment.of(" FROM (").then(step.newRows(dialect)).then(") WHERE " + condition);
    long count = view.number(SqlFragment.of("SELECT count(*)").then(from));
    if (count == 0) {
      return;
    }
    String keys = step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
    String some =
        view
            .exactRows(
                SqlFragment.of("SELECT " + keys)
                    .then(from)
                    .then(" ORDER BY " + keys + " LIMIT " + SOME))
            .stream()
            .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("/")))
            .collect(Collectors.joining(", "));
    String rows = count == 1 ? "1 row of %s has " : "%2$,d rows of %1$s have ";
    error(
        check,
        rows.formatted(step.old().name(), count)
            + what
            + " ("
            + String.join("/", step.key())
            + " "
            + some
            + (count > SOME ? ", ..." : "")
            + ")");
  }

  private void error(String check, String message) {
    findings.add(Finding.of(check, Severity.ERROR, message));
  }
}
