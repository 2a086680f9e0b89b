package dev.cairn.error;

/**
 * Where something stands in a text.
 *
 * @param file the file's name as it was given, empty when typed
 * @param line 1-based
 * @param column 1-based, counted in characters
 * @param lineText the whole line, without its end
 */
public record SourceSpan(String file, int line, int column, String lineText) {

  /**
   * The span of {@code offset} in {@code text}; an offset past the end points behind the last
   * character.
   */
  public static SourceSpan at(String file, String text, int offset) {
    int end = Math.min(offset, text.length());
    int lineStart = end == 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    int lineEnd = text.indexOf('\n', lineStart);
    String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
    int number = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return new SourceSpan(file, number, end - lineStart + 1, bare);
  }
}
