package dev.cairn.report;

import java.util.HexFormat;

/**
 * Values as people see them in tables.
 *
 * <p>NULL, 'NULL' and '' stay apart, coloured or not: NULL is written bare, and a text stands in
 * apostrophes (those in it doubled) when it is empty, reads like NULL in any case, or itself begins
 * and ends with an apostrophe. All other text stands bare.
 */
final class CellText {

  /** Enough to fill a line of the terminal even if most characters take no column of their own. */
  private static final int CHARS_PER_COLUMN = 4;

  private static final int SPARE_CHARS = 16;

  private final RowsOptions options;

  CellText(RowsOptions options) {
    this.options = options;
  }

  Cell of(Object value) {
    if (value == null) {
      return Cell.of(TerminalText.escape(options.nullText()), Cell.Kind.NULL);
    }
    if (value instanceof Number number) {
      return Cell.of(NumberText.of(number), Cell.Kind.NUMBER);
    }
    return Cell.of(escaped(unescaped(value)), Cell.Kind.OTHER);
  }

  /**
   * Returns the value's text, in apostrophes where it needs them, with its control characters still
   * in it.
   */
  String unescaped(Object value) {
    if (value instanceof byte[] blob) {
      return "x'" + HexFormat.of().formatHex(blob) + "'";
    }
    if (value instanceof Number number) {
      return NumberText.of(number);
    }
    String text = value == null ? options.nullText() : value.toString();
    return value instanceof String && needsQuotes(text)
        ? "'" + text.replace("'", "''") + "'"
        : text;
  }

  private boolean needsQuotes(String text) {
    boolean quoted = text.startsWith("'") && text.endsWith("'");
    return text.isEmpty() || quoted || text.equalsIgnoreCase(options.nullText());
  }

  /**
   * On a terminal, what can't fit anyway isn't even looked at: a value may have a hundred million
   * characters.
   */
  private String escaped(String text) {
    int most = options.width() * CHARS_PER_COLUMN + SPARE_CHARS;
    if (options.width() == 0 || text.length() <= most) {
      return TerminalText.escape(text);
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return TerminalText.escape(text.substring(0, end)) + "…";
  }
}
