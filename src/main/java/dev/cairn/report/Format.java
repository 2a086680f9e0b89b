package dev.cairn.report;

/** The forms in which rows can be written. */
public enum Format {
  /** Aligned as psql does it, ending in the number of rows. */
  TABLE,
  /** One line for each value. */
  VERTICAL,
  /** RFC 4180: NULL is an empty field, the empty text a quoted one, blobs are base64. */
  CSV,
  /** One object on one line, exact. */
  JSON,
  /** A table in GitHub's Markdown. */
  MARKDOWN;

  /** Returns a writer of one result. */
  public RowsWriter writer(Appendable out, RowsOptions options) {
    Output output = new Output(out);
    return switch (this) {
      case TABLE -> new TableRows(output, options);
      case VERTICAL -> new VerticalRows(output, options);
      case CSV -> new CsvRows(output, options);
      case JSON -> new JsonRows(output, options);
      case MARKDOWN -> new MarkdownRows(output, options);
    };
  }
}
