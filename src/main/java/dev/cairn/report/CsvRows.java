package dev.cairn.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** CSV by RFC 4180: exact unless it was asked to be safe for spreadsheets. */
final class CsvRows implements RowsWriter {

  /** What spreadsheets take for the beginning of a formula, or skip before one. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private final CsvWriter csv;
  private final boolean safe;
  private boolean hasColumns;

  CsvRows(Output out, RowsOptions options) {
    safe = options.csvSafe();
    csv =
        CsvWriter.builder()
            .quoteStrategy(safe ? new SafeQuotes() : QuoteStrategies.EMPTY)
            .build(out);
  }

  /**
   * In some countries spreadsheets split at semicolons, which makes a;=b a formula unless the field
   * is quoted.
   */
  private static final class SafeQuotes implements QuoteStrategy {

    @Override
    public boolean quoteEmpty(int line, int field) {
      return true;
    }

    @Override
    public boolean quoteValue(int line, int field, String value) {
      return value.indexOf(';') >= 0 || value.indexOf('\t') >= 0;
    }
  }

  @Override
  public void begin(List<String> columns) {
    hasColumns = !columns.isEmpty();
    write(columns);
  }

  @Override
  public void row(List<?> values) {
    write(values);
  }

  private void write(List<?> values) {
    if (!hasColumns) {
      return;
    }
    List<String> fields = new ArrayList<>(values.size());
    for (Object value : values) {
      fields.add(field(value));
    }
    csv.writeRecord(fields);
  }

  private String field(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] blob) {
      return Base64.getEncoder().encodeToString(blob);
    }
    return value instanceof Number number ? NumberText.of(number) : defused(value.toString());
  }

  private String defused(String text) {
    boolean dangerous = safe && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return dangerous ? "'" + text : text;
  }

  @Override
  public void end() {
    try {
      csv.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void breakOff() {
    end();
  }
}
