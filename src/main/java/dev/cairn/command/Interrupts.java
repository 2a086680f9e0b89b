package dev.cairn.command;

import dev.cairn.batch.StopSignal;
import dev.cairn.error.ExitCode;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Signals, as the session sees them: the first asks the work at hand to end cleanly, the second
 * ends the process at once (the database rolls back what was open).
 */
public final class Interrupts implements StopSignal {
  private final AtomicReference<ExitCode> asked = new AtomicReference<>();
  private final AtomicReference<Runnable> running = new AtomicReference<>();

  /** A signal came; {@code how} is the exit code it stands for. Called from the signal's thread. */
  public void signal(ExitCode how) {
    if (!asked.compareAndSet(null, how)) {
      Runtime.getRuntime().halt(how.code());
    }
    Runnable cancel = running.get();
    if (cancel != null) {
      cancel.run();
    }
  }

  /** While this statement runs, a signal cancels it. */
  void running(Runnable cancel) {
    running.set(cancel);
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
