package dev.cairn.report;

import java.util.Locale;

/**
 * Makes text from data, names, errors and paths safe to show: what would move the cursor, turn the
 * direction of writing or be invisible is spelled out, as {@code \n}, {@code \x1b} or {@code
 * \u202e}. A backslash stays as it is, so this is for eyes only.
 */
public final class TerminalText {

  private TerminalText() {}

  /** Returns the text with every control, bidi, zero-width and broken character spelled out. */
  public static String escape(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      if (isPlain(codePoint)) {
        escaped.appendCodePoint(codePoint);
      } else {
        escaped.append(spelledOut(codePoint));
      }
      at += Character.charCount(codePoint);
    }
    return escaped.toString();
  }

  /** Whether the text can be shown as it is. */
  static boolean isPlain(String text) {
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      if (!isPlain(codePoint)) {
        return false;
      }
      at += Character.charCount(codePoint);
    }
    return true;
  }

  static boolean isPlain(int codePoint) {
    if (codePoint < 0x7F) {
      return codePoint >= ' ';
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> isVisibleFormat(codePoint);
      default -> !isInvisible(codePoint);
    };
  }

  /**
   * Signs that span digits or letters in Arabic, Syriac and Kaithi: format characters, but seen.
   */
  private static boolean isVisibleFormat(int codePoint) {
    return switch (codePoint) {
      case 0x0600,
          0x0601,
          0x0602,
          0x0603,
          0x0604,
          0x0605,
          0x06DD,
          0x070F,
          0x0890,
          0x0891,
          0x08E2,
          0x110BD,
          0x110CD ->
          true;
      default -> false;
    };
  }

  /**
   * Fillers, joiners and variation selectors; emoji are full of U+FE0F, so that one and its
   * counterpart may pass.
   */
  private static boolean isInvisible(int codePoint) {
    return switch (codePoint) {
      case 0x034F,
          0x115F,
          0x1160,
          0x17B4,
          0x17B5,
          0x180B,
          0x180C,
          0x180D,
          0x180F,
          0x3164,
          0xFFA0,
          0x2065 ->
          true;
      default ->
          (codePoint >= 0xFE00 && codePoint <= 0xFE0D)
              || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    };
  }

  private static String spelledOut(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, pattern(codePoint), codePoint);
    };
  }

  private static String pattern(int codePoint) {
    if (codePoint <= 0xFF) {
      return "\\x%02x";
    }
    return codePoint <= 0xFFFF ? "\\u%04x" : "\\U%08x";
  }
}
