package dev.cairn.example;

/**
 * How much of a system there is: 5-minute slots in which it was reachable, polls, 5-minute
 * aggregates, and how many of the last polls and aggregates the live writer wrote as points too.
 */
record Volume(int slots, int polls, int intervals, int livePolls, int liveIntervals) {

  /** The same at another scale; whatever there is any of stays at least one. */
  Volume scaled(double scale) {
    return new Volume(
        scaled(slots, scale),
        scaled(polls, scale),
        scaled(intervals, scale),
        scaled(livePolls, scale),
        // Two, so that one is whole and the last one can be half-written.
        Math.max(scaled(liveIntervals, scale), 2));
  }

  static int scaled(int count, double scale) {
    return count == 0 ? 0 : (int) Math.max(1, Math.round(count * scale));
  }
}
