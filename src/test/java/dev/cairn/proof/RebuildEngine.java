package dev.cairn.proof;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.BatchRunner;
import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.StopSignal;
import dev.cairn.database.Database;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.journal.Journal;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import dev.cairn.journal.UndoPlanner;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFileReader;
import dev.cairn.plan.Planner;
import dev.cairn.preview.RebuildMeasurer;
import dev.cairn.verify.ChangeVerifier;
import dev.cairn.verify.Verification;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans, applies, verifies and takes back a rebuild as the commands do, without their words. */
final class RebuildEngine implements AutoCloseable {
  private final Database database;

  RebuildEngine(SqliteFile file) {
    this.database =
        SqliteDatabase.open(file.path(), new SqliteDatabase.Options(false, false, false, 5_000));
  }

  Journal journal() {
    return new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
  }

  Measured measure(String plan) {
    return RebuildMeasurer.measure(
        database,
        Planner.plan(
            PlanFileReader.read("plan.yaml", plan),
            Optional.empty(),
            database.catalog(),
            database.dialect()));
  }

  Measured undo(Run run) {
    Plan plan = new UndoPlanner(database, journal()).changes(journal().run(run.id()));
    return RebuildMeasurer.measure(database, plan);
  }

  Run apply(Measured measured) {
    Approved approved = new Approved(measured, "test");
    return work(approved, journal().start(approved));
  }

  Run work(Approved approved, Run run) {
    BatchSettings settings = new BatchSettings(Pace.FULL, OptionalLong.empty(), false);
    return new BatchRunner(database, journal(), settings, BatchListener.NONE, StopSignal.NEVER)
        .run(approved, run);
  }

  Verification verify(Run run) {
    return new ChangeVerifier(database).verify(journal().run(run.id()));
  }

  @Override
  public void close() {
    database.close();
  }
}
