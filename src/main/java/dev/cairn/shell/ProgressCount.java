package dev.cairn.shell;

import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.shell.ProgressState.Part;
import java.util.ArrayList;
import java.util.List;

/** Counts what a run reports. Time comes from outside, in nanoseconds. */
final class ProgressCount {
  private final Measured measured;
  private final LaneCount whole;
  private final List<LaneCount> lanes = new ArrayList<>();

  /**
   * @param alreadyDone target rows that earlier processes wrote in this run
   */
  ProgressCount(Measured measured, long alreadyDone, long now) {
    this.measured = measured;
    this.whole = new LaneCount(measured.total(Lane::expectedRows));
    measured.lanes().forEach(lane -> lanes.add(new LaneCount(lane.expectedRows())));
    whole.begin(alreadyDone, now);
  }

  /** A lane begins or goes on; what it has done is known in source rows only. */
  void laneStarts(int lane, long sourceRowsDone, long now) {
    Lane planned = measured.lanes().get(lane);
    double share = sourceRowsDone / (double) Math.max(1, planned.sourceRows());
    lanes.get(lane).begin(Math.round(planned.expectedRows() * Math.min(1, share)), now);
  }

  void committed(int lane, long rows, long now) {
    lanes.get(lane).add(rows, now);
    whole.add(rows, now);
  }

  void laneDone(int lane) {
    lanes.get(lane).end();
  }

  ProgressState state(long now, String note) {
    List<Part> parts = new ArrayList<>();
    for (int number = 0; number < lanes.size(); number++) {
      Lane lane = measured.lanes().get(number);
      if (lane.value() != null && lane.expectedRows() > 0) {
        parts.add(lanes.get(number).part("lane " + lane.label(), now));
      }
    }
    return new ProgressState(whole.part(measured.plan().name(), now), parts, note);
  }
}
