package dev.cairn.database;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * The waits between tries of what failed for a reason that may pass: longer each time, and by
 * chance a little more or less, so that many who failed together don't come back together. After a
 * limit there are no more until something has succeeded.
 */
public final class Backoff {
  private static final double FIRST_MILLIS = 50;
  private static final double LONGEST_MILLIS = 2_000;
  private static final long LOOK_UP_MILLIS = 20;

  private final Duration limit;
  private long since;
  private int tries;

  /**
   * @param limit after how long, counted from the first failure, there is no other try; zero for
   *     none at all
   */
  public Backoff(Duration limit) {
    this.limit = limit;
  }

  /** Something succeeded. */
  public synchronized void succeeded() {
    tries = 0;
  }

  /**
   * Waits. False, and at once, where it has been long enough; false also where the wait was ended
   * by somebody who wants to stop.
   */
  public boolean again(BooleanSupplier stop) {
    long until = nextTry();
    if (until == 0) {
      return false;
    }
    try {
      while (System.nanoTime() - until < 0) {
        if (stop.getAsBoolean()) {
          return false;
        }
        Thread.sleep(LOOK_UP_MILLIS);
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** When; 0 for never. */
  private synchronized long nextTry() {
    long now = System.nanoTime();
    since = tries == 0 ? now : since;
    if (limit.isZero() || now - since >= limit.toNanos()) {
      tries = Math.max(1, tries); // whoever comes next needn't wait as long again
      return 0;
    }
    double wait = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(2, tries++));
    double jittered = wait * (0.5 + ThreadLocalRandom.current().nextDouble());
    return now + (long) (jittered * 1_000_000);
  }
}
