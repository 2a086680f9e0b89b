package dev.cairn.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where statements begin and end in a text, as the engine's own shell would, without
 * understanding them.
 */
public final class StatementSplitter {

  private StatementSplitter() {}

  /**
   * Returns the statement that begins at or after {@code from}, skipping space, comments and lone
   * semicolons; empty when there is none. A comment that never closes counts as an incomplete
   * statement.
   */
  public static Optional<Piece> next(String text, int from, Flavour flavour) {
    int at = from;
    while (at < text.length()) {
      Token token = Lexer.next(text, at, flavour);
      if (isOpenComment(text, token)) {
        return Optional.of(new Piece(at, text.length(), Missing.END_OF_COMMENT));
      }
      if (token.isSignificant() && !token.isSemicolon(text)) {
        return Optional.of(statement(text, at, flavour));
      }
      at = token.end();
    }
    return Optional.empty();
  }

  /** Returns every statement of the text. */
  public static List<Piece> all(String text, Flavour flavour) {
    List<Piece> pieces = new ArrayList<>();
    Optional<Piece> piece = next(text, 0, flavour);
    while (piece.isPresent()) {
      pieces.add(piece.get());
      piece = next(text, piece.get().following(), flavour);
    }
    return pieces;
  }

  private static Piece statement(String text, int start, Flavour flavour) {
    StatementBody body = flavour == Flavour.SQLITE ? new SqliteBody() : new PostgresqlBody();
    int openParentheses = 0;
    int at = start;
    Token token = null;
    while (at < text.length()) {
      token = Lexer.next(text, at, flavour);
      at = token.end();
      if (!token.isSignificant()) {
        continue;
      }
      boolean enclosed = flavour == Flavour.POSTGRESQL && openParentheses > 0;
      if (token.isSemicolon(text) && !enclosed && !body.isOpen()) {
        return new Piece(start, token.start(), Missing.NOTHING);
      }
      openParentheses = Math.max(0, openParentheses + nesting(text, token));
      body.read(text, token, openParentheses);
    }
    return new Piece(start, text.length(), missing(text, token, openParentheses, body));
  }

  private static int nesting(String text, Token token) {
    if (token.is(text, "(")) {
      return 1;
    }
    return token.is(text, ")") ? -1 : 0;
  }

  private static Missing missing(String text, Token last, int openParentheses, StatementBody body) {
    if (isOpenComment(text, last)) {
      return Missing.END_OF_COMMENT;
    }
    if (last.kind() == TokenKind.UNTERMINATED) {
      return missingEnd(text, last);
    }
    if (openParentheses > 0) {
      return Missing.CLOSING_PARENTHESIS;
    }
    return body.isOpen() ? Missing.END_OF_BODY : Missing.SEMICOLON;
  }

  private static Missing missingEnd(String text, Token last) {
    char opening = text.charAt(last.start());
    boolean encoded = opening == 'u' || opening == 'U';
    return switch (encoded ? text.charAt(last.start() + 2) : opening) {
      case '$' -> Missing.END_OF_DOLLAR_QUOTE;
      case '"', '`', '[' -> Missing.END_OF_NAME;
      default -> Missing.END_OF_STRING;
    };
  }

  /**
   * SQLite reads a block comment without its end as a comment; a person who types one is not done
   * yet.
   */
  private static boolean isOpenComment(String text, Token token) {
    if (!text.startsWith("/*", token.start())) {
      return false;
    }
    if (token.kind() == TokenKind.UNTERMINATED) {
      return true;
    }
    boolean closed = token.end() - token.start() >= 4 && text.startsWith("*/", token.end() - 2);
    return token.kind() == TokenKind.COMMENT && !closed;
  }
}
