package dev.cairn.shell;

import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.shell.ProgressState.Part;
import dev.cairn.shell.ProgressState.Phase;
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
    LaneCount count = lanes.get(lane);
    count.done = count.total;
    count.phase = Phase.DONE;
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

  /** One lane's figures, or the whole's. */
  private static final class LaneCount {
    private final long total;
    private long done;
    private long begunAt;
    private long since;
    private long lastCommit;
    private Phase phase = Phase.WAITING;

    LaneCount(long total) {
      this.total = total;
    }

    void begin(long rows, long now) {
      done = rows;
      begunAt = rows;
      since = now;
      lastCommit = now;
      phase = Phase.RUNNING;
    }

    void add(long rows, long now) {
      done += rows;
      lastCommit = now;
    }

    /** The rate is that of the last commit: between two of them it would only seem to fall. */
    Part part(String label, long now) {
      double seconds = (lastCommit - since) / 1e9;
      double rate = seconds < 0.001 ? 0 : (done - begunAt) / seconds;
      double sinceThen = (now - lastCommit) / 1e9;
      long left = rate <= 0 ? -1 : Math.round(Math.max(0, (total - done) / rate - sinceThen));
      return new Part(label, phase, Math.min(done, total), total, Math.round(rate), left);
    }
  }
}
