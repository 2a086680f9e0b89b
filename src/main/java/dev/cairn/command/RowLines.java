package dev.cairn.command;

import dev.cairn.report.RowsWriter;
import java.util.List;

/** Where the rows of a result go that are made while they are shown. */
final class RowLines {
  private final RowsWriter writer;
  private final Console console;
  private long count;
  private List<Object> first;
  private String below = "";

  RowLines(RowsWriter writer, Console console) {
    this.writer = writer;
    this.console = console;
  }

  void row(List<Object> row) {
    first = first == null ? row : first;
    count++;
    writer.row(row);
  }

  /** What is to be said once all rows are shown. */
  void below(String line) {
    below = line;
  }

  String below() {
    return below;
  }

  /** Whether their reader went away; asking writes out what is there. */
  boolean refused() {
    return console.out().checkError();
  }

  long count() {
    return count;
  }

  List<Object> first() {
    return first;
  }
}
