package dev.cairn.journal;

import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads runs with their lanes and checkpoints. */
final class RunReader {
  private static final List<String> TABLES = List.of("cairn_journal", "cairn_run");
  private static final SqlFragment FORMAT = SqlFragment.of("SELECT format FROM cairn_journal");
  private static final String CHANGED = "coalesce(sum(c.updated), 0), coalesce(sum(c.deleted), 0)";
  private static final String COLUMNS =
      "SELECT run, plan, plan_text, where_text, token, schema_fingerprint, approved_by, status,"
          + " epoch, owner_pid, owner_host, heartbeat_ms, started_ms, seconds, reason, %s FROM cairn_run ";
  private static final String LANES =
      "SELECT l.lane, l.value, l.bound, l.source_rows, l.expected_rows, l.done, count(c.batch),"
          + " (SELECT to_key FROM cairn_checkpoint w WHERE w.run = l.run AND w.lane = l.lane"
          + " ORDER BY batch DESC LIMIT 1), coalesce(sum(c.source_rows), 0),"
          + " coalesce(sum(c.expected), 0), coalesce(sum(c.inserted), 0),"
          + " coalesce(sum(c.identical), 0), coalesce(sum(c.kept), 0),"
          + " coalesce(sum(c.replaced), 0), coalesce(sum(c.rejected), 0),"
          + " count(*) FILTER (WHERE c.batch IS NOT NULL AND c.expected IS NULL), l.mapping, %s"
          + " FROM cairn_lane l LEFT JOIN cairn_checkpoint c ON c.run = l.run AND c.lane = l.lane"
          + " WHERE l.run = ? GROUP BY l.run, l.lane ORDER BY l.lane";

  private RunReader() {}

  /** The run of that number, where there is one. */
  static Optional<Run> read(Database database, long run) {
    return again(database, view -> read(view, database.dialect(), run).stream().toList()).stream()
        .findFirst();
  }

  /** The same of what a view sees. */
  static Optional<Run> read(ReadView view, Dialect dialect, long run) {
    String which = "WHERE run = " + run;
    view.ahead(
        List.of(
            dialect.tablesThere(TABLES),
            FORMAT,
            SqlFragment.of(COLUMNS.formatted("kind") + which),
            SqlFragment.of(LANES.formatted(CHANGED), run)));
    return found(view, dialect, which).stream().findFirst();
  }

  static List<Run> read(Database database, String which) {
    return again(database, view -> read(view, database.dialect(), which));
  }

  /** Where an answer is lost on the way, it is read again, for as long as the database is tried. */
  private static List<Run> again(Database database, Function<ReadView, List<Run>> reading) {
    long started = System.nanoTime();
    while (true) {
      try (ReadView view = database.view()) {
        return reading.apply(view);
      } catch (CairnException away) {
        boolean lost = away.code().equals("no-answer") || away.code().equals("view-lost");
        if (!lost || System.nanoTime() - started >= database.patience().toNanos()) {
          throw away;
        }
      }
    }
  }

  static List<Run> read(ReadView view, Dialect dialect, String which) {
    view.ahead(
        List.of(
            dialect.tablesThere(TABLES),
            FORMAT,
            SqlFragment.of(COLUMNS.formatted("kind") + which)));
    return found(view, dialect, which);
  }

  private static List<Run> found(ReadView view, Dialect dialect, String which) {
    long format = format(view, dialect);
    if (format == 0) {
      return List.of();
    }
    boolean first = format == JournalTables.FIRST_FORMAT;
    String columns = COLUMNS.formatted(first ? "'plan'" : "kind");
    String lanes = LANES.formatted(first ? "0, 0" : CHANGED);
    List<Run> runs = new ArrayList<>();
    try (RowStream rows = view.query(SqlFragment.of(columns + which))) {
      while (rows.next()) {
        runs.add(run(view, dialect, rows, lanes));
      }
    }
    return runs;
  }

  /** The journal's format as {@link #format} has it, and the answer to one more question. */
  static long formatAnd(ReadView view, Dialect dialect, SqlFragment more) {
    view.ahead(List.of(dialect.tablesThere(TABLES), FORMAT, more));
    return format(view, dialect);
  }

  /** The journal's format in a database; 0 where there is none. */
  static long format(Database database) {
    try (ReadView view = database.view()) {
      return format(view, database.dialect());
    }
  }

  /** The journal's format; 0 where there is none. Fails with exit 4 where it is none of ours. */
  static long format(ReadView view, Dialect dialect) {
    long tables = view.number(dialect.tablesThere(TABLES));
    if (tables == 0) {
      return 0;
    }
    List<List<Object>> format = tables < 2 ? List.of() : view.rows(FORMAT);
    Object number = format.size() == 1 ? format.get(0).get(0) : null;
    boolean ours =
        Long.valueOf(JournalTables.FORMAT).equals(number)
            || Long.valueOf(JournalTables.FIRST_FORMAT).equals(number);
    if (!ours) {
      Object found = format.isEmpty() ? "missing" : format.get(0).get(0);
      throw CairnException.drift(
              "journal-format",
              "the journal's format is " + found + "; this Cairn reads " + JournalTables.FORMAT)
          .hint("finish or drop the journal with the version of Cairn that wrote it");
    }
    return (Long) number;
  }

  private static Run run(ReadView view, Dialect dialect, RowStream rows, String lanes) {
    long id = rows.number(0);
    return new Run(
        id,
        rows.text(1),
        rows.text(2),
        Optional.ofNullable(rows.text(3)),
        rows.text(4),
        rows.text(5),
        rows.text(6),
        status(id, rows.text(7)),
        new Run.Owner(rows.number(8), rows.number(9), rows.text(10), rows.number(11)),
        rows.number(12),
        ((Number) rows.value(13)).doubleValue(),
        Optional.ofNullable(rows.text(14)),
        RunKind.of(rows.text(15)),
        lanes(view, dialect, id, lanes));
  }

  private static RunStatus status(long run, String word) {
    return Stream.of(RunStatus.values())
        .filter(status -> status.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                CairnException.drift(
                        "journal-changed", "run " + run + " has the unknown status " + word)
                    .hint("the journal was changed by hand"));
  }

  private static List<LaneState> lanes(ReadView view, Dialect dialect, long run, String query) {
    List<LaneState> lanes = new ArrayList<>();
    try (RowStream rows = view.query(SqlFragment.of(query, run))) {
      while (rows.next()) {
        if (rows.number(15) > 0) {
          throw CairnException.drift(
                  "checkpoint-unreadable",
                  "run " + run + " has a checkpoint without a tally; nothing may be based on it")
              .hint(
                  "the journal was changed by hand: compare with `verify`, then `abandon "
                      + run
                      + "`");
        }
        lanes.add(
            new LaneState(
                (int) rows.number(0),
                dialect.unkept(rows.value(1)),
                dialect.unkept(rows.value(2)),
                rows.text(16),
                rows.number(3),
                rows.number(4),
                rows.number(6),
                dialect.unkept(rows.value(7)),
                rows.number(8),
                rows.number(5) != 0,
                new BatchTally(
                    rows.number(9),
                    rows.number(10),
                    rows.number(11),
                    rows.number(12),
                    rows.number(13),
                    rows.number(14),
                    rows.number(17),
                    rows.number(18))));
      }
    }
    return lanes;
  }
}
