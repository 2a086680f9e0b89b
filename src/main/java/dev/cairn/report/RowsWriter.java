package dev.cairn.report;

import java.util.List;

/**
 * Writes the rows of one result as they come: {@link #begin} once, {@link #row} for each, then
 * {@link #end} or {@link #breakOff}.
 *
 * <p>Values are null, numbers, String, Boolean or byte[]; anything else is shown by its toString. A
 * target that fails makes an {@link java.io.UncheckedIOException}; the target is neither closed
 * nor, unless it is a Writer or Stream, flushed.
 */
public interface RowsWriter {

  /** Takes the names of the columns; there may be none, and several may be the same. */
  void begin(List<String> columns);

  /** Takes a row with one value, possibly null, for each column. */
  void row(List<?> values);

  /** Completes what was written. */
  void end();

  /**
   * Leaves behind what can be read, and says so where the format can, when an error cuts the rows
   * short.
   */
  void breakOff();
}
