package dev.cairn.snapshot;

import dev.cairn.journal.BatchTally;

/**
 * What a rehearsal measured of one lane.
 *
 * @param lane the lane's name
 * @param planned rows that the query yielded when the lane was measured
 * @param tally what became of them
 * @param batches how many batches it took
 * @param seconds how long these took together
 * @param longestBatchSeconds how long the longest took
 */
public record RehearsedLane(
    String lane,
    long planned,
    BatchTally tally,
    long batches,
    double seconds,
    double longestBatchSeconds) {}
