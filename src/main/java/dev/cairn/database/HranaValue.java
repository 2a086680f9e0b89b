package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Base64;

/**
 * Values as Hrana's JSON has them: 64-bit integers as strings, blobs in base64, null apart from the
 * empty text. An endless number has no form there: in answers it is a float of null, whose sign
 * nobody can tell.
 */
final class HranaValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HranaValue() {}

  static JsonNode write(Object value) {
    ObjectNode node = JSON.objectNode();
    if (value == null || (value instanceof Double number && number.isNaN())) {
      return node.put("type", "null"); // SQLite stores NaN as NULL
    }
    if (value instanceof Boolean flag) {
      return node.put("type", "integer").put("value", flag ? "1" : "0");
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return node.put("type", "float").put("value", ((Number) value).doubleValue());
    }
    if (value instanceof Number number) {
      return node.put("type", "integer").put("value", Long.toString(number.longValue()));
    }
    if (value instanceof byte[] bytes) {
      return node.put("type", "blob").put("base64", Base64.getEncoder().encodeToString(bytes));
    }
    return node.put("type", "text").put("value", value.toString());
  }

  static Object read(JsonNode node) throws HranaException {
    return switch (node.path("type").asText()) {
      case "null" -> null;
      case "integer" -> Long.valueOf(node.path("value").asText());
      case "float" -> number(node.path("value"));
      case "text" -> node.path("value").asText();
      case "blob" -> Base64.getDecoder().decode(unpadded(node.path("base64").asText()));
      default -> throw HranaException.answered("VALUE", "a value of an unknown type: " + node);
    };
  }

  private static Double number(JsonNode value) throws HranaException {
    if (!value.isNumber()) {
      throw HranaException.answered(
          "ENDLESS",
          "a number of the result is endless (9e999), and the server doesn't tell its sign");
    }
    return value.doubleValue();
  }

  /** sqld leaves the padding out, other servers write it. */
  private static String unpadded(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    return base64.substring(0, end);
  }
}
