package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs reading tasks side by side, as many at a time as the database has use for. */
public final class ParallelReads {
  private ParallelReads() {}

  /**
   * The tasks' results, in the tasks' order. Each task opens a view of its own. The first failure
   * ends the whole with the same failure; an interrupt ends it with exit 6.
   */
  public static <T> List<T> run(Database database, List<Callable<T>> tasks) {
    int threads = Math.max(1, Math.min(database.parallelReads(), tasks.size()));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(result(future, "reading"));
      }
      return results;
    } catch (InterruptedException interrupted) {
      throw interrupted("reading");
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * What a task came to. Fails as the task did; an interrupt ends the waiting with exit 6.
   *
   * @param doing what is waited for, as in "interrupted while counting"
   */
  public static <T> T result(Future<T> task, String doing) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof CairnException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      throw interrupted(doing);
    }
  }

  private static CairnException interrupted(String doing) {
    Thread.currentThread().interrupt();
    return CairnException.stopped("interrupted", "interrupted while " + doing);
  }
}
