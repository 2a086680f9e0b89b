package dev.cairn.shell;

import dev.cairn.plan.Lane;
import dev.cairn.shell.ProgressState.Part;
import java.util.ArrayList;
import java.util.List;

/** Counts what a run reports. Time comes from outside, in nanoseconds. */
final class ProgressCount {
  private final String plan;
  private final List<Lane> planned;
  private final LaneCount whole;
  private final List<LaneCount> lanes = new ArrayList<>();

  /**
   * @param alreadyDone target rows that earlier processes wrote in this run
   */
  ProgressCount(String plan, List<Lane> planned, long alreadyDone, long now) {
    this.plan = plan;
    this.planned = List.copyOf(planned);
    this.whole = new LaneCount(planned.stream().mapToLong(Lane::expectedRows).sum());
    planned.forEach(lane -> lanes.add(new LaneCount(lane.expectedRows())));
    whole.begin(alreadyDone, now);
  }

  /** A lane begins or goes on; what it has done is known in source rows only. */
  void laneStarts(int lane, long sourceRowsDone, long now) {
    Lane all = planned.get(lane);
    double share = sourceRowsDone / (double) Math.max(1, all.sourceRows());
    lanes.get(lane).begin(Math.round(all.expectedRows() * Math.min(1, share)), now);
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
      Lane lane = planned.get(number);
      if (lane.value() != null && lane.expectedRows() > 0) {
        parts.add(lanes.get(number).part("lane " + lane.label(), now));
      }
    }
    return new ProgressState(whole.part(plan, now), parts, note);
  }
}
