package dev.cairn.sql;

/** Character classes and scans that both lexers share; a scan never looks at a char twice. */
final class Characters {

  private Characters() {}

  /** ASCII only: the engines don't take the Kelvin sign for a k, as Java's case folding does. */
  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  static String lower(String word) {
    StringBuilder lower = new StringBuilder(word);
    for (int i = 0; i < lower.length(); i++) {
      lower.setCharAt(i, lower(lower.charAt(i)));
    }
    return lower.toString();
  }

  /** ASCII only, as lower is. */
  static String upper(String word) {
    StringBuilder upper = new StringBuilder(word);
    for (int i = 0; i < upper.length(); i++) {
      char c = upper.charAt(i);
      upper.setCharAt(i, c >= 'a' && c <= 'z' ? (char) (c - ('a' - 'A')) : c);
    }
    return upper.toString();
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(char c) {
    char lower = lower(c);
    return isDigit(c) || (lower >= 'a' && lower <= 'f');
  }

  /** Both engines take every char beyond ASCII for a letter, a no-break space among them. */
  static boolean isNameStart(char c) {
    char lower = lower(c);
    return (lower >= 'a' && lower <= 'z') || c == '_' || c >= 0x80;
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Whether the word stands there, whatever the case of its ASCII letters. */
  static boolean startsWith(String text, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (lower(text.charAt(at + i)) != lower(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the char at {@code at}, or NUL beyond the end. */
  static char at(String text, int at) {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /**
   * Whether the char is half of a pair whose other half is missing: it would reach the engine as a
   * question mark.
   */
  static boolean isLoneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return !Character.isLowSurrogate(at(text, at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  static int endOfName(String text, int from) {
    int at = from;
    while (at < text.length() && isNamePart(text.charAt(at)) && !isLoneSurrogate(text, at)) {
      at++;
    }
    return at;
  }

  static int endOfSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Returns where a run of digits ends that may have {@code _} between them. */
  static int endOfDigits(String text, int from, boolean hexadecimal) {
    int at = from;
    while (at < text.length() && isDigitOrSeparator(text.charAt(at), hexadecimal)) {
      at++;
    }
    return at;
  }

  private static boolean isDigitOrSeparator(char c, boolean hexadecimal) {
    return c == '_' || (hexadecimal ? isHexDigit(c) : isDigit(c));
  }

  /**
   * Returns where a decimal number with fraction and exponent ends, beginning at its first digit or
   * at its point.
   */
  static int endOfDecimal(String text, int from) {
    int at = endOfDigits(text, from, false);
    if (at(text, at) == '.') {
      at = endOfDigits(text, at + 1, false);
    }
    if (lower(at(text, at)) != 'e') {
      return at;
    }
    int exponent = at(text, at + 1) == '+' || at(text, at + 1) == '-' ? at + 2 : at + 1;
    return isDigit(at(text, exponent)) ? endOfDigits(text, exponent, false) : at;
  }

  /**
   * Returns the position after the closing quote, a doubled quote being part of the text; -1 if it
   * never closes.
   */
  static int endOfQuoted(String text, int openingQuote) {
    char quote = text.charAt(openingQuote);
    int at = openingQuote + 1;
    while (true) {
      int close = text.indexOf(quote, at);
      if (close < 0) {
        return -1;
      }
      if (at(text, close + 1) != quote) {
        return close + 1;
      }
      at = close + 2;
    }
  }
}
