package dev.cairn.shell;

import java.util.List;

/**
 * How a run stands at one moment.
 *
 * @param whole all of it
 * @param lanes its lanes that have work, in their order; none where the plan has no lanes
 * @param note a word under the bars, or nothing
 */
record ProgressState(Part whole, List<Part> lanes, String note) {

  ProgressState {
    lanes = List.copyOf(lanes);
  }

  /** Whether a part waits, is worked on or is done. */
  enum Phase {
    WAITING,
    RUNNING,
    DONE
  }

  /**
   * The whole or a lane.
   *
   * @param done target rows that are durable
   * @param total target rows that the plan expects
   * @param rowsPerSecond since this process began with it; 0 where nothing is known
   * @param secondsLeft until it is done at this rate; negative where nothing is known
   */
  record Part(
      String label, Phase phase, long done, long total, long rowsPerSecond, long secondsLeft) {}
}
