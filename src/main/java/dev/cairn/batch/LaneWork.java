package dev.cairn.batch;

import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;

/**
 * One lane of a run, as it was planned and as far as it has come.
 *
 * @param measured the plan
 * @param run the run, as it was when this process took it
 * @param number the lane's place in both
 */
record LaneWork(Measured measured, Run run, int number) {

  Lane lane() {
    return measured.lanes().get(number);
  }

  LaneState state() {
    return run.lanes().get(number);
  }
}
