package dev.cairn.verify;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.journal.JournalledRows;
import dev.cairn.journal.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Compares every row that a change journalled with the table: by value, null and type, it has what
 * was written, or is gone where it was deleted. Rows that were kept are listed. Reads only.
 */
public final class ChangeVerifier {
  private static final int SAMPLE = 10;

  private final Database database;
  private final Dialect dialect;

  /** A verifier on a database. */
  public ChangeVerifier(Database database) {
    this.database = database;
    this.dialect = database.dialect();
  }

  /** Compares all tables that the run wrote. */
  public Verification verify(Run run) {
    long started = System.nanoTime();
    Catalog catalog = database.catalog();
    List<Check> checks = new ArrayList<>();
    try (ReadView view = database.view()) {
      for (JournalledRows rows : JournalledRows.of(view, run.id())) {
        checks.add(check(view, rows, catalog));
      }
    }
    checks.removeIf(check -> check.compared() + check.kept() + check.missing() == 0 && check.ok());
    double seconds = (System.nanoTime() - started) / 1e9;
    return checks.isEmpty()
        ? new Verification.NotVerifiable(checks, seconds, "the run changed no rows")
        : Verification.of(checks, seconds);
  }

  private Check check(ReadView view, JournalledRows rows, Catalog catalog) {
    Table table = catalog.table(rows.target()).orElse(null);
    long staged = view.number(rows.count("staged", dialect));
    if (table == null) {
      return new Check("rows", null, false, 0, 0, 0, 0, 0, rows.target() + " is gone", List.of());
    }
    String missing = "cairn_there = 1 AND " + absent(rows);
    String differing =
        "cairn_there = 1 AND NOT " + absent(rows) + " AND NOT (" + same(rows, table) + ")";
    String back = "cairn_there = 0 AND NOT " + absent(rows) + byItsOwnName(rows);
    List<Object> counts =
        view.row(
            beside(
                "count(*), count(*) FILTER (WHERE %s), count(*) FILTER (WHERE %s), count(*) FILTER (WHERE %s)"
                    .formatted(missing, differing, back),
                rows));
    long kept = view.number(rows.count("kept", dialect));
    List<SampleRow> sample = new ArrayList<>();
    long wrong = number(counts.get(1)) + number(counts.get(2)) + number(counts.get(3));
    if (wrong > 0) {
      sample.addAll(sample(view, rows, missing, "missing"));
      sample.addAll(sample(view, rows, differing, "differing"));
      sample.addAll(sample(view, rows, back, "unexpected"));
    }
    if (kept > 0) {
      sample.addAll(kept(view, rows));
    }
    String left =
        staged == 0 ? "" : "; %,d rows are written down and not yet changed".formatted(staged);
    return new Check(
        "rows",
        null,
        wrong == 0 && staged == 0,
        number(counts.get(0)),
        number(counts.get(2)),
        number(counts.get(1)) + staged,
        kept,
        number(counts.get(3)),
        rows.target() + left,
        sample);
  }

  private List<SampleRow> sample(
      ReadView view, JournalledRows rows, String condition, String kind) {
    List<String> select = new ArrayList<>();
    for (int i = 1; i <= rows.named().size(); i++) {
      select.add("q.cairn_k" + i);
    }
    rows.after().forEach(column -> select.add("q." + dialect.quote(column)));
    rows.after().forEach(column -> select.add("t." + dialect.quote(column)));
    List<SampleRow> samples = new ArrayList<>();
    SqlFragment query =
        beside(String.join(", ", select), rows).then(" WHERE " + condition + " LIMIT " + SAMPLE);
    int keys = rows.named().size();
    int width = rows.after().size();
    for (List<Object> row : view.exactRows(query)) {
      List<Object> key = row.subList(0, keys);
      boolean compared = kind.equals("differing");
      samples.add(
          new SampleRow(
              kind,
              SampleRow.cells(rows.named(), key, key),
              compared
                  ? SampleRow.cells(
                      rows.after(),
                      row.subList(keys, keys + width),
                      row.subList(keys + width, keys + 2 * width))
                  : List.of()));
    }
    return samples;
  }

  /** With what was written down of them and what they hold now, of the columns that differ. */
  private List<SampleRow> kept(ReadView view, JournalledRows rows) {
    List<SampleRow> samples = new ArrayList<>();
    int width = rows.named().size();
    for (List<Object> row : view.exactRows(rows.some("kept", SAMPLE, dialect))) {
      List<Object> key = row.subList(0, width);
      List<Object> noted = row.subList(width, row.size());
      List<SampleRow.Cell> differing = new ArrayList<>();
      for (List<Object> now : view.exactRows(now(rows, key))) {
        SampleRow.cells(rows.rest(), noted, now).stream()
            .filter(cell -> !Objects.deepEquals(cell.expected(), cell.stored()))
            .forEach(differing::add);
      }
      samples.add(new SampleRow("kept", SampleRow.cells(rows.named(), key, key), differing));
    }
    return samples;
  }

  private SqlFragment now(JournalledRows rows, List<Object> key) {
    List<String> columns = rows.rest().isEmpty() ? rows.named() : rows.rest();
    SqlFragment query =
        SqlFragment.of(
            "SELECT "
                + columns.stream().map(dialect::quote).collect(Collectors.joining(", "))
                + " FROM "
                + dialect.quote(rows.target())
                + " WHERE TRUE");
    for (int i = 0; i < key.size(); i++) {
      String name = dialect.quote(rows.named().get(i));
      query = query.then(" AND " + dialect.sameKey(name, "?"), key.get(i));
    }
    return query;
  }

  private SqlFragment beside(String what, JournalledRows rows) {
    List<String> on = new ArrayList<>();
    for (int i = 0; i < rows.named().size(); i++) {
      on.add(dialect.sameKey(stored(rows, i), "q.cairn_k" + (i + 1)));
    }
    return SqlFragment.of("SELECT " + what + " FROM (")
        .then(rows.ends(dialect))
        .then(
            ") AS q LEFT JOIN "
                + dialect.quote(rows.target())
                + " AS t ON "
                + String.join(" AND ", on));
  }

  /**
   * A collation finds a row under a key that it left for the same one in other letters: that is not
   * the row that was to be gone.
   */
  private String byItsOwnName(JournalledRows rows) {
    StringBuilder same = new StringBuilder();
    for (int i = 0; i < rows.named().size(); i++) {
      same.append(" AND ").append(dialect.same(stored(rows, i), "q.cairn_k" + (i + 1)));
    }
    return same.toString();
  }

  private String absent(JournalledRows rows) {
    return "(" + stored(rows, 0) + " IS NULL)";
  }

  private String stored(JournalledRows rows, int position) {
    return "t." + dialect.quote(rows.named().get(position));
  }

  private String same(JournalledRows rows, Table table) {
    if (rows.after().isEmpty()) {
      return "TRUE";
    }
    return rows.after().stream()
        .map(
            name ->
                table
                    .column(name)
                    .map(
                        column ->
                            "("
                                + (rows.onlyPut().contains(name) ? "q.cairn_put = 0 OR " : "")
                                + dialect.identical(
                                    column,
                                    table,
                                    "t." + dialect.quote(column.name()),
                                    "q." + dialect.quote(name))
                                + ")")
                    .orElse("FALSE"))
        .collect(Collectors.joining(" AND "));
  }

  private static long number(Object value) {
    return value == null ? 0 : ((Number) value).longValue();
  }
}
