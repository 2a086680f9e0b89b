package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Rows that another thread reads ahead, so that two sides are read at the same time. It holds a few
 * thousand rows at most, and only a few where they are large.
 */
final class ReadAhead implements AutoCloseable {
  private static final int ROWS = 1000;
  private static final int BLOCKS = 3;
  private static final long BLOCK_BYTES = 1L << 20;

  private final KeyedRows rows;
  private final BooleanSupplier stop;
  private final BlockingQueue<List<Object[]>> blocks = new ArrayBlockingQueue<>(BLOCKS);
  private final Thread reader;
  private volatile boolean closed;
  private volatile Throwable failure;
  private volatile boolean ended;
  private Queue<Object[]> atHand = new ArrayDeque<>();

  ReadAhead(KeyedRows rows, BooleanSupplier stop) {
    this.rows = rows;
    this.stop = stop;
    this.reader = new Thread(this::read, "cairn-read-ahead");
    reader.setDaemon(true);
    reader.start();
  }

  /** The next row; null behind the last. Fails as the reading did. */
  Object[] next() {
    while (atHand.isEmpty()) {
      if (stop.getAsBoolean()) {
        throw CairnException.stopped("interrupted", "interrupted while comparing")
            .hint("nothing was written; run it again");
      }
      boolean last = ended; // before the queue is looked at: a block may come between
      List<Object[]> block = poll(last ? 0 : 100);
      if (block != null) {
        atHand = new ArrayDeque<>(block);
      } else if (last) {
        rethrow();
        return null;
      }
    }
    return atHand.poll();
  }

  private List<Object[]> poll(long millis) {
    try {
      return blocks.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CairnException.stopped("interrupted", "interrupted while comparing");
    }
  }

  private void rethrow() {
    if (failure instanceof RuntimeException known) {
      throw known;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  private void read() {
    try (RowStream stream = rows.open()) {
      int width = rows.columns().size();
      List<Object[]> block = new ArrayList<>(ROWS);
      long bytes = 0;
      while (!closed && stream.next()) {
        Object[] row = new Object[width];
        for (int i = 0; i < width; i++) {
          row[i] = stream.exact(i);
          bytes += size(row[i]);
        }
        block.add(row);
        if (block.size() == ROWS || bytes > BLOCK_BYTES) {
          put(block);
          block = new ArrayList<>(ROWS);
          bytes = 0;
        }
      }
      put(block);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // closed meanwhile; nobody waits for more
    } catch (RuntimeException | Error error) {
      failure = error;
    } finally {
      ended = true;
    }
  }

  private void put(List<Object[]> block) throws InterruptedException {
    while (!closed && !blocks.offer(block, 100, TimeUnit.MILLISECONDS)) {
      // the other side has some way to go yet
    }
  }

  private static long size(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    return value instanceof byte[] bytes ? bytes.length : 0;
  }

  /** Waits for the reader, which uses the view until then. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
