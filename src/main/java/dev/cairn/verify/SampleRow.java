package dev.cairn.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row behind a number.
 *
 * @param kind {@code missing}, {@code differing}, {@code kept}, {@code unexpected}, {@code
 *     identical}
 * @param key the key's columns with their values
 * @param differences the columns that differ, with both values; empty where that isn't the point
 */
public record SampleRow(String kind, List<Cell> key, List<Cell> differences) {

  public SampleRow {
    key = List.copyOf(key);
    differences = List.copyOf(differences);
  }

  /**
   * A column of a sample.
   *
   * @param column its name
   * @param expected what the query yields (for a key column: its value)
   * @param stored what the target has
   */
  public record Cell(String column, Object expected, Object stored) {}

  /** Cells of columns from a row that holds expected and stored values one after the other. */
  static List<Cell> cells(List<String> columns, List<Object> expected, List<Object> stored) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(new Cell(columns.get(i), expected.get(i), stored.get(i)));
    }
    return Collections.unmodifiableList(cells);
  }
}
