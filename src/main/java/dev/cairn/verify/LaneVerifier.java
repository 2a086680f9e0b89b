package dev.cairn.verify;

import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Gate;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.plan.PresentRows;
import dev.cairn.verify.SampleRow.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares one lane in one view. */
final class LaneVerifier {
  private static final int SAMPLES = 5;

  /** Kept rows are listed, not sampled, as long as a person could still read the list. */
  private static final int LISTED = 200;

  /**
   * Above this, finding a sample of unexpected rows the long way costs more than a note is worth.
   */
  private static final long SMALL = 300_000;

  private final ReadView view;
  private final MigrateRows step;
  private final Lane lane;
  private final Dialect dialect;
  private final Optional<SqlFragment> keptKeys;
  private final MigrationQuery query;
  private final KeyRange all;
  private final List<SampleRow> samples = new ArrayList<>();

  LaneVerifier(
      ReadView view, MigrateRows step, Lane lane, Dialect dialect, Optional<SqlFragment> keptKeys) {
    this.view = view;
    this.step = step;
    this.lane = lane;
    this.dialect = dialect;
    this.keptKeys = keptKeys;
    this.query = new MigrationQuery(step, lane, dialect);
    this.all = KeyRange.upTo(lane.bound());
  }

  List<Check> checks() {
    String present = "t." + dialect.quote(step.key().get(0)) + " IS NOT NULL";
    List<Object> counts =
        view.row(
            query.beside(
                "count(*), count(*) FILTER (WHERE "
                    + present
                    + "), count(*) FILTER (WHERE "
                    + present
                    + " AND NOT ("
                    + query.identical()
                    + "))",
                all));
    long compared = number(counts.get(0));
    long there = number(counts.get(1));
    long other = number(counts.get(2));
    long missing = compared - there;
    if (missing > 0) {
      sampleMissing(present);
    }
    long kept = other > 0 ? keptAndSampled(other) : 0;
    long unexpected = unexpected(there);
    long later = view.number(query.laterRows());
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "rows",
            lane.value(),
            missing == 0 && other == kept,
            compared,
            other - kept,
            missing,
            kept,
            unexpected,
            later == 0
                ? ""
                : "%,d source rows came after the bound; they belong to the next plan"
                    .formatted(later),
            samples));
    coverage(compared, missing).ifPresent(checks::add);
    return checks;
  }

  private void sampleMissing(String present) {
    SqlFragment rows =
        query
            .beside(list(step.key(), "q"), all)
            .then(" WHERE NOT (" + present + ") LIMIT " + SAMPLES);
    for (List<Object> row : view.exactRows(rows)) {
      samples.add(new SampleRow("missing", SampleRow.cells(step.key(), row, row), List.of()));
    }
  }

  /** How many of the differing rows the journal explains; both kinds are sampled. */
  private long keptAndSampled(long other) {
    if (keptKeys.isEmpty()) {
      sample(differing(sampleList()).then(" LIMIT " + SAMPLES), "differing");
      return 0;
    }
    SqlFragment known = SqlFragment.of("(").then(keptKeys.get()).then(")");
    long kept = view.number(differing("count(*)").then(" AND ").then(known));
    sample(differing(sampleList()).then(" AND ").then(known).then(" LIMIT " + LISTED), "kept");
    if (kept < other) {
      sample(
          differing(sampleList()).then(" AND NOT ").then(known).then(" LIMIT " + SAMPLES),
          "differing");
    }
    return kept;
  }

  private SqlFragment differing(String what) {
    return query.matchedBy(
        SqlFragment.of(what), all, SqlFragment.of("NOT (" + query.identical() + ")"), Gate.OPEN);
  }

  private String sampleList() {
    List<String> columns = query.compared();
    StringBuilder list = new StringBuilder(list(step.key(), "t"));
    if (!columns.isEmpty()) {
      list.append(", ").append(list(columns, "q")).append(", ").append(list(columns, "t"));
    }
    columns.forEach(
        column -> list.append(", ").append(dialect.truth("(" + query.identical(column) + ")")));
    return list.toString();
  }

  private void sample(SqlFragment rows, String kind) {
    for (List<Object> row : view.exactRows(rows)) {
      samples.add(sampleRow(row, kind));
    }
  }

  private SampleRow sampleRow(List<Object> row, String kind) {
    int keys = step.key().size();
    int width = query.compared().size();
    List<Object> key = row.subList(0, keys);
    List<Cell> all =
        SampleRow.cells(
            query.compared(),
            row.subList(keys, keys + width),
            row.subList(keys + width, keys + 2 * width));
    // The engine says which columns differ: to it 0 written into a REAL column is the 0.0 found
    // there.
    List<Cell> differing = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      if (number(row.get(keys + 2 * width + i)) == 0) {
        differing.add(all.get(i));
      }
    }
    return new SampleRow(kind, SampleRow.cells(step.key(), key, key), differing);
  }

  /**
   * Target rows of the lane that the query doesn't yield: a live writer's, or points not mapped.
   */
  private long unexpected(long there) {
    SqlFragment laneRows =
        SqlFragment.of(
                "SELECT count(*) FROM " + dialect.quote(step.target().name()) + " AS t WHERE ")
            .then(query.targetLane());
    long unexpected = Math.max(0, view.number(laneRows) - there);
    if (unexpected > 0) {
      sampleUnexpected();
    }
    return unexpected;
  }

  private void sampleUnexpected() {
    Optional<PresentRows> shorter = PresentRows.of(query);
    SqlFragment rows;
    if (shorter.isPresent()) {
      rows = shorter.get().unexpected(list(step.key(), "t"), all, SAMPLES);
    } else if (lane.expectedRows() <= SMALL) {
      rows =
          SqlFragment.of(
                  "SELECT "
                      + list(step.key(), "t")
                      + " FROM "
                      + dialect.quote(step.target().name()))
              .then(" AS t WHERE ")
              .then(query.targetLane())
              .then(
                  " AND NOT (("
                      + String.join(
                          ", ",
                          step.key().stream()
                              .map(c -> dialect.bare("t." + dialect.quote(c)))
                              .toList())
                      + ") IN (SELECT "
                      + list(step.key(), "q"))
              .then(" FROM (")
              .then(query.rows(all))
              .then(") AS q)) LIMIT " + SAMPLES);
    } else {
      return;
    }
    for (List<Object> row : view.exactRows(rows)) {
      samples.add(new SampleRow("unexpected", SampleRow.cells(step.key(), row, row), List.of()));
    }
  }

  /** First and last of the key column that follows the cursor, and source rows left with holes. */
  private Optional<Check> coverage(long compared, long missing) {
    Optional<String> column = step.key().stream().filter(this::followsCursor).findFirst();
    if (column.isEmpty() || step.aggregates()) {
      return Optional.empty();
    }
    String quoted = dialect.quote(column.get());
    List<Object> wanted =
        view.exactRows(
                SqlFragment.of("SELECT min(v), max(v) FROM (SELECT ")
                    .then(query.expression(column.get()) + " AS v")
                    .then(query.fromSource(all))
                    .then(") AS wanted"))
            .get(0);
    List<Object> stored =
        view.exactRows(
                SqlFragment.of(
                        "SELECT min(t."
                            + quoted
                            + "), max(t."
                            + quoted
                            + ") FROM "
                            + dialect.quote(step.target().name())
                            + " AS t WHERE ")
                    .then(query.targetLane()))
            .get(0);
    long holes = missing == 0 ? 0 : holes();
    String detail =
        "%s %s to %s in the query, %s to %s in the target; %,d source rows incomplete"
            .formatted(
                column.get(), wanted.get(0), wanted.get(1), stored.get(0), stored.get(1), holes);
    boolean ok = holes == 0 && covers(stored, wanted);
    return Optional.of(
        new Check(
            "coverage",
            lane.value(),
            ok,
            compared / query.rowsPerSource(),
            0,
            holes,
            0,
            0,
            detail,
            List.of()));
  }

  private long holes() {
    String absent = "t." + dialect.quote(step.key().get(0)) + " IS NULL";
    String column = step.key().stream().filter(this::followsCursor).findFirst().orElseThrow();
    return view.number(
        SqlFragment.of("SELECT count(DISTINCT hole) FROM (")
            .then(query.beside("q." + dialect.quote(column) + " AS hole", all))
            .then(" WHERE " + absent + ") AS holes"));
  }

  private static boolean covers(List<Object> stored, List<Object> wanted) {
    // A column may hold numbers and texts: then only their presence is comparable here.
    boolean numbers =
        Stream.of(wanted, stored).flatMap(List::stream).allMatch(Number.class::isInstance);
    if (numbers) {
      return ((Number) stored.get(0)).doubleValue() <= ((Number) wanted.get(0)).doubleValue()
          && ((Number) stored.get(1)).doubleValue() >= ((Number) wanted.get(1)).doubleValue();
    }
    return stored.get(0) != null || wanted.get(0) == null;
  }

  /** Holds for a key column that the source row alone decides, whatever the entry. */
  private boolean followsCursor(String key) {
    return step.columns().containsKey(key)
        && lane.entries().stream().noneMatch(entry -> entry.columns().containsKey(key))
        && step.columns()
            .get(key)
            .value()
            .sql()
            .toLowerCase(java.util.Locale.ROOT)
            .contains(step.cursor().toLowerCase(java.util.Locale.ROOT));
  }

  private String list(List<String> columns, String alias) {
    return columns.stream()
        .map(c -> alias + "." + dialect.quote(c))
        .collect(Collectors.joining(", "));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
