package dev.cairn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A result for tests: {@code Rows.of("a", "b").row(1L, null).as(Format.CSV)}. */
final class Rows {

  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  private Rows(List<String> columns) {
    this.columns = columns;
  }

  static Rows of(String... columns) {
    return new Rows(List.of(columns));
  }

  Rows row(Object... values) {
    rows.add(new ArrayList<>(Arrays.asList(values)));
    return this;
  }

  String as(Format format) {
    return as(format, RowsOptions.PLAIN);
  }

  String as(Format format, RowsOptions options) {
    StringBuilder text = new StringBuilder();
    write(format.writer(text, options)).end();
    return text.toString();
  }

  String brokenOffAs(Format format) {
    StringBuilder text = new StringBuilder();
    write(format.writer(text, RowsOptions.PLAIN)).breakOff();
    return text.toString();
  }

  private RowsWriter write(RowsWriter writer) {
    writer.begin(columns);
    rows.forEach(writer::row);
    return writer;
  }
}
