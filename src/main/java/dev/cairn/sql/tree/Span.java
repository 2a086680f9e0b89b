package dev.cairn.sql.tree;

/**
 * A stretch of the statement's text, from {@code start} up to and excluding {@code end}, counted in
 * Java chars from the statement's first character.
 */
public record Span(int start, int end) {

  /** Returns the stretch as it stands in the statement's text. */
  public String in(String statement) {
    return statement.substring(start, end);
  }
}
