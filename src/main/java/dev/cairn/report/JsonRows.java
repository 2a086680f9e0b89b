package dev.cairn.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Rows as one line of JSON, which is written while they come and is whole even when they break off.
 */
final class JsonRows implements RowsWriter {

  private final Output out;
  private final RowsOptions options;
  private JsonValues json;

  JsonRows(Output out, RowsOptions options) {
    this.out = out;
    this.options = options;
  }

  @Override
  public void begin(List<String> columns) {
    try {
      json = new JsonValues(out);
      json.begin("rows");
      json.fields(options.jsonFields());
      json.generator().writeFieldName("columns");
      json.value(columns);
      json.generator().writeArrayFieldStart("rows");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void row(List<?> values) {
    try {
      json.value(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {
    finish(true);
  }

  /** The line then has "complete": false as its last field. */
  @Override
  public void breakOff() {
    finish(false);
  }

  private void finish(boolean complete) {
    try {
      json.generator().writeEndArray();
      if (!complete) {
        json.generator().writeBooleanField("complete", false);
      }
      json.generator().writeEndObject();
      json.generator().writeRaw('\n');
      json.generator().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
