package dev.cairn.proof;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.BatchRunner;
import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.StopSignal;
import dev.cairn.database.Database;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Journal;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.PlanFileReader;
import dev.cairn.plan.Planner;
import dev.cairn.plan.Token;
import dev.cairn.preview.Measurer;
import dev.cairn.preview.Measurer.Depth;
import dev.cairn.verify.Verification;
import dev.cairn.verify.Verifier;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans, applies, resumes and verifies as the commands do, without their words. */
final class Engine implements AutoCloseable {
  /** Every lease has run out: whoever owned a run is taken for dead. */
  static final long NO_LEASE = -1;

  private final Database database;
  private final PlanFile file;

  Engine(SqliteFile database, String plan) {
    this(
        SqliteDatabase.open(
            database.path(), new SqliteDatabase.Options(false, false, false, 5_000)),
        plan);
  }

  Engine(Database database, String plan) {
    this.database = database;
    this.file = PlanFileReader.read("plan.yaml", plan);
  }

  Journal journal() {
    return new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
  }

  Measured measure() {
    return Measurer.measure(database, plan(), Optional.empty(), Depth.FULL);
  }

  Run start(Measured measured) {
    return journal().start(new Approved(measured, "test"));
  }

  /** Takes a run over, as {@code resume} does. */
  Run takeOver(Run run) {
    return journal().takeOver(run, NO_LEASE);
  }

  /** Works on a run that is ours, up to its bounds. */
  Run work(Run run, long batchRows, StopSignal stop) {
    return work(run, batchRows, (lane, batch, rows, tally) -> {}, stop);
  }

  /** Works on a run that is ours, up to its bounds. */
  Run work(Run run, long batchRows, OnCommit listener, StopSignal stop) {
    return work(
        run, new BatchSettings(Pace.FULL, OptionalLong.of(batchRows), false), listener, stop);
  }

  /** The same in batches as the settings have them. */
  Run work(Run run, BatchSettings settings, OnCommit listener, StopSignal stop) {
    Measured now =
        Measurer.measure(database, plan(), Optional.of(Token.parse(run.token())), Depth.TOKEN);
    return new BatchRunner(database, journal(), settings, listener, stop)
        .run(new Approved(now, "test"), run);
  }

  /** Plans, applies, and comes to the end. */
  Run apply(long batchRows) {
    return work(start(measure()), batchRows, StopSignal.NEVER);
  }

  Verification verify() {
    return new Verifier(database).verify(measure());
  }

  @Override
  public void close() {
    database.close();
  }

  private Plan plan() {
    return Planner.plan(file, Optional.empty(), database.catalog(), database.dialect());
  }

  /** Called when a batch is durable. */
  @FunctionalInterface
  interface OnCommit extends BatchListener {
    @Override
    void committed(int lane, long batch, long sourceRows, BatchTally tally);
  }
}
