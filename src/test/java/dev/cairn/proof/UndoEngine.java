package dev.cairn.proof;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.BatchRunner;
import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.SessionCounters;
import dev.cairn.batch.StopSignal;
import dev.cairn.batch.TypedChange;
import dev.cairn.database.Database;
import dev.cairn.database.RowStream;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.journal.Journal;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import dev.cairn.journal.UndoPlanner;
import dev.cairn.plan.Approved;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Changes;
import dev.cairn.plan.Measured;
import dev.cairn.preview.RestoreMeasurer;
import dev.cairn.sql.SqlParser;
import java.time.Clock;
import java.util.OptionalLong;

/** Types changes and takes runs back as the commands do, without their words. */
final class UndoEngine implements AutoCloseable {
  private final Database database;
  private final StatementSession session;

  UndoEngine(SqliteFile file) {
    this.database =
        SqliteDatabase.open(file.path(), new SqliteDatabase.Options(false, false, false, 5_000));
    this.session = database.session();
  }

  /** Runs a statement as if it had been typed, with its journal. */
  Run type(String sql) {
    ChangeRows change =
        Changes.typed(
            sql,
            SqlParser.parse(sql, database.dialect().flavour()),
            session.catalog(),
            database.dialect());
    return new TypedChange(
            session,
            new SessionCounters(session, database.dialect()),
            database.dialect(),
            Clock.systemUTC())
        .run(change, RowStream::columns);
  }

  /** The plan that takes a run back, measured. */
  Measured plan(Run run) {
    UndoPlanner planner = new UndoPlanner(database, journal());
    Run now = journal().run(run.id());
    planner.refuseUnlessDone(now);
    return RestoreMeasurer.measure(database, planner.changes(now));
  }

  /** Takes a run back in batches of so many rows. */
  Run undo(Run run, long batchRows) {
    Measured measured = plan(run);
    Approved approved = new Approved(measured, "test");
    BatchSettings settings = new BatchSettings(Pace.FULL, OptionalLong.of(batchRows), false);
    return new BatchRunner(database, journal(), settings, BatchListener.NONE, StopSignal.NEVER)
        .run(approved, journal().start(approved));
  }

  Journal journal() {
    return new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    session.close();
    database.close();
  }
}
