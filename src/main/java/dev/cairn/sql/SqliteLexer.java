package dev.cairn.sql;

import static dev.cairn.sql.Characters.at;
import static dev.cairn.sql.Characters.endOfDecimal;
import static dev.cairn.sql.Characters.endOfDigits;
import static dev.cairn.sql.Characters.endOfName;
import static dev.cairn.sql.Characters.endOfQuoted;
import static dev.cairn.sql.Characters.endOfSpace;
import static dev.cairn.sql.Characters.isDigit;
import static dev.cairn.sql.Characters.isHexDigit;
import static dev.cairn.sql.Characters.isLoneSurrogate;
import static dev.cairn.sql.Characters.isNamePart;
import static dev.cairn.sql.Characters.isNameStart;
import static dev.cairn.sql.Characters.isSpace;
import static dev.cairn.sql.Characters.lower;

/** SQLite's tokens, as its own tokenizer (sqlite3GetToken) reads them. */
final class SqliteLexer {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final String SHORT_OPERATORS = "-+*/%=<>|&~(),.;";

  private SqliteLexer() {}

  static Token next(String text, int start) {
    char c = text.charAt(start);
    if (isSpace(c) || c == BYTE_ORDER_MARK) {
      return new Token(TokenKind.SPACE, start, endOfSpace(text, start + 1));
    }
    if (lower(c) == 'x' && at(text, start + 1) == '\'') {
      return blob(text, start);
    }
    if (isNameStart(c)) {
      return isLoneSurrogate(text, start)
          ? new Token(TokenKind.INVALID, start, start + 1)
          : new Token(TokenKind.WORD, start, endOfName(text, start));
    }
    if (isDigit(c) || (c == '.' && isDigit(at(text, start + 1)))) {
      return number(text, start);
    }
    return mark(text, start, c);
  }

  private static Token mark(String text, int start, char c) {
    return switch (c) {
      case '\'' -> quoted(TokenKind.STRING, text, start);
      case '"', '`' -> quoted(TokenKind.QUOTED_NAME, text, start);
      case '[' -> bracketed(text, start);
      case '?' -> new Token(TokenKind.PARAMETER, start, endOfPlainDigits(text, start + 1));
      case '$', '@', ':', '#' -> variable(text, start);
      default ->
          text.startsWith("--", start) || text.startsWith("/*", start)
              ? comment(text, start)
              : operator(text, start);
    };
  }

  private static Token bracketed(String text, int start) {
    int close = text.indexOf(']', start);
    return closed(TokenKind.QUOTED_NAME, start, close < 0 ? -1 : close + 1, text);
  }

  private static Token quoted(TokenKind kind, String text, int start) {
    return closed(kind, start, endOfQuoted(text, start), text);
  }

  private static Token closed(TokenKind kind, int start, int end, String text) {
    return end < 0
        ? new Token(TokenKind.UNTERMINATED, start, text.length())
        : new Token(kind, start, end);
  }

  private static Token blob(String text, int start) {
    int close = text.indexOf('\'', start + 2);
    if (close < 0) {
      return new Token(TokenKind.UNTERMINATED, start, text.length());
    }
    boolean valid = (close - start) % 2 == 0;
    for (int i = start + 2; valid && i < close; i++) {
      valid = isHexDigit(text.charAt(i));
    }
    return new Token(valid ? TokenKind.BLOB : TokenKind.INVALID, start, close + 1);
  }

  private static Token number(String text, int start) {
    boolean hexadecimal =
        text.charAt(start) == '0'
            && lower(at(text, start + 1)) == 'x'
            && isHexDigit(at(text, start + 2));
    int end = hexadecimal ? endOfDigits(text, start + 2, true) : endOfDecimal(text, start);
    // 1abc is no number followed by a name: SQLite refuses it.
    int trailing = endOfName(text, end);
    return new Token(trailing == end ? TokenKind.NUMBER : TokenKind.INVALID, start, trailing);
  }

  private static int endOfPlainDigits(String text, int from) {
    int at = from;
    while (isDigit(at(text, at))) {
      at++;
    }
    return at;
  }

  /**
   * A named parameter; SQLite still takes Tcl's {@code $a::b(c)} as one, so a semicolon can hide in
   * the parentheses.
   */
  private static Token variable(String text, int start) {
    int at = start + 1;
    boolean named = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isNamePart(c) && !isLoneSurrogate(text, at)) {
        named = true;
        at++;
      } else if (c == ':' && at(text, at + 1) == ':') {
        at += 2;
      } else {
        break;
      }
    }
    if (named && at(text, at) == '(') {
      return subscript(text, start, at + 1);
    }
    return new Token(named ? TokenKind.PARAMETER : TokenKind.INVALID, start, at);
  }

  private static Token subscript(String text, int start, int from) {
    int at = from;
    while (at < text.length() && !isSpace(text.charAt(at)) && text.charAt(at) != ')') {
      at++;
    }
    return at(text, at) == ')'
        ? new Token(TokenKind.PARAMETER, start, at + 1)
        : new Token(TokenKind.INVALID, start, at);
  }

  /**
   * A block comment that never closes runs to the end, which SQLite allows; two chars alone are a
   * slash and a star.
   */
  private static Token comment(String text, int start) {
    if (text.charAt(start) == '-') {
      int lineEnd = text.indexOf('\n', start);
      return new Token(TokenKind.COMMENT, start, lineEnd < 0 ? text.length() : lineEnd);
    }
    if (start + 2 == text.length()) {
      return operator(text, start);
    }
    int close = text.indexOf("*/", start + 2);
    return new Token(TokenKind.COMMENT, start, close < 0 ? text.length() : close + 2);
  }

  private static Token operator(String text, int start) {
    char c = text.charAt(start);
    int length = operatorLength(c, at(text, start + 1), at(text, start + 2));
    boolean known = length > 1 || SHORT_OPERATORS.indexOf(c) >= 0;
    return new Token(known ? TokenKind.OPERATOR : TokenKind.INVALID, start, start + length);
  }

  private static int operatorLength(char first, char second, char third) {
    return switch (first) {
      case '-' -> second != '>' ? 1 : third == '>' ? 3 : 2;
      case '|' -> second == '|' ? 2 : 1;
      case '<' -> second == '<' || second == '=' || second == '>' ? 2 : 1;
      case '>' -> second == '>' || second == '=' ? 2 : 1;
      case '=', '!' -> second == '=' ? 2 : 1;
      default -> 1;
    };
  }
}
