package dev.cairn.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The values of a key in one text, type and all, so that one column can hold a composite key. */
public final class KeyTuple {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyTuple() {}

  /** The values as text; equal values give equal text. */
  public static String text(List<Object> values) {
    ArrayNode array = JSON.createArrayNode();
    values.forEach(value -> array.add(toJson(value)));
    return array.toString();
  }

  /** The values of a text that {@link #text} made. */
  public static List<Object> values(String text) {
    try {
      List<Object> values = new ArrayList<>();
      for (JsonNode each : JSON.readTree(text)) {
        values.add(fromJson(each));
      }
      return values;
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("no key: " + text, malformed);
    }
  }

  static JsonNode toJson(Object value) {
    if (value instanceof byte[] bytes) {
      return JSON.createObjectNode().put("b", Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof Double number) {
      return JSON.createObjectNode().put("d", Double.toString(number));
    }
    return JSON.valueToTree(value);
  }

  static Object fromJson(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.has("b")) {
      return Base64.getDecoder()
          .decode(node.get("b").textValue().getBytes(StandardCharsets.US_ASCII));
    }
    return Double.valueOf(node.get("d").textValue());
  }
}
