package dev.cairn.sql;

import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A DDL statement's tokens, read from left to right by those who know what must come next. Loops,
 * never recursion: depth of nesting costs nothing.
 */
final class DdlTokens {

  /** Thrown at the first token that nobody knows; {@link DdlParser} makes it an Opaque. */
  static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    NotUnderstood(String reason, int offset) {
      super(reason, null, false, false);
      this.offset = offset;
    }

    int offset() {
      return offset;
    }
  }

  private final TokenCursor cursor;

  DdlTokens(TokenCursor cursor) {
    this.cursor = cursor;
  }

  String text() {
    return cursor.text();
  }

  boolean sqlite() {
    return cursor.flavour() == Flavour.SQLITE;
  }

  Flavour flavour() {
    return cursor.flavour();
  }

  boolean atEnd() {
    return cursor.atEnd();
  }

  int position() {
    return cursor.position();
  }

  boolean nextIs(String... words) {
    return cursor.nextIs(words);
  }

  /** Whether the words come next, in this order; nothing is stepped over. */
  boolean nextAre(String... words) {
    int at = cursor.position();
    boolean are = cursor.acceptAll(words);
    cursor.moveTo(at);
    return are;
  }

  boolean accept(String... words) {
    return cursor.accept(words);
  }

  boolean acceptAll(String... words) {
    return cursor.acceptAll(words);
  }

  void expect(String... words) {
    if (!cursor.acceptAll(words)) {
      throw unexpected("expected " + String.join(" ", words));
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw unexpected("not understood from here on");
    }
  }

  NotUnderstood unexpected(String reason) {
    return new NotUnderstood(reason, offset());
  }

  /** Where the next token begins, or the last one ends. */
  int offset() {
    return atEnd() ? endOfLast() : cursor.token(cursor.position()).start();
  }

  /** Where the token before this one ends. */
  int endOfLast() {
    return cursor.position() == 0 ? 0 : cursor.token(cursor.position() - 1).end();
  }

  Span spanFrom(int start) {
    return new Span(start, Math.max(start, endOfLast()));
  }

  /** The text from there up to the last token that was stepped over, as it is written. */
  String textFrom(int start) {
    return text().substring(start, Math.max(start, endOfLast()));
  }

  /** The next token's text in upper case, stepped over. */
  String word() {
    if (atEnd()) {
      throw unexpected("unfinished");
    }
    String word = cursor.token(cursor.position()).text(text());
    step();
    return Characters.upper(word);
  }

  void step() {
    if (atEnd()) {
      throw unexpected("unfinished");
    }
    cursor.moveTo(cursor.position() + 1);
  }

  boolean nextIsName() {
    return !atEnd()
        && (cursor.isName(position()) || (sqlite() && cursor.kind(position()) == TokenKind.STRING));
  }

  boolean nextIsPlainWord() {
    return !atEnd() && cursor.kind(position()) == TokenKind.WORD;
  }

  /** Whether the token behind the next one reads like one of the words. */
  boolean secondIs(String... words) {
    return cursor.isOneOf(position() + 1, words);
  }

  Name name() {
    if (!nextIsName()) {
      throw unexpected("expected a name");
    }
    Token token = cursor.token(position());
    boolean plain = token.kind() == TokenKind.WORD;
    String name =
        token.kind() == TokenKind.STRING
            ? text().substring(token.start() + 1, token.end() - 1).replace("''", "'")
            : token.name(text());
    step();
    return new Name(name, !plain, new Span(token.start(), token.end()));
  }

  /** A name with as many qualifiers as it has. */
  List<Name> path() {
    List<Name> path = new ArrayList<>();
    do {
      path.add(name());
    } while (accept("."));
    return path;
  }

  List<List<Name>> paths() {
    List<List<Name>> paths = new ArrayList<>();
    do {
      accept("ONLY");
      paths.add(path());
      accept("*");
    } while (accept(","));
    return paths;
  }

  /** {@code (a, b)}. */
  List<Name> names() {
    List<Name> names = new ArrayList<>();
    expect("(");
    do {
      names.add(name());
    } while (accept(","));
    expect(")");
    return names;
  }

  void group() {
    if (!cursor.acceptGroup()) {
      throw unexpected("expected a pair of parentheses");
    }
  }

  /** Steps over tokens and groups up to one of the words, a comma's or parenthesis's end. */
  void skipTo(String... words) {
    while (!atEnd() && !nextIs(words)) {
      skipOne();
    }
  }

  void skipOne() {
    if (nextIs("(")) {
      group();
    } else if (nextIs("[")) {
      subscript();
    } else {
      step();
    }
  }

  /** {@code text[]}, {@code ARRAY[1, 2]}: a comma in there separates nothing of ours. */
  private void subscript() {
    int depth = 0;
    do {
      depth += nextIs("[") ? 1 : 0;
      depth -= nextIs("]") ? 1 : 0;
      step();
    } while (depth > 0);
  }

  void skipAll() {
    while (!atEnd()) {
      step();
    }
  }
}
