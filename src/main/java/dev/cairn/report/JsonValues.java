package dev.cairn.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;

/**
 * Values in JSON, exactly: integers with all their digits, doubles with the shortest digits that
 * lead back to them, NaN and the infinities as the texts "NaN", "Infinity" and "-Infinity", blobs
 * as {@code {"type":"blob","base64":"…"}}.
 */
final class JsonValues {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private static final int LAST_PRINTABLE_ASCII = 0x7E;

  private final JsonGenerator generator;

  JsonValues(Writer out) throws IOException {
    generator = JSON.createGenerator(out);
  }

  JsonGenerator generator() {
    return generator;
  }

  /** Opens a line's object with the two fields that every line begins with. */
  void begin(String kind) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("kind", kind);
    generator.writeNumberField("cairn", 1);
  }

  void fields(Map<?, ?> fields) throws IOException {
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      name(field.getKey().toString());
      value(field.getValue());
    }
  }

  void value(Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof byte[] blob) {
      blob(blob);
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      fields(map);
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      list(list);
    } else {
      text(value.toString());
    }
  }

  private void list(Iterable<?> list) throws IOException {
    generator.writeStartArray();
    for (Object element : list) {
      value(element);
    }
    generator.writeEndArray();
  }

  private void number(Number number) throws IOException {
    if (number instanceof Double value) {
      generator.writeNumber(value.doubleValue());
    } else if (number instanceof Float value) {
      generator.writeNumber(value.floatValue());
    } else if (number instanceof BigDecimal value) {
      generator.writeNumber(value);
    } else if (number instanceof BigInteger value) {
      generator.writeNumber(value);
    } else {
      generator.writeNumber(number.longValue());
    }
  }

  private void blob(byte[] blob) throws IOException {
    generator.writeStartObject();
    generator.writeStringField("type", "blob");
    generator.writeStringField("base64", Base64.getEncoder().encodeToString(blob));
    generator.writeEndObject();
  }

  /**
   * Text that a terminal would obey or hide, and half surrogate pairs, which UTF-8 can't carry, are
   * spelled out: \\u202e.
   */
  private void text(String text) throws IOException {
    limitTo(text);
    generator.writeString(text);
    generator.setHighestNonEscapedChar(0);
  }

  private void name(String name) throws IOException {
    limitTo(name);
    generator.writeFieldName(name);
    generator.setHighestNonEscapedChar(0);
  }

  private void limitTo(String text) {
    generator.setHighestNonEscapedChar(TerminalText.isPlain(text) ? 0 : LAST_PRINTABLE_ASCII);
  }
}
