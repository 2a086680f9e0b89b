package dev.cairn.batch;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchTally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Runs lanes side by side, each in a thread of its own, in their order. The first that fails stops
 * the others at their batch edges; as a stop signal it says so to them.
 */
final class LanesBeside implements StopSignal {
  private final int most;
  private final BatchListener listener;
  private volatile Throwable failed;

  /**
   * @param most how many lanes at a time
   * @param listener hears of one thing at a time
   */
  LanesBeside(int most, BatchListener listener) {
    this.most = most;
    this.listener = new OneAtATime(listener);
  }

  /** Hears what the lanes have to say. */
  BatchListener listener() {
    return listener;
  }

  @Override
  public boolean stopRequested() {
    return failed != null;
  }

  /** Runs that many lanes to their ends; fails as the first of them that failed. */
  void run(int lanes, IntConsumer lane) {
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Thread thread = new Thread(() -> work(next, lanes, lane), "lanes-" + (i + 1));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    threads.forEach(this::await);
    if (failed instanceof Error error) {
      throw error;
    }
    if (failed != null) {
      throw (RuntimeException) failed;
    }
  }

  private void work(AtomicInteger next, int lanes, IntConsumer lane) {
    try {
      for (int n = next.getAndIncrement(); n < lanes; n = next.getAndIncrement()) {
        if (stopRequested()) {
          return;
        }
        lane.accept(n);
      }
    } catch (RuntimeException | Error failure) {
      failed(failure);
    }
  }

  /** A batch of which nothing is known is told before any other reason. */
  private synchronized void failed(Throwable failure) {
    boolean unclear =
        failure instanceof CairnException stopped && stopped.exit() == ExitCode.UNKNOWN;
    if (failed == null || unclear) {
      failed = failure;
    }
  }

  /** Who wants the whole to end gets it at the batch edges: no lane is left running. */
  private void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException ended) {
        interrupted = true;
        failed(CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped at the batch edge"));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A listener knows nothing of threads. */
  private record OneAtATime(BatchListener heard) implements BatchListener {
    @Override
    public void laneStarts(int lane, long sourceRowsDone) {
      synchronized (heard) {
        heard.laneStarts(lane, sourceRowsDone);
      }
    }

    @Override
    public void committed(int lane, long batch, long sourceRows, BatchTally tally) {
      synchronized (heard) {
        heard.committed(lane, batch, sourceRows, tally);
      }
    }

    @Override
    public void laneDone(int lane) {
      synchronized (heard) {
        heard.laneDone(lane);
      }
    }

    @Override
    public void says(String message) {
      synchronized (heard) {
        heard.says(message);
      }
    }
  }
}
