package dev.cairn.sql;

/**
 * One statement's place in a text: from its first word up to and excluding its semicolon, or up to
 * the end of the text when it is not complete.
 */
public record Piece(int start, int end, Missing missing) {

  /** Whether the statement's semicolon stands in the text. */
  public boolean complete() {
    return missing == Missing.NOTHING;
  }

  /** Returns the statement as it stands in the text, without its semicolon. */
  public String text(String source) {
    return source.substring(start, end);
  }

  /** Returns where to look for the statement after this one. */
  public int following() {
    return complete() ? end + 1 : end;
  }
}
