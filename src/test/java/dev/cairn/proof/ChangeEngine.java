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
import dev.cairn.plan.Approved;
import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangePlanner;
import dev.cairn.plan.ChangeQuery;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.KeyTuple;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.preview.ChangeMeasurer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans, applies and resumes changes of rows as the commands do, without their words. */
final class ChangeEngine implements AutoCloseable {
  private final Database database;

  ChangeEngine(SqliteFile file) {
    this(SqliteDatabase.open(file.path(), new SqliteDatabase.Options(false, false, false, 5_000)));
  }

  ChangeEngine(Database database) {
    this.database = database;
  }

  Journal journal() {
    return new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
  }

  Plan plan(String sql) {
    return ChangePlanner.plan(sql, database.catalog(), database.dialect());
  }

  ChangeRows step(String sql) {
    return (ChangeRows) plan(sql).step();
  }

  Measured measure(String sql) {
    return ChangeMeasurer.measure(database, plan(sql), Optional.empty());
  }

  /** Starts a run that is cut as wanted, whatever would have been chosen for so few rows. */
  Run start(String sql, Batching batching) {
    Measured measured = measure(sql);
    Lane lane = measured.lanes().get(0);
    String bound = batching == Batching.BY_RANGE ? highestKey(sql) : null;
    Lane wanted =
        new Lane(
            null,
            batching.name(),
            List.of(),
            null,
            bound,
            lane.sourceRows(),
            lane.expectedRows(),
            0,
            lane.digest());
    return journal()
        .start(
            new Approved(dev.cairn.preview.Measurer.withLanes(measured, List.of(wanted)), "test"));
  }

  Run takeOver(Run run) {
    return journal().takeOver(run, Engine.NO_LEASE);
  }

  /** Works on a run that is ours, from its checkpoints on. */
  Run work(String sql, Run run, long batchRows, BatchListener listener, StopSignal stop) {
    var state = run.lanes().get(0);
    Lane lane =
        new Lane(
            null,
            state.mapping(),
            List.of(),
            null,
            state.bound(),
            state.sourceRows(),
            state.expectedRows(),
            0,
            "");
    Measured measured = ChangeMeasurer.stored(database, plan(sql), List.of(lane));
    BatchSettings settings = new BatchSettings(Pace.FULL, OptionalLong.of(batchRows), false);
    return new BatchRunner(database, journal(), settings, listener, stop)
        .run(new Approved(measured, "test"), run);
  }

  Run apply(String sql, Batching batching, long batchRows) {
    return work(sql, start(sql, batching), batchRows, BatchListener.NONE, StopSignal.NEVER);
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }

  private String highestKey(String sql) {
    try (var view = database.view()) {
      var rows = view.rows(new ChangeQuery(step(sql), database.dialect()).bound());
      return rows.isEmpty() ? null : KeyTuple.text(rows.get(0));
    }
  }
}
