package dev.cairn.report;

/**
 * How many columns of a terminal a text takes: East Asian wide characters and emoji two, combining
 * marks none.
 */
public final class DisplayWidth {

  private static final String ELLIPSIS = "…";

  private DisplayWidth() {}

  /**
   * Returns the columns that the text takes; characters that {@link TerminalText#escape} would
   * replace count as none.
   */
  public static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      width += of(codePoint);
      at += Character.charCount(codePoint);
    }
    return width;
  }

  static int of(int codePoint) {
    if (codePoint < 0x7F) {
      return codePoint < ' ' ? 0 : 1;
    }
    if (takesNoColumn(codePoint)) {
      return 0;
    }
    return WideCharacters.contains(codePoint) ? 2 : 1;
  }

  private static boolean takesNoColumn(int codePoint) {
    // The vowels and final consonants of decomposed Hangul join the syllable before them.
    boolean hangul =
        (codePoint >= 0x1160 && codePoint <= 0x11FF)
            || (codePoint >= 0xD7B0 && codePoint <= 0xD7FF);
    return hangul
        || switch (Character.getType(codePoint)) {
          case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.CONTROL -> true;
          case Character.FORMAT -> !TerminalText.isPlain(codePoint);
          default -> false;
        };
  }

  /**
   * Returns the text, or as much of it as fits into {@code columns} with an ellipsis for the rest.
   */
  public static String cut(String text, int columns) {
    int width = 0;
    int lastFitting = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      width += of(codePoint);
      if (width > columns) {
        return text.substring(0, lastFitting) + ELLIPSIS;
      }
      at += Character.charCount(codePoint);
      // One column is kept for the ellipsis.
      lastFitting = width < columns ? at : lastFitting;
    }
    return text;
  }
}
