package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.util.List;
import java.util.Optional;

/** What the line before left behind, for {@code expect}. */
final class LastResult {
  private long rows = -1;
  private Object first;
  private String errorCode = "";
  private ExitCode exit = ExitCode.DONE;

  /** Forgets; a line begins. */
  void begin() {
    rows = -1;
    first = null;
    errorCode = "";
    exit = ExitCode.DONE;
  }

  void rows(long count, List<Object> firstRow) {
    rows = count;
    first = firstRow == null || firstRow.isEmpty() ? null : firstRow.get(0);
  }

  void failed(CairnException error) {
    errorCode = error.code();
    exit = error.exit();
  }

  void failed(ExitCode how) {
    exit = how;
  }

  /** How many rows were shown; empty where the line had no rows to show. */
  Optional<Long> rows() {
    return rows < 0 ? Optional.empty() : Optional.of(rows);
  }

  /** The first row's first value. */
  Object first() {
    return first;
  }

  boolean failed() {
    return exit != ExitCode.DONE;
  }

  /** Whether the line failed with that code, a word or an exit number. */
  boolean failedWith(String code) {
    return failed() && (code.equals(errorCode) || code.equals(String.valueOf(exit.code())));
  }

  /** The failure in words. */
  String failure() {
    return failed() ? (errorCode.isEmpty() ? "" : errorCode + ", ") + "exit " + exit.code() : "";
  }
}
