package dev.cairn.sql;

import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;

/** Reads one statement's text as a tree. */
public final class SqlParser {

  private SqlParser() {}

  /**
   * Returns the tree of the one statement in the text; {@link Opaque} for none, for several and for
   * what isn't understood. Never throws.
   */
  public static Statement parse(String text, Flavour flavour) {
    if (DdlParser.isFirstWord(StatementShape.firstWord(text, flavour))) {
      return DdlParser.parse(text, flavour);
    }
    return new Opaque(text, flavour + " is not parsed yet", 0, new Span(0, text.length()));
  }
}
