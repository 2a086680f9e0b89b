package dev.cairn.sql;

/**
 * A stretch of a text, from {@code start} up to and excluding {@code end}, counted in Java chars.
 */
public record Token(TokenKind kind, int start, int end) {

  /** Returns the token as it stands in the text that it was read from. */
  public String text(String source) {
    return source.substring(start, end);
  }

  /**
   * Whether the token reads like {@code word}, whatever the case of its ASCII letters; quotes
   * count.
   */
  public boolean is(String source, String word) {
    return end - start == word.length() && Characters.startsWith(source, start, word);
  }

  /**
   * Returns the name that a word or a quoted name stands for: without its quotes, in the case it
   * was written in.
   */
  public String name(String source) {
    if (kind != TokenKind.QUOTED_NAME) {
      return text(source);
    }
    String quote = String.valueOf(source.charAt(end - 1));
    int open = source.charAt(start) == '[' ? start : source.indexOf(quote, start);
    return source.substring(open + 1, end - 1).replace(quote + quote, quote);
  }

  /** Whether the token takes part in the meaning of a statement: neither space nor comment. */
  public boolean isSignificant() {
    return kind != TokenKind.SPACE && kind != TokenKind.COMMENT;
  }

  boolean isSemicolon(String source) {
    return kind == TokenKind.OPERATOR && source.charAt(start) == ';';
  }
}
