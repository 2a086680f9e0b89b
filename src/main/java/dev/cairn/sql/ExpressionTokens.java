package dev.cairn.sql;

import java.util.ArrayList;
import java.util.List;

/** An expression's significant tokens, each with the role it plays. */
final class ExpressionTokens {

  /** What a token is for in an expression. */
  enum Role {
    NAME,
    FUNCTION,
    KEYWORD,
    TYPE,
    COLLATION,
    LITERAL,
    SYMBOL
  }

  private final TokenCursor tokens;
  private final Groups groups;
  private final List<Role> roles = new ArrayList<>();

  ExpressionTokens(String text, Flavour flavour) {
    tokens = new TokenCursor(text, flavour);
    groups = new Groups(tokens);
    while (roles.size() < tokens.size()) {
      readNext(roles.size());
    }
  }

  TokenCursor tokens() {
    return tokens;
  }

  int size() {
    return roles.size();
  }

  Role role(int index) {
    return roles.get(index);
  }

  int offset(int index) {
    return tokens.token(index).start();
  }

  /**
   * Whether an unquoted word stands here that reads so and isn't the last part of a qualified name.
   */
  boolean isWord(int index, String... words) {
    return tokens.isOneOf(index, words) && !tokens.is(index - 1, ".");
  }

  /** Returns the index of what closes the parenthesis at {@code open}, or the number of tokens. */
  int endOfGroup(int open) {
    return groups.endOf(open);
  }

  List<NameUse> names() {
    List<NameUse> names = new ArrayList<>();
    for (int i = 0; i < size(); ) {
      int end = tokens.isName(i) ? endOfChain(i) : i;
      if (role(i) == Role.NAME) {
        names.add(nameUse(i, end));
      }
      i = end + 1;
    }
    return names;
  }

  private NameUse nameUse(int first, int last) {
    StringBuilder qualifier = new StringBuilder();
    for (int i = first; i < last; i += 2) {
      qualifier.append(i == first ? "" : ".").append(tokens.name(i));
    }
    boolean quoted = tokens.kind(last) == TokenKind.QUOTED_NAME;
    return new NameUse(qualifier.toString(), tokens.name(last), offset(first), quoted);
  }

  private void readNext(int index) {
    if (tokens.isName(index)) {
      int end = endOfChain(index);
      fill(end + 1, roleOfName(index, end));
    } else if (tokens.is(index, "::")) {
      fill(index + 1, Role.SYMBOL);
      fill(endOfType(index + 1), Role.TYPE);
    } else {
      boolean symbol = tokens.kind(index) == TokenKind.OPERATOR;
      fill(index + 1, symbol ? Role.SYMBOL : Role.LITERAL);
    }
    if (isWord(index, "AS") && roles.get(index) == Role.KEYWORD) {
      fill(groups.endAround(index), Role.TYPE);
    }
  }

  private void fill(int end, Role role) {
    while (roles.size() < Math.min(end, tokens.size())) {
      roles.add(role);
    }
  }

  /** Returns the index of the last part of a name such as schema.table.column. */
  private int endOfChain(int first) {
    int last = first;
    while (tokens.is(last + 1, ".") && tokens.isName(last + 2)) {
      last += 2;
    }
    return last;
  }

  private Role roleOfName(int first, int last) {
    boolean bare = first == last && tokens.kind(first) == TokenKind.WORD;
    if (bare && (Keywords.isReservedInExpression(tokens.name(first)) || isExtractedField(first))) {
      return Role.KEYWORD;
    }
    if (isWord(first - 1, "COLLATE")) {
      return Role.COLLATION;
    }
    if (tokens.is(last + 1, "(")) {
      return Role.FUNCTION;
    }
    if (bare && Keywords.isContextual(tokens.name(first)) && isBesideOperand(first)) {
      return Role.KEYWORD;
    }
    boolean typesLiteral =
        tokens.flavour() == Flavour.POSTGRESQL && isKind(last + 1, TokenKind.STRING);
    return typesLiteral ? Role.TYPE : Role.NAME;
  }

  private boolean isExtractedField(int index) {
    return tokens.is(index - 1, "(")
        && tokens.is(index - 2, "EXTRACT")
        && tokens.is(index + 1, "FROM");
  }

  private boolean isBesideOperand(int index) {
    boolean after = index > 0 && (tokens.is(index - 1, ")") || isOperand(index - 1));
    return after || isOperand(index + 1);
  }

  private boolean isOperand(int index) {
    if (index >= tokens.size() || tokens.kind(index) == TokenKind.OPERATOR) {
      return false;
    }
    return tokens.kind(index) != TokenKind.WORD
        || !Keywords.isReservedInExpression(tokens.name(index));
  }

  private boolean isKind(int index, TokenKind kind) {
    return index < tokens.size() && tokens.kind(index) == kind;
  }

  /**
   * A type may have several words, a length, and brackets: double precision, numeric(10, 2),
   * text[].
   */
  private int endOfType(int from) {
    int end = from;
    while (tokens.isName(end) && isOperand(end)) {
      end = endOfChain(end) + 1;
    }
    if (tokens.is(end, "(")) {
      end = endOfGroup(end) + 1;
    }
    while (tokens.is(end, "[") && tokens.is(end + 1, "]")) {
      end += 2;
    }
    return end;
  }
}
