package dev.cairn.dialect;

import java.math.BigDecimal;
import java.util.HexFormat;

/**
 * A value of any type as a text that says its type by its first letter, so that it comes back as
 * what it was from a column that takes texts only.
 */
final class KeptText {

  private KeptText() {}

  static String of(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Long || value instanceof Integer) {
      return "i" + value;
    }
    if (value instanceof Double) {
      return "d" + value;
    }
    if (value instanceof BigDecimal) {
      return "n" + value;
    }
    if (value instanceof Boolean) {
      return "b" + value;
    }
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    return "s" + value;
  }

  static Object value(String kept) {
    String text = kept.substring(1);
    return switch (kept.charAt(0)) {
      case 'i' -> Long.valueOf(text);
      case 'd' -> Double.valueOf(text);
      case 'n' -> new BigDecimal(text);
      case 'b' -> Boolean.valueOf(text);
      case 'x' -> HexFormat.of().parseHex(text);
      default -> text;
    };
  }
}
