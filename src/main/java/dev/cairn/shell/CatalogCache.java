package dev.cairn.shell;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The schema as completion knows it: read beside the prompt, at most once for each line, so that it
 * sees what the line before changed. Where the database doesn't answer soon, the schema as it was
 * known must do: nobody waits for a lock at the TAB key.
 */
final class CatalogCache implements AutoCloseable {
  static final Catalog EMPTY = new Catalog(List.of(), "");
  private static final long PATIENCE_MILLIS = 300;

  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "schema for completion");
            thread.setDaemon(true);
            return thread;
          });
  private Database database;
  private Catalog known = EMPTY;
  private Future<Catalog> reading;
  private boolean stale = true;

  /** A line has run: what is known may no longer be so. */
  void expire() {
    stale = true;
  }

  /** The schema of a database, as it is or lately was. */
  Catalog of(Database open) {
    if (open != database) {
      database = open;
      known = EMPTY;
      reading = null;
      stale = true;
    }
    if (stale && reading == null) {
      reading = reader.submit(open::catalog);
      stale = false;
    }
    if (reading != null) {
      await();
    }
    return known;
  }

  private void await() {
    try {
      known = reading.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      reading = null;
    } catch (TimeoutException later) {
      // the next TAB asks again
    } catch (ExecutionException unreadable) {
      reading = null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
