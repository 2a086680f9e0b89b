package dev.cairn.command;

import dev.cairn.journal.BatchTally;
import java.util.HashMap;
import java.util.Map;

/** Takes the time of each batch while a run shows its progress. */
final class BatchTimes extends WatchedProgress {
  private final Map<Integer, Double> seconds = new HashMap<>();
  private final Map<Integer, Double> longest = new HashMap<>();
  private long last = System.nanoTime();

  @Override
  public void laneStarts(int lane, long sourceRowsDone) {
    last = System.nanoTime();
    super.laneStarts(lane, sourceRowsDone);
  }

  @Override
  public void committed(int lane, long batch, long sourceRows, BatchTally tally) {
    long now = System.nanoTime();
    double took = (now - last) / 1e9;
    last = now;
    seconds.merge(lane, took, Double::sum);
    longest.merge(lane, took, Math::max);
    super.committed(lane, batch, sourceRows, tally);
  }

  /** How long a lane's batches took together, the pauses between them included. */
  double seconds(int lane) {
    return rounded(seconds.getOrDefault(lane, 0.0));
  }

  /** How long a lane's longest batch took. */
  double longest(int lane) {
    return rounded(longest.getOrDefault(lane, 0.0));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
