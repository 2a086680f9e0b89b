package dev.cairn.batch;

import dev.cairn.database.Database;
import dev.cairn.dialect.Dialect;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.RestoreRows;
import java.util.Optional;

/**
 * One lane of a run, as it was planned and as far as it has come.
 *
 * @param measured the plan
 * @param run the run, as it was when this process took it
 * @param number the lane's place in both
 * @param consideration knows whom batches are in the way of
 * @param others says whether the lanes beside it want it to stop; none where it runs by itself
 */
record LaneWork(
    Measured measured,
    Run run,
    int number,
    Consideration consideration,
    Optional<StopSignal> others) {

  Lane lane() {
    return measured.lanes().get(number);
  }

  /** What its batches consist of. */
  LaneBatches batches(Database database) {
    Dialect dialect = database.dialect();
    if (measured.plan().step(number) instanceof RestoreRows restore) {
      return Batching.valueOf(lane().variant()) == Batching.WHOLE
          ? new RestoreWhole(this, database)
          : ChangeBatches.of(restore, this, database);
    }
    if (measured.plan().step(number) instanceof ChangeRows change) {
      return ChangeBatches.of(change, this, dialect);
    }
    return new MigrationBatches(measured.plan().migration(), lane(), dialect, others.isPresent());
  }

  /** What a person asks for, or a lane beside it that failed. */
  StopSignal either(StopSignal person) {
    return others
        .<StopSignal>map(lanes -> () -> person.stopRequested() || lanes.stopRequested())
        .orElse(person);
  }

  LaneState state() {
    return run.lanes().get(number);
  }
}
