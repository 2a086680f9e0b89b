package dev.cairn.sql;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs what walks a statement's tree where the stack suffices for the deepest tree that the parser
 * hands out.
 *
 * <p>A frame's size depends on how far the compiler has come with the method, so whether a tree of
 * allowed depth fits the caller's stack (1 MiB by default, less on some systems) would otherwise
 * depend on what ran before.
 */
public final class DeepStack {

  /** A text of at most so many chars can't be nested deeply enough to matter. */
  private static final int SHORT_CHARS = 1_000;

  /** In bytes; only the pages that are used are taken from memory. */
  private static final long STACK_BYTES = 256L << 20;

  private DeepStack() {}

  /**
   * Returns what {@code task} returns for {@code text}, and throws what it throws.
   *
   * @param text what the task reads; its length decides where the task runs
   */
  public static <T> T call(String text, Supplier<T> task) {
    if (text.length() <= SHORT_CHARS) {
      return task.get();
    }
    FutureTask<T> future = new FutureTask<>(task::get);
    Thread thread = new Thread(null, future, "cairn-deep-stack", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return result(future);
  }

  private static <T> T result(FutureTask<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          // Reading ends by itself within milliseconds; who asked to stop is told afterwards.
          interrupted = true;
        } catch (ExecutionException e) {
          throw thrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
