package dev.cairn.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How rows are written.
 *
 * @param width the columns of the terminal, within which long text is cut; 0 for no limit, as in a
 *     pipe
 * @param colour whether escape codes may dim NULL and embolden headings
 * @param csvSafe whether CSV text that a spreadsheet would run as a formula gets a leading
 *     apostrophe
 * @param nullText what stands for NULL in tables, vertical output and Markdown
 * @param jsonFields fields that a JSON line has between "cairn" and "columns"
 */
public record RowsOptions(
    int width, boolean colour, boolean csvSafe, String nullText, Map<String, Object> jsonFields) {

  /** Unlimited, uncoloured and exact: what a pipe gets. */
  public static final RowsOptions PLAIN = new RowsOptions(0, false, false, "NULL", Map.of());

  /** Refuses a NULL text in apostrophes: text in apostrophes is a quoted value. */
  public RowsOptions {
    if (nullText.startsWith("'") && nullText.endsWith("'") && !nullText.isEmpty()) {
      throw new IllegalArgumentException(
          "the text for NULL can't stand in apostrophes: " + nullText);
    }
    jsonFields = Collections.unmodifiableMap(new LinkedHashMap<>(jsonFields));
  }

  public RowsOptions withWidth(int columns) {
    return new RowsOptions(Math.max(0, columns), colour, csvSafe, nullText, jsonFields);
  }

  public RowsOptions withColour(boolean on) {
    return new RowsOptions(width, on, csvSafe, nullText, jsonFields);
  }

  public RowsOptions withCsvSafe(boolean on) {
    return new RowsOptions(width, colour, on, nullText, jsonFields);
  }

  public RowsOptions withNullText(String text) {
    return new RowsOptions(width, colour, csvSafe, text, jsonFields);
  }

  public RowsOptions withJsonFields(Map<String, Object> fields) {
    return new RowsOptions(width, colour, csvSafe, nullText, fields);
  }
}
