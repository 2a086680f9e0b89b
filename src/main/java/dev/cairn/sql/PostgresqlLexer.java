package dev.cairn.sql;

import static dev.cairn.sql.Characters.at;
import static dev.cairn.sql.Characters.endOfDecimal;
import static dev.cairn.sql.Characters.endOfDigits;
import static dev.cairn.sql.Characters.endOfName;
import static dev.cairn.sql.Characters.endOfSpace;
import static dev.cairn.sql.Characters.isDigit;
import static dev.cairn.sql.Characters.isHexDigit;
import static dev.cairn.sql.Characters.isLoneSurrogate;
import static dev.cairn.sql.Characters.isNameStart;
import static dev.cairn.sql.Characters.isSpace;
import static dev.cairn.sql.Characters.lower;

/** PostgreSQL's tokens, as its scan.l reads them with standard_conforming_strings on. */
final class PostgresqlLexer {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String PUNCTUATION = ",()[].;:";

  /**
   * The engine refuses longer operators; the limit keeps +-+-+-… from being read again and again.
   */
  private static final int LONGEST_OPERATOR = 64;

  private PostgresqlLexer() {}

  static Token next(String text, int start) {
    char c = text.charAt(start);
    if (isSpace(c) || (c == BYTE_ORDER_MARK && start == 0)) {
      return new Token(TokenKind.SPACE, start, endOfSpace(text, start + 1));
    }
    if (isNameStart(c)) {
      return word(text, start);
    }
    if (isDigit(c) || (c == '.' && isDigit(at(text, start + 1)))) {
      return number(text, start);
    }
    if (c == '\'' || c == '"') {
      return PostgresqlQuotes.quoted(text, start, start);
    }
    if (c == '$') {
      return isDigit(at(text, start + 1))
          ? parameter(text, start)
          : PostgresqlQuotes.dollar(text, start);
    }
    return mark(text, start, c);
  }

  private static Token word(String text, int start) {
    if (isLoneSurrogate(text, start)) {
      return new Token(TokenKind.INVALID, start, start + 1);
    }
    char c = lower(text.charAt(start));
    char following = at(text, start + 1);
    if (following == '\'' && "ebxn".indexOf(c) >= 0) {
      return PostgresqlQuotes.quoted(text, start, start + 1);
    }
    char third = at(text, start + 2);
    if (c == 'u' && following == '&' && (third == '\'' || third == '"')) {
      return PostgresqlQuotes.quoted(text, start, start + 2);
    }
    return new Token(TokenKind.WORD, start, endOfName(text, start));
  }

  private static Token number(String text, int start) {
    int end = endOfNumber(text, start);
    // PostgreSQL 15 and later refuse 1abc; before, it was 1 AS abc. Either way nobody means it.
    int trailing = endOfName(text, end);
    return new Token(trailing == end ? TokenKind.NUMBER : TokenKind.INVALID, start, trailing);
  }

  private static int endOfNumber(String text, int start) {
    char radix = lower(at(text, start + 1));
    if (text.charAt(start) == '0' && "xob".indexOf(radix) >= 0 && isHexDigit(at(text, start + 2))) {
      return endOfDigits(text, start + 2, radix == 'x');
    }
    int digits = endOfDigits(text, start, false);
    // 1..10 is a range of two integers.
    boolean range = at(text, digits) == '.' && at(text, digits + 1) == '.';
    return range ? digits : endOfDecimal(text, start);
  }

  private static Token parameter(String text, int start) {
    int end = endOfDigits(text, start + 1, false);
    int trailing = endOfName(text, end);
    return new Token(trailing == end ? TokenKind.PARAMETER : TokenKind.INVALID, start, trailing);
  }

  private static Token mark(String text, int start, char c) {
    if (text.startsWith("--", start)) {
      return new Token(TokenKind.COMMENT, start, endOfLine(text, start));
    }
    if (text.startsWith("/*", start)) {
      return blockComment(text, start);
    }
    if (text.startsWith("::", start)
        || text.startsWith("..", start)
        || text.startsWith(":=", start)) {
      return new Token(TokenKind.OPERATOR, start, start + 2);
    }
    if (PUNCTUATION.indexOf(c) >= 0) {
      return new Token(TokenKind.OPERATOR, start, start + 1);
    }
    return isOperatorChar(c)
        ? new Token(TokenKind.OPERATOR, start, endOfOperator(text, start))
        : new Token(TokenKind.INVALID, start, start + 1);
  }

  static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Block comments nest, so their ends are counted. */
  private static Token blockComment(String text, int start) {
    int depth = 0;
    int at = start;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return new Token(TokenKind.COMMENT, start, at);
        }
      } else {
        at++;
      }
    }
    return new Token(TokenKind.UNTERMINATED, start, text.length());
  }

  private static int endOfOperator(String text, int start) {
    if (!isOperatorChar(at(text, start + 1))) {
      return start + 1;
    }
    int end = start;
    boolean free = false;
    while (end < text.length()
        && end - start < LONGEST_OPERATOR
        && continuesOperator(text, start, end)) {
      free |= freesEnding(text.charAt(end));
      end++;
    }
    while (!free
        && end - start > 1
        && (text.charAt(end - 1) == '+' || text.charAt(end - 1) == '-')) {
      end--;
    }
    return end;
  }

  private static boolean continuesOperator(String text, int start, int at) {
    char c = text.charAt(at);
    char after = at(text, at + 1);
    boolean commentBegins =
        at > start && ((c == '-' && after == '-') || (c == '/' && after == '*'));
    return !commentBegins && isOperatorChar(c);
  }

  private static boolean isOperatorChar(char c) {
    return switch (c) {
      case '+', '-', '*', '/', '<', '>', '=' -> true;
      default -> freesEnding(c);
    };
  }

  /** Whether an operator with this in it may end in + or -. */
  private static boolean freesEnding(char c) {
    return switch (c) {
      case '~', '!', '@', '#', '^', '&', '|', '`', '?', '%' -> true;
      default -> false;
    };
  }
}
