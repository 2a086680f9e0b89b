package dev.cairn.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads SQL text as tokens that cover it without gaps, by the rules of one engine, in linear time.
 */
public final class Lexer {

  private Lexer() {}

  /** Returns all tokens of the text; the empty list for the empty text. */
  public static List<Token> tokens(String text, Flavour flavour) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      Token token = next(text, at, flavour);
      tokens.add(token);
      at = token.end();
    }
    return tokens;
  }

  /**
   * Returns the token that begins at {@code from}, which must be the end of another token or 0, and
   * before the end of the text.
   */
  public static Token next(String text, int from, Flavour flavour) {
    return flavour == Flavour.SQLITE
        ? SqliteLexer.next(text, from)
        : PostgresqlLexer.next(text, from);
  }
}
