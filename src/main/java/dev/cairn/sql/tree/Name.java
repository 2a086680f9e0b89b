package dev.cairn.sql.tree;

import java.util.Locale;

/**
 * A name as a person wrote it.
 *
 * @param text without its quotes, in the case it was written in
 * @param quoted whether it stood in quotes, backticks or brackets
 */
public record Name(String text, boolean quoted, Span span) {

  /** Whether both stand for the same name, whatever their case. */
  public boolean is(String other) {
    return text.equalsIgnoreCase(other);
  }

  /** Returns the name in lower case, to look it up by. */
  public String folded() {
    return text.toLowerCase(Locale.ROOT);
  }
}
