package dev.cairn.sql;

import static dev.cairn.sql.Characters.at;
import static dev.cairn.sql.Characters.endOfQuoted;
import static dev.cairn.sql.Characters.isDigit;
import static dev.cairn.sql.Characters.isNameStart;
import static dev.cairn.sql.Characters.isSpace;
import static dev.cairn.sql.Characters.lower;

/** PostgreSQL's quoted things: names, literals with their prefixes, and dollar quotes. */
final class PostgresqlQuotes {

  private PostgresqlQuotes() {}

  /**
   * Reads what begins at {@code start} with a prefix (or none) and has its opening quote at {@code
   * quote}.
   */
  static Token quoted(String text, int start, int quote) {
    char prefix = lower(text.charAt(start));
    int end = prefix == 'e' ? endOfEscaped(text, quote) : endOfQuoted(text, quote);
    if (end < 0) {
      return new Token(TokenKind.UNTERMINATED, start, text.length());
    }
    return new Token(kind(prefix, text.charAt(quote)), start, end);
  }

  private static TokenKind kind(char prefix, char quote) {
    if (quote == '"') {
      return TokenKind.QUOTED_NAME;
    }
    return prefix == 'x' || prefix == 'b' ? TokenKind.BLOB : TokenKind.STRING;
  }

  /**
   * An E'…' literal goes on, with its backslashes, in a literal on the next line: E'a' newline
   * 'b\'c' is one.
   */
  private static int endOfEscaped(String text, int quote) {
    int end = endOfSegment(text, quote);
    while (end >= 0) {
      int continuation = continuation(text, end);
      if (continuation < 0) {
        return end;
      }
      end = endOfSegment(text, continuation);
    }
    return -1;
  }

  private static int endOfSegment(String text, int quote) {
    int at = quote + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' || (c == '\'' && at(text, at + 1) == '\'')) {
        at += 2;
      } else if (c == '\'') {
        return at + 1;
      } else {
        at++;
      }
    }
    return -1;
  }

  /**
   * Returns the quote that continues the literal after white space (line comments too) with a line
   * break in it, or -1.
   */
  private static int continuation(String text, int from) {
    boolean brokeLine = false;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isSpace(c)) {
        brokeLine |= c == '\n' || c == '\r';
        at++;
      } else if (text.startsWith("--", at)) {
        at = PostgresqlLexer.endOfLine(text, at);
      } else {
        return brokeLine && c == '\'' ? at : -1;
      }
    }
    return -1;
  }

  static Token dollar(String text, int start) {
    int at = start + 1;
    while (at < text.length() && isTagPart(text.charAt(at), at == start + 1)) {
      at++;
    }
    if (at(text, at) != '$') {
      return new Token(TokenKind.INVALID, start, start + 1);
    }
    String tag = text.substring(start, at + 1);
    int close = text.indexOf(tag, at + 1);
    return close < 0
        ? new Token(TokenKind.UNTERMINATED, start, text.length())
        : new Token(TokenKind.STRING, start, close + tag.length());
  }

  private static boolean isTagPart(char c, boolean first) {
    return isNameStart(c) || (!first && isDigit(c));
  }
}
