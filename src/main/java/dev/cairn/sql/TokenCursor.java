package dev.cairn.sql;

/** A statement's significant tokens, read from left to right. */
final class TokenCursor {

  private final String text;
  private final Flavour flavour;
  private final PackedTokens tokens = new PackedTokens();
  private int at;

  TokenCursor(String text, Flavour flavour) {
    this(text, 0, text.length(), flavour);
  }

  /** Reads what stands between two places of a text, the first of which no token spans. */
  TokenCursor(String text, int from, int to, Flavour flavour) {
    this.text = text;
    this.flavour = flavour;
    for (int at = from; at < to; ) {
      Token token = Lexer.next(text, at, flavour);
      if (token.isSignificant()) {
        tokens.add(token);
      }
      at = token.end();
    }
  }

  String text() {
    return text;
  }

  Flavour flavour() {
    return flavour;
  }

  int size() {
    return tokens.size();
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  Token token(int index) {
    return tokens.get(index);
  }

  /** Whether the token at {@code index} reads so; false beyond either end. */
  boolean is(int index, String word) {
    return tokens.is(index, text, word);
  }

  boolean isOneOf(int index, String... words) {
    for (String word : words) {
      if (is(index, word)) {
        return true;
      }
    }
    return false;
  }

  boolean nextIs(String... words) {
    return isOneOf(at, words);
  }

  /** Steps over the next token if it reads like one of the words. */
  boolean accept(String... words) {
    boolean accepted = nextIs(words);
    at += accepted ? 1 : 0;
    return accepted;
  }

  /** Steps over the words if they all come next, in this order. */
  boolean acceptAll(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!is(at + i, words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  boolean isName(int index) {
    return index < tokens.size()
        && (kind(index) == TokenKind.WORD || kind(index) == TokenKind.QUOTED_NAME);
  }

  TokenKind kind(int index) {
    return tokens.kind(index);
  }

  String name(int index) {
    return tokens.get(index).name(text);
  }

  /** Returns the name in lower case, ASCII letters only, to be looked up in a list. */
  String lowerName(int index) {
    return Characters.lower(name(index));
  }

  boolean startsWith(int index, char lowerCase) {
    return Characters.lower(text.charAt(tokens.start(index))) == lowerCase;
  }

  boolean acceptName() {
    boolean accepted = isName(at);
    at += accepted ? 1 : 0;
    return accepted;
  }

  boolean acceptString() {
    boolean accepted = !atEnd() && kind(at) == TokenKind.STRING;
    at += accepted ? 1 : 0;
    return accepted;
  }

  /** Steps over a name with as many qualifiers as it has. */
  boolean acceptQualifiedName() {
    if (!acceptName()) {
      return false;
    }
    while (accept(".")) {
      if (!acceptName()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Steps over a parenthesis and all that stands in it; false, and nowhere in particular, where
   * there is none that closes.
   */
  boolean acceptGroup() {
    if (!accept("(")) {
      return false;
    }
    int depth = 1;
    while (depth > 0 && !atEnd()) {
      if (nextIs("(")) {
        depth++;
      } else if (nextIs(")")) {
        depth--;
      }
      at++;
    }
    return depth == 0;
  }

  /**
   * Moves to the next token outside parentheses that reads like one of the words; false, at the
   * end, if there is none.
   */
  boolean seek(String... words) {
    while (!atEnd() && !nextIs(words)) {
      if (nextIs("(")) {
        acceptGroup();
      } else {
        at++;
      }
    }
    return !atEnd();
  }
}
