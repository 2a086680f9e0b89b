package dev.cairn.sql.calcite;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The significant tokens of a stretch of text, and which bracket closes which. */
final class Source {

  /** Each level costs the parser some of its stack. */
  private static final int DEEPEST = 150;

  /** Calcite adds up a CASE's places anew with each branch. */
  private static final int MOST_BRANCHES = 3000;

  /** SQLite takes 64 tables in a join; what relates each to each costs at least the square. */
  private static final int MOST_JOINS = 500;

  /** As many as SQLite takes in a compound SELECT. */
  private static final int MOST_SET_OPERATIONS = 500;

  private final String text;
  private final Flavour flavour;
  private final List<Token> tokens = new ArrayList<>();
  private final String[] words;
  private final int[] starts;
  private final int[] closers;

  /**
   * Reads the chars from {@code from} up to and excluding {@code to}.
   *
   * @throws Unreadable for broken tokens, crooked or too many brackets, and for a semicolon
   */
  Source(String text, int from, int to, Flavour flavour) {
    this.text = text;
    this.flavour = flavour;
    for (int at = from; at < to; ) {
      Token token = Lexer.next(text, at, flavour);
      if (token.isSignificant()) {
        tokens.add(checked(token));
      }
      at = token.end();
    }
    words = new String[tokens.size()];
    starts = tokens.stream().mapToInt(Token::start).toArray();
    closers = new int[tokens.size()];
    match();
  }

  private Token checked(Token token) {
    if (token.kind() == TokenKind.INVALID || token.kind() == TokenKind.UNTERMINATED) {
      throw new Unreadable("a broken token", token.start());
    }
    char first = text.charAt(token.start());
    if (token.kind() == TokenKind.QUOTED_NAME && (first == 'u' || first == 'U')) {
      throw new Unreadable("a name that only PostgreSQL can spell out", token.start());
    }
    if (first == ';' && token.kind() == TokenKind.OPERATOR) {
      throw new Unreadable("more than one statement", token.start());
    }
    return token;
  }

  /** How many of something a statement may have; counts over the whole statement. */
  private static final class Bound {
    private final int most;
    private final String name;
    private int count;

    Bound(int most, String name) {
      this.most = most;
      this.name = name;
    }

    void count(boolean one, int place) {
      count += one ? 1 : 0;
      if (count > most) {
        throw new Unreadable("more than " + most + " " + name, place);
      }
    }
  }

  private void match() {
    Deque<Integer> open = new ArrayDeque<>();
    Bound branches = new Bound(MOST_BRANCHES, "branches of CASEs");
    Bound joins = new Bound(MOST_JOINS, "joins");
    Bound setOperations = new Bound(MOST_SET_OPERATIONS, "set operations");
    for (int i = 0; i < tokens.size(); i++) {
      closers[i] = -1;
      branches.count(is(i, "WHEN"), starts[i]);
      joins.count(is(i, "JOIN"), starts[i]);
      setOperations.count(isOneOf(i, "UNION", "INTERSECT", "EXCEPT"), starts[i]);
      if (is(i, "(") || is(i, "[")) {
        open.push(i);
      } else if (is(i, ")") || is(i, "]")) {
        if (open.isEmpty() || is(open.peek(), "(") != is(i, ")")) {
          throw new Unreadable("crooked brackets", starts[i]);
        }
        closers[open.pop()] = i;
      }
      if (open.size() > DEEPEST) {
        throw new Unreadable("brackets nested deeper than " + DEEPEST, starts[i]);
      }
    }
    if (!open.isEmpty()) {
      throw new Unreadable("a bracket that never closes", starts[open.peek()]);
    }
  }

  String text() {
    return text;
  }

  Flavour flavour() {
    return flavour;
  }

  boolean isPostgresql() {
    return flavour == Flavour.POSTGRESQL;
  }

  int size() {
    return tokens.size();
  }

  /** Whether there is such a token and it reads so, quotes included. */
  boolean is(int index, String word) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(text, word);
  }

  boolean isOneOf(int index, String... candidates) {
    for (String word : candidates) {
      if (is(index, word)) {
        return true;
      }
    }
    return false;
  }

  boolean are(int index, String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (!is(index + i, expected[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns the kind of a token; SPACE beyond either end. */
  TokenKind kind(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index).kind() : TokenKind.SPACE;
  }

  /** Whether it may be a name: a word, or a quoted one. */
  boolean isName(int index) {
    return kind(index) == TokenKind.WORD || kind(index) == TokenKind.QUOTED_NAME;
  }

  /** Returns an unquoted word in lower case, an operator as it is, "" for anything else. */
  String word(int index) {
    TokenKind kind = kind(index);
    if (kind != TokenKind.WORD && kind != TokenKind.OPERATOR) {
      return "";
    }
    if (words[index] == null) {
      words[index] = tokens.get(index).text(text).toLowerCase(Locale.ROOT);
    }
    return words[index];
  }

  /** Returns the index of the bracket that closes the one at {@code index}, -1 for other tokens. */
  int closer(int index) {
    return closers[index];
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return tokens.get(index).end();
  }

  /** Returns the index of the token that begins at the offset; negative if none does. */
  int indexAt(int offset) {
    return Arrays.binarySearch(starts, offset);
  }

  /** Returns the index of the last token that ends at or before the offset. */
  int indexBefore(int offset) {
    int at = Arrays.binarySearch(starts, offset);
    return (at < 0 ? -at - 1 : at) - 1;
  }

  Span span(int first, int last) {
    return new Span(starts[first], end(last));
  }

  /** Returns the name at the index; SQLite takes a text literal for one in many places. */
  Name name(int index) {
    Token token = tokens.get(index);
    Span span = new Span(token.start(), token.end());
    if (token.kind() == TokenKind.STRING) {
      String quoted = token.text(text);
      return new Name(quoted.substring(1, quoted.length() - 1).replace("''", "'"), true, span);
    }
    return new Name(token.name(text), token.kind() == TokenKind.QUOTED_NAME, span);
  }
}
