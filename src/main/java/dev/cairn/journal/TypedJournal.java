package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is journalled with a statement that a person types, as statements for the transaction in
 * which it runs: a run of its own with one lane and one batch, and the rows as they were and are.
 */
public final class TypedJournal {
  private static final int LONGEST = 2_000;

  private final ChangeRows change;
  private final Dialect dialect;
  private final ProcessIdentity self;
  private final long nowMillis;

  /**
   * @param change the statement, and what it may write
   * @param self the process that runs it
   * @param nowMillis for times that people read
   */
  public TypedJournal(ChangeRows change, Dialect dialect, ProcessIdentity self, long nowMillis) {
    this.change = change;
    this.dialect = dialect;
    this.self = self;
    this.nowMillis = nowMillis;
  }

  /**
   * The statements that store the run, where the conversation's own view of the journal says that
   * they can be. Fails with exit 4 where the journal is of a format that isn't ours.
   */
  public List<SqlFragment> begin(ReadView view, Catalog catalog) {
    List<SqlFragment> statements = store(view, catalog, change, dialect, self, nowMillis);
    statements.addAll(JournalTables.create(catalog, change, dialect));
    change.touched().forEach(touched -> statements.add(JournalTables.note(touched, dialect)));
    return statements;
  }

  /** The statements that store a run of what was typed, which begins with this change. */
  static List<SqlFragment> store(
      ReadView view,
      Catalog catalog,
      ChangeRows first,
      Dialect dialect,
      ProcessIdentity self,
      long nowMillis) {
    List<SqlFragment> statements = new ArrayList<>();
    if (RunReader.format(view, dialect) == JournalTables.FIRST_FORMAT) {
      statements.addAll(JournalTables.upgrade(dialect));
    }
    if (!JournalTables.there(catalog)) {
      statements.addAll(JournalTables.create(dialect));
    }
    statements.add(
        SqlFragment.of(
            "INSERT INTO cairn_run (run, plan, plan_text, token, target_table, schema_fingerprint,"
                + " approved_by, status, epoch, owner_pid, owner_host, heartbeat_ms, started_ms,"
                + " tool_version, kind)"
                + " VALUES (1 + ("
                + dialect.lastRun()
                + "), 'typed', ?, '', ?, ?, 'typed', 'RUNNING', 1, ?, ?, ?, ?, ?, ?)",
            text(first.sql()),
            first.target().table().name(),
            catalog.fingerprint(),
            self.pid(),
            self.host(),
            nowMillis,
            nowMillis,
            Journal.VERSION,
            RunKind.TYPED.word()));
    statements.add(
        SqlFragment.of(
            "INSERT INTO cairn_lane (run, lane, mapping, source_rows, expected_rows, done)"
                + " SELECT max(run), 0, 'WHOLE', 0, 0, 1 FROM cairn_run"));
    return statements;
  }

  /** Typed text is kept to be shown, never to be run: of a long one its beginning. */
  static String text(String sql) {
    return sql.length() <= LONGEST ? sql : sql.substring(0, LONGEST) + " ...";
  }

  /** The checkpoint of the run that was stored last. */
  public BatchPlace place(ReadView view) {
    return newest(view);
  }

  static BatchPlace newest(ReadView view) {
    long run = view.number(SqlFragment.of("SELECT max(run) FROM cairn_run"));
    return new BatchPlace(run, 0, 1, 1, Optional.empty(), 1L);
  }

  /** What comes right before the statement. */
  public List<SqlFragment> before(BatchPlace place) {
    return new WholeChange(change, dialect).before(place, nowMillis);
  }

  /** What comes right behind it. The run is published by the COMMIT that publishes its rows. */
  public List<SqlFragment> after(BatchPlace place, double seconds) {
    List<SqlFragment> statements =
        new ArrayList<>(new WholeChange(change, dialect).after(place, nowMillis));
    statements.add(
        SqlFragment.of(
            "UPDATE cairn_lane SET (source_rows, expected_rows) = (SELECT written, expected"
                + " FROM cairn_checkpoint c WHERE c.run = cairn_lane.run) WHERE run = ?",
            place.run()));
    statements.add(
        SqlFragment.of(
            "UPDATE cairn_run SET status = 'SUCCEEDED', seconds = ? WHERE run = ?",
            seconds,
            place.run()));
    return statements;
  }

  /** The run as the conversation sees it. */
  public Run run(ReadView view, BatchPlace place) {
    return RunReader.read(view, dialect, place.run()).orElseThrow();
  }
}
