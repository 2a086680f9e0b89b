package dev.cairn.database;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The lines of a cursor's answer, read as they are asked for: the rows of one step, and whether
 * steps behind it ran. An answer without its end is no answer.
 */
final class HranaCursor implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A reader that stops early reads so many rows more before it hangs up on the server. */
  private static final int READ_OUT = 1_000;

  /** Rows that are held for a reader who asks something else in between. */
  private static final int HELD = 200_000;

  private final InputStream body;
  private final Duration patience;
  private final JsonParser lines;
  private final Queue<Object[]> held = new ArrayDeque<>();
  private List<String> columns = List.of();
  private int withRows;
  private boolean rowsEnded;
  private volatile boolean ended;
  private volatile boolean dropped;
  private volatile long waitingSince;
  private boolean headed;
  private int lastStep = -1;
  private HranaException failure;

  /**
   * @param patience how long the next line is waited for
   */
  HranaCursor(InputStream body, Duration patience) throws HranaException {
    this.body = body;
    this.patience = patience;
    try {
      this.lines = JSON.createParser(body);
    } catch (IOException cut) {
      throw lost(cut);
    }
  }

  JsonNode head() throws HranaException {
    JsonNode head = line();
    if (head == null) {
      throw lost(null);
    }
    headed = true;
    return head;
  }

  /** Whether the answer's first line has come, which says how the stream goes on. */
  boolean hasHead() {
    return headed;
  }

  /** Reads up to the first row of the step; fails as it, or a step before it, failed. */
  void begin(int step) throws HranaException {
    withRows = step;
    while (lastStep < step && !ended && failure == null) {
      advance(); // rows of steps before it are nobody's
    }
    if (failure != null) {
      throw failure;
    }
  }

  List<String> columns() {
    return columns;
  }

  /** The next row, null behind the last. */
  Object[] next() throws HranaException {
    if (!held.isEmpty()) {
      return held.poll();
    }
    Object[] row = null;
    while (row == null && !rowsEnded && !ended) {
      row = advance();
    }
    if (row == null && failure != null) {
      throw failure;
    }
    return row;
  }

  /** Reads what comes behind the rows, also behind a step that failed; whether a step ran. */
  boolean ran(int step) throws HranaException {
    while (!ended) {
      advance();
    }
    if (failure != null && failure.kind() != HranaException.Kind.ANSWERED) {
      throw failure;
    }
    if (dropped) {
      throw lost(null);
    }
    return lastStep >= step;
  }

  /** Whether nothing more comes. */
  boolean isOver() {
    return ended;
  }

  /** Whether the server may still be sending. */
  boolean wasDropped() {
    return dropped;
  }

  /** Holds the rows that are left, for a reader who goes on later. */
  void takeIn() {
    try {
      while (!ended) {
        Object[] row = advance();
        if (row != null && !rowsEnded) {
          held.add(row);
        }
        if (held.size() > HELD) {
          throw HranaException.answered(
              "CURSOR", "a query of many rows was interrupted by another one");
        }
      }
    } catch (HranaException failed) {
      failure = failed;
      cancel();
      ended = true;
    }
  }

  /** Hangs up, from whatever thread: the server ends what it does. */
  void cancel() {
    if (!ended) {
      dropped = true;
      try {
        body.close();
      } catch (IOException already) {
        return; // it is gone either way
      }
    }
  }

  void cancelIfStalled() {
    long since = waitingSince;
    if (since != 0 && System.nanoTime() - since > patience.toNanos()) {
      cancel();
    }
  }

  @Override
  public void close() {
    held.clear();
    try {
      for (int i = 0; i < READ_OUT && !ended; i++) {
        advance();
      }
    } catch (HranaException failed) {
      failure = failed;
    }
    cancel();
    ended = true;
  }

  /** Reads one line; a row of the step that is read, or null for any other line. */
  private Object[] advance() throws HranaException {
    JsonNode line = line();
    if (line == null) {
      ended = true;
      if (failure == null && (lastStep < withRows || !rowsEnded)) {
        failure = lost(null);
      }
      return null;
    }
    switch (line.path("type").asText()) {
      case "row" -> {
        return lastStep == withRows ? row(line.path("row")) : null;
      }
      case "step_begin" -> begun(line);
      case "step_end" -> rowsEnded |= lastStep == withRows;
      case "step_error" -> failed(line);
      case "error" -> failed(line);
      default -> {
        return null; // such as replication_index
      }
    }
    return null;
  }

  private void begun(JsonNode line) {
    lastStep = line.path("step").asInt();
    if (lastStep == withRows) {
      columns = HranaResult.columns(line);
    }
  }

  /** The first failure is the one that counts. */
  private void failed(JsonNode line) {
    if (failure == null) {
      failure = HranaStream.error(line.path("error"));
    }
    rowsEnded = true;
  }

  private static Object[] row(JsonNode cells) throws HranaException {
    Object[] row = new Object[cells.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = HranaValue.read(cells.get(i));
    }
    return row;
  }

  private JsonNode line() throws HranaException {
    waitingSince = System.nanoTime();
    try {
      return lines.readValueAsTree();
    } catch (IOException cut) {
      ended = true;
      throw lost(cut);
    } finally {
      waitingSince = 0;
    }
  }

  private static HranaException lost(Exception cause) {
    return HranaException.lost("the server's answer broke off", cause);
  }
}
