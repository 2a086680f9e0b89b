package dev.cairn.database;

import java.util.function.BooleanSupplier;

/** Ends what an engine is at, once a person wants it to be left: it may give no sign for long. */
final class StopWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final Thread thread;

  private StopWatch(Thread thread) {
    this.thread = thread;
  }

  /**
   * Looks until it is closed.
   *
   * @param cancel ends the work, from another thread; repeated while it goes on
   */
  static StopWatch of(Runnable cancel, BooleanSupplier stop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(LOOK_MILLIS);
                  if (stop.getAsBoolean()) {
                    cancel.run();
                  }
                }
              } catch (InterruptedException done) {
                return;
              }
            },
            "cairn-stop");
    thread.setDaemon(true);
    thread.start();
    return new StopWatch(thread);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
