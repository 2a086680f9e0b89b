package dev.cairn.snapshot;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that the engine does in one go and that can't be cancelled: it runs beside, so that a person
 * who interrupts need not wait for it. What it opened it closes itself, whenever it ends.
 */
final class Interruptible {
  private static final long LOOK_MILLIS = 100;

  private Interruptible() {}

  /**
   * Runs it to its end, or fails with exit 130 as soon as the listener asks to stop.
   *
   * @param meanwhile called now and then
   */
  static <T> T run(Callable<T> work, Runnable meanwhile, SnapshotListener listener)
      throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "snapshot");
    thread.setDaemon(true);
    thread.start();
    while (true) {
      try {
        return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException atWork) {
        meanwhile.run();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw stopped();
      } catch (ExecutionException failed) {
        throw cause(failed);
      }
      if (listener.stopRequested()) {
        throw stopped();
      }
    }
  }

  private static RuntimeException cause(ExecutionException failed) throws IOException {
    Throwable cause = failed.getCause();
    if (cause instanceof IOException error) {
      throw error;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  private static CairnException stopped() {
    return CairnException.of(
        ExitCode.INTERRUPTED, "interrupted", "interrupted; nothing was left behind");
  }
}
