package dev.cairn.batch;

import dev.cairn.database.Database;
import dev.cairn.database.Neighbours;
import dev.cairn.database.Neighbours.Seen;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks twice a second whom a run is in the way of: writers that wait for a batch's locks, and
 * replicas that fall behind. Between two batches it waits for their sake, and says that smaller
 * ones are wanted. What a batch itself waits for it tells at once.
 */
final class Consideration implements AutoCloseable {
  private static final long BETWEEN_LOOKS_MILLIS = 500;
  private static final long BETWEEN_WORDS_NANOS = 10_000_000_000L;

  /** Who waits no longer than this doesn't suffer. */
  private static final long PATIENCE_OF_OTHERS_MILLIS = 200;

  /** Not longer in one go: a batch is also a run's sign of life. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final long STEP_MILLIS = 50;

  private final Optional<Neighbours> neighbours;
  private final BatchListener listener;
  private final StopSignal stop;
  private final Duration mostLag;
  private final Thread thread;
  private volatile Seen seen = Seen.NOTHING;
  private volatile boolean closed;
  private volatile long wordsSince;
  private volatile String held = "";

  /**
   * @param mostLag how far a replica may be behind
   */
  Consideration(Database database, BatchListener listener, StopSignal stop, Duration mostLag) {
    this.neighbours = database.neighbours();
    this.listener = listener;
    this.stop = stop;
    this.mostLag = mostLag;
    this.thread = new Thread(this::watch, "neighbours");
    this.wordsSince = System.nanoTime() - BETWEEN_WORDS_NANOS;
    thread.setDaemon(true);
    if (neighbours.isPresent()) {
      thread.start();
    }
  }

  /** Waits where somebody needs it; true where the next batch had better be smaller. */
  boolean between() {
    Seen now = seen;
    if (!isBehind(now) && !isInTheWay(now)) {
      return false;
    }
    long until = System.nanoTime() + LONGEST_PAUSE.toNanos();
    if (isBehind(now)) {
      say(
          "the replica %s is %.1f s behind: batches wait for it (`set max_lag`)"
              .formatted(now.replica(), now.lagMillis().orElse(0) / 1e3));
      while (isBehind(seen) && !stop.stopRequested() && System.nanoTime() - until < 0) {
        sleep();
      }
    } else {
      say("others wait for rows that a batch holds: smaller batches, with pauses");
      for (int i = 0; i < 4 && !stop.stopRequested(); i++) {
        sleep();
      }
    }
    return true;
  }

  /** Who was last seen to hold what a batch waited for; empty text where nobody was. */
  String holder() {
    return held;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    neighbours.ifPresent(Neighbours::close);
  }

  private boolean isBehind(Seen now) {
    return now.lagMillis().orElse(0) > mostLag.toMillis();
  }

  private static boolean isInTheWay(Seen now) {
    return now.waitedMillis().orElse(0) > PATIENCE_OF_OTHERS_MILLIS;
  }

  private void watch() {
    try {
      while (!closed) {
        Seen now = neighbours.orElseThrow().look();
        seen = now;
        held = now.holder().orElse(held);
        now.holder().ifPresent(who -> say("waiting for a lock held by " + who));
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(String words) {
    long now = System.nanoTime();
    if (now - wordsSince >= BETWEEN_WORDS_NANOS && !closed) {
      wordsSince = now;
      listener.says(words);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
