package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run of one or several statements that tell themselves what they wrote ({@link ReturnedRows}),
 * in one transaction: its COMMIT publishes the run and its rows.
 */
public final class ReturnedJournal {
  /**
   * The number is taken behind a lock that ends with the transaction, so that nobody waits for
   * another's.
   */
  private static final String NUMBER =
      "SELECT n FROM generate_series(1 + (SELECT coalesce(max(run), 0) FROM cairn_run),"
          + " 10000 + (SELECT coalesce(max(run), 0) FROM cairn_run)) AS n"
          + " WHERE pg_try_advisory_xact_lock(1128352114, CAST(n AS integer)) LIMIT 1";

  private final Dialect dialect;
  private final BatchPlace place;
  private final long nowMillis;
  private final Map<String, TouchedTable> noted = new LinkedHashMap<>();

  /**
   * What statements wrote, as their journal has it.
   *
   * @param written rows that they say they wrote
   */
  public record Wrote(long inserted, long updated, long deleted, long written) {
    /** Both together. */
    public Wrote and(Wrote more) {
      return new Wrote(
          inserted + more.inserted,
          updated + more.updated,
          deleted + more.deleted,
          written + more.written);
    }

    /** Whether each row that was written is in the journal. */
    public boolean whole() {
      return written == inserted + updated + deleted;
    }
  }

  /**
   * @param run as {@link #number} gave it
   * @param nowMillis for times that people read
   */
  public ReturnedJournal(long run, Dialect dialect, long nowMillis) {
    this.place = new BatchPlace(run, 0, 1, 1, Optional.empty(), 1L);
    this.dialect = dialect;
    this.nowMillis = nowMillis;
  }

  /** The statements that make the tables of runs where the catalog lacks them. */
  public static List<SqlFragment> tables(Catalog catalog, Dialect dialect) {
    return JournalTables.there(catalog) ? List.of() : JournalTables.create(dialect);
  }

  /** Fails with exit 4 where the journal is of a format that isn't ours. */
  public static void check(ReadView view, Dialect dialect) {
    RunReader.format(view, dialect);
  }

  /** The query of a number that no other run has or gets. */
  public static SqlFragment number() {
    return SqlFragment.of(NUMBER);
  }

  /** Where its rows belong. */
  public BatchPlace place() {
    return place;
  }

  /** The statements that store the run, which begins with this change. */
  public List<SqlFragment> store(ChangeRows first, Catalog catalog, ProcessIdentity self) {
    return List.of(
        SqlFragment.of(
            "INSERT INTO cairn_run (run, plan, plan_text, token, target_table, schema_fingerprint,"
                + " approved_by, status, epoch, owner_pid, owner_host, heartbeat_ms, started_ms,"
                + " tool_version, kind) VALUES (?, 'typed', ?, '', ?, ?, 'typed', 'SUCCEEDED', 1, ?,"
                + " ?, ?, ?, ?, ?)",
            place.run(),
            TypedJournal.text(first.sql()),
            first.target().table().name(),
            catalog.fingerprint(),
            self.pid(),
            self.host(),
            nowMillis,
            nowMillis,
            Journal.VERSION,
            RunKind.TYPED.word()),
        SqlFragment.of(
            "INSERT INTO cairn_lane (run, lane, mapping, source_rows, expected_rows, done)"
                + " VALUES (?, 0, 'WHOLE', 0, 0, 1)",
            place.run()));
  }

  /** Whether what is kept of the rows of the change's tables is what the run began with. */
  public boolean takes(ChangeRows change) {
    return change.touched().stream()
        .allMatch(
            touched -> {
              TouchedTable known = noted.get(touched.table().name());
              return known == null
                  || (known.key().equals(touched.key())
                      && known.before().equals(touched.before())
                      && known.after().equals(touched.after()));
            });
  }

  /** The statements without which the change's rows have no place. */
  public List<SqlFragment> touch(Catalog catalog, ChangeRows change) {
    List<SqlFragment> statements = new ArrayList<>();
    for (TouchedTable touched : change.touched()) {
      if (noted.put(touched.table().name(), touched) == null) {
        statements.addAll(
            UndoTables.create(catalog, touched.table(), UndoTables.columns(touched), dialect));
        statements.add(JournalTables.note(String.valueOf(place.run()), touched, dialect));
      }
    }
    return statements;
  }

  /**
   * The end of the run, in the same transaction; the database refuses it where a row that was
   * written isn't in the journal.
   *
   * @param more statements behind the first
   */
  public List<SqlFragment> seal(Wrote wrote, long more, double seconds) {
    return List.of(
        SqlFragment.of(
            "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, to_key, at_ms, source_rows,"
                + " written, expected, inserted, updated, deleted, logged, identical, kept, replaced,"
                + " rejected, id_floor) VALUES (?, 0, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
            place.run(),
            dialect.kept(1L),
            nowMillis,
            wrote.written(),
            wrote.written(),
            wrote.written(),
            wrote.inserted(),
            wrote.updated(),
            wrote.deleted(),
            wrote.inserted() + wrote.updated() + wrote.deleted()),
        SqlFragment.of(
            "UPDATE cairn_lane SET source_rows = ?, expected_rows = ? WHERE run = ?",
            wrote.written(),
            wrote.written(),
            place.run()),
        SqlFragment.of(
            "UPDATE cairn_run SET seconds = ?, plan_text = plan_text || CAST(? AS text) WHERE run = ?",
            seconds,
            more == 0 ? "" : "; -- and %,d more in its transaction".formatted(more),
            place.run()));
  }

  /** Takes away a run that wrote no row. */
  public List<SqlFragment> drop() {
    return List.of("cairn_checkpoint", "cairn_lane", "cairn_touched", "cairn_run").stream()
        .map(table -> SqlFragment.of("DELETE FROM " + table + " WHERE run = ?", place.run()))
        .toList();
  }

  /** The run as the conversation sees it. */
  public Run run(ReadView view) {
    return RunReader.read(view, dialect, place.run()).orElseThrow();
  }
}
