package dev.cairn.preview;

import dev.cairn.database.ParallelReads;
import dev.cairn.database.ReadView;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Views of one moment, of which the second answers a question while the first answers others. With
 * one view alone the answers come one after another.
 */
final class SideBySide implements AutoCloseable {
  private final List<ReadView> views;
  private ExecutorService beside;

  SideBySide(List<ReadView> views) {
    this.views = List.copyOf(views);
  }

  /** The view for everything that is asked in its turn. */
  ReadView view() {
    return views.get(0);
  }

  /** Asks beside what else goes on; the answer fails as the question did. */
  <T> Supplier<T> ask(Function<ReadView, T> question) {
    if (views.size() < 2) {
      return () -> question.apply(view());
    }
    if (beside == null) {
      beside = Executors.newSingleThreadExecutor();
    }
    Future<T> answer = beside.submit(() -> question.apply(views.get(1)));
    return () -> ParallelReads.result(answer, "counting");
  }

  @Override
  public void close() {
    if (beside != null) {
      beside.shutdown();
      waitFor(beside);
    }
    views.forEach(ReadView::close);
  }

  /** A view in use can't be closed; a question left unanswered is heard out. */
  private static void waitFor(ExecutorService asking) {
    try {
      boolean heard = false;
      while (!heard) {
        heard = asking.awaitTermination(1, TimeUnit.MINUTES);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
