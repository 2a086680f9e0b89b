package dev.cairn.command;

import dev.cairn.batch.StopSignal;
import dev.cairn.error.ExitCode;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Signals, as the session sees them: the first asks the work at hand to end cleanly, the second
 * ends the process at once (the database rolls back what was open).
 */
public final class Interrupts implements StopSignal {
  /** Between two attempts: a statement may be asked to end before it has begun. */
  private static final long AGAIN_MILLIS = 50;

  private final AtomicReference<ExitCode> asked = new AtomicReference<>();
  private final AtomicReference<BooleanSupplier> running = new AtomicReference<>();

  /** A signal came; {@code how} is the exit code it stands for. Called from the signal's thread. */
  public void signal(ExitCode how) {
    if (!asked.compareAndSet(null, how)) {
      Runtime.getRuntime().halt(how.code());
    }
    BooleanSupplier cancel = running.get();
    if (cancel != null) {
      insist(cancel);
    }
  }

  /**
   * While this statement runs, a signal cancels it, also one that came just before.
   *
   * @param cancel says whether it is sure that the statement will end; else it is called again
   */
  void running(BooleanSupplier cancel) {
    running.set(cancel);
    if (stopRequested()) {
      insist(cancel);
    }
  }

  /** An engine forgets what it is told before its statement runs, so it is told again. */
  private void insist(BooleanSupplier cancel) {
    Thread insisting =
        new Thread(
            () -> {
              try {
                while (running.get() == cancel && stopRequested() && !cancel.getAsBoolean()) {
                  Thread.sleep(AGAIN_MILLIS);
                }
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "cairn-cancel");
    insisting.setDaemon(true);
    insisting.start();
  }

  /** Nothing that could be cancelled is running. */
  void idle() {
    running.set(null);
  }

  /** Forgets a signal that was dealt with; at a prompt the session goes on. */
  public void clear() {
    asked.set(null);
  }

  @Override
  public boolean stopRequested() {
    return asked.get() != null;
  }

  /** The exit code that the signal stands for. */
  public ExitCode exit() {
    ExitCode code = asked.get();
    return code == null ? ExitCode.INTERRUPTED : code;
  }
}
