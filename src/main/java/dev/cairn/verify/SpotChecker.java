package dev.cairn.verify;

import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.journal.KeptKeys;
import dev.cairn.plan.Gate;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Shows random source rows beside what the target has of them; the same seed shows the same rows.
 */
public final class SpotChecker {
  private final Database database;

  /** A spot checker on a database. */
  public SpotChecker(Database database) {
    this.database = database;
  }

  /** Compares {@code rows} random source rows; fewer where there are fewer. */
  public Verification check(Measured measured, int rows, long seed) {
    long started = System.nanoTime();
    MigrateRows step = measured.plan().migration();
    List<Lane> lanes = measured.lanes().stream().filter(lane -> lane.expectedRows() > 0).toList();
    long total = lanes.stream().mapToLong(Lane::sourceRows).sum();
    Optional<SqlFragment> kept =
        KeptKeys.of(database.catalog(), step, measured.plan().name(), database.dialect());
    List<Check> checks = new ArrayList<>();
    try (ReadView view = database.view()) {
      long[] picks =
          new SplittableRandom(seed)
              .longs(0, Math.max(1, total))
              .distinct()
              .limit(Math.min(rows, total))
              .sorted()
              .toArray();
      long before = 0;
      int next = 0;
      for (Lane lane : lanes) {
        List<Long> offsets = new ArrayList<>();
        for (; next < picks.length && picks[next] < before + lane.sourceRows(); next++) {
          offsets.add(picks[next] - before);
        }
        before += lane.sourceRows();
        if (!offsets.isEmpty()) {
          checks.add(lane(view, step, lane, offsets, kept));
        }
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return checks.isEmpty()
        ? new Verification.NotVerifiable(checks, seconds, "the source has no rows")
        : Verification.of(checks, seconds);
  }

  private Check lane(
      ReadView view, MigrateRows step, Lane lane, List<Long> offsets, Optional<SqlFragment> kept) {
    MigrationQuery query = new MigrationQuery(step, lane, database.dialect());
    List<SampleRow> samples = new ArrayList<>();
    for (long offset : offsets) {
      KeyRange range = range(view, step, query, lane, offset);
      Set<List<Object>> explained = kept(view, step, query, range, kept);
      samples.addAll(beside(view, step, query, range, explained));
    }
    long missing = count(samples, "missing");
    long differing = count(samples, "differing");
    return new Check(
        "spotcheck",
        lane.value(),
        missing + differing == 0,
        samples.size(),
        differing,
        missing,
        count(samples, "kept"),
        0,
        "",
        samples);
  }

  private static long count(List<SampleRow> samples, String kind) {
    return samples.stream().filter(row -> row.kind().equals(kind)).count();
  }

  /** Keys of the range whose other values the journal explains, as {@code verify} has it. */
  private Set<List<Object>> kept(
      ReadView view,
      MigrateRows step,
      MigrationQuery query,
      KeyRange range,
      Optional<SqlFragment> kept) {
    return kept.map(
            known ->
                Set.copyOf(
                    view.exactRows(
                        query.matchedBy(
                            SqlFragment.of(list(database.dialect(), step.key(), "q")),
                            range,
                            SqlFragment.of("NOT (" + query.identical() + ") AND (")
                                .then(known)
                                .then(")"),
                            Gate.OPEN))))
        .orElse(Set.of());
  }

  /** The range that holds just the source row at this place in the lane. */
  private static KeyRange range(
      ReadView view, MigrateRows step, MigrationQuery query, Lane lane, long offset) {
    SqlFragment cursors =
        SqlFragment.of("SELECT DISTINCT " + step.cursor())
            .then(query.fromSource(KeyRange.upTo(lane.bound())))
            .then(" ORDER BY " + step.cursor());
    List<List<Object>> rows = view.rows(cursors.then(" LIMIT 2 OFFSET " + Math.max(0, offset - 1)));
    if (offset == 0 || rows.size() < 2) {
      return KeyRange.upTo(rows.get(0).get(0));
    }
    return new KeyRange(Optional.of(rows.get(0).get(0)), rows.get(1).get(0));
  }

  private List<SampleRow> beside(
      ReadView view,
      MigrateRows step,
      MigrationQuery query,
      KeyRange range,
      Set<List<Object>> kept) {
    Dialect dialect = database.dialect();
    List<String> columns = query.columns().stream().filter(c -> !step.key().contains(c)).toList();
    String select =
        list(dialect, step.key(), "q")
            + (columns.isEmpty()
                ? ""
                : ", " + list(dialect, columns, "q") + ", " + list(dialect, columns, "t"))
            + ", "
            + dialect.truth("t." + dialect.quote(step.key().get(0)) + " IS NOT NULL")
            + ", "
            + dialect.truth("(" + query.identical() + ")");
    List<SampleRow> samples = new ArrayList<>();
    for (List<Object> row : view.exactRows(query.beside(select, range))) {
      int keys = step.key().size();
      int width = columns.size();
      boolean there = number(row.get(keys + 2 * width)) == 1;
      boolean same = there && number(row.get(keys + 2 * width + 1)) == 1;
      List<Object> key = row.subList(0, keys);
      samples.add(
          new SampleRow(
              same ? "identical" : !there ? "missing" : kept.contains(key) ? "kept" : "differing",
              SampleRow.cells(step.key(), key, key),
              SampleRow.cells(
                  columns,
                  row.subList(keys, keys + width),
                  row.subList(keys + width, keys + 2 * width))));
    }
    return samples;
  }

  private static String list(Dialect dialect, List<String> columns, String alias) {
    return columns.stream()
        .map(c -> alias + "." + dialect.quote(c))
        .collect(Collectors.joining(", "));
  }

  private static long number(Object value) {
    return value == null ? 0 : ((Number) value).longValue();
  }
}
