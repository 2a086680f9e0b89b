package dev.cairn.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One result as one JSON object on one line, beginning with "kind" and "cairn": 1; the other fields
 * keep their order, and their values are null, numbers, strings, booleans, byte[], or lists and
 * maps of these.
 */
public record JsonLine(String kind, Map<String, ?> fields) {

  /** Refuses fields that every line begins with anyway. */
  public JsonLine {
    if (fields.containsKey("kind") || fields.containsKey("cairn")) {
      throw new IllegalArgumentException("kind and cairn are written by themselves");
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Returns the line without its line break. */
  public String text() {
    StringWriter text = new StringWriter();
    try {
      JsonValues json = new JsonValues(text);
      json.begin(kind);
      json.fields(fields);
      json.generator().writeEndObject();
      json.generator().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
