package dev.cairn.batch;

import java.time.Duration;

/**
 * How long a batch may hold the write lock, and how long the lock is left alone after it.
 *
 * <p>Beside other writers a migration is a guest. Their busy handlers back off for up to 50 ms; a
 * gap shorter than that is missed by them again and again (measured: with gaps of 15 ms a writer
 * waited over 800 ms in DELETE mode).
 *
 * @param batch how long a batch shall take
 * @param pause between batches
 * @param firstBatch its source rows; target rows where the size is carried over
 * @param growth how many times as large as the last one a batch may be
 * @param carries whether a lane begins with the size, in target rows, that the one before found
 */
public record Pace(
    String name, Duration batch, Duration pause, long firstBatch, double growth, boolean carries) {
  /**
   * Nobody else is there: batches of half a second, no pauses. Longer ones gain nothing, and one
   * that meets rows already there compares the whole of it.
   */
  public static final Pace FULL =
      new Pace("full", Duration.ofMillis(500), Duration.ZERO, 2_000, 2, false);

  /** Others write and read: short batches with gaps that their back-off finds. */
  public static final Pace SHARED =
      new Pace("shared", Duration.ofMillis(95), Duration.ofMillis(50), 200, 2, false);

  /**
   * A server lets writers in one after another, in the order in which they came: who waits is next,
   * and a pause gives nobody anything. It takes a transaction back for which another writer has
   * waited 5 s; a batch of 1 s is far from that, and on a long line outweighs its round trip. Small
   * ones are round trips for nothing: a lane begins with the size that the one before found, the
   * first one with about a tenth of a second.
   */
  public static final Pace SERVER =
      new Pace("server", Duration.ofSeconds(1), Duration.ZERO, 30_000, 4, true);

  /** The number of source rows for the next batch, from how long the last one of that size took. */
  long next(long size, Duration took, long limit) {
    double factor = batch.toNanos() / (double) Math.max(1, took.toNanos());
    double bounded = Math.max(0.25, Math.min(factor * 0.9, growth));
    return Math.max(1, Math.min(limit, Math.round(size * bounded)));
  }
}
