package dev.cairn.analysis.link;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;

/** Places in a statement's text at which something can be put in. */
final class Places {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  Places(String text, Flavour flavour) {
    this.text = text;
    for (Token token : Lexer.tokens(text, flavour)) {
      if (token.isSignificant()) {
        tokens.add(token);
      }
    }
  }

  /** The stretch with every parenthesis closed that opens in it, and opened that closes in it. */
  Span balanced(Span span) {
    int depth = 0;
    int least = 0;
    for (Token token : tokens) {
      if (token.start() >= span.start() && token.end() <= span.end()) {
        if (token.is(text, "(")) {
          depth++;
        } else if (token.is(text, ")")) {
          depth--;
          least = Math.min(least, depth);
        }
      }
    }
    return new Span(opening(span.start(), -least), closing(span.end(), depth - least));
  }

  private int opening(int start, int missing) {
    int at = start;
    int left = missing;
    for (int i = tokens.size() - 1; i >= 0 && left > 0; i--) {
      Token token = tokens.get(i);
      if (token.end() <= start) {
        left += token.is(text, ")") ? 1 : token.is(text, "(") ? -1 : 0;
        at = token.start();
      }
    }
    return at;
  }

  private int closing(int end, int missing) {
    int at = end;
    int left = missing;
    for (int i = 0; i < tokens.size() && left > 0; i++) {
      Token token = tokens.get(i);
      if (token.start() >= end) {
        left += token.is(text, "(") ? 1 : token.is(text, ")") ? -1 : 0;
        at = token.end();
      }
    }
    return at;
  }

  /** Whether parentheses stand right around it. */
  boolean isParenthesised(Span span) {
    boolean before = false;
    for (Token token : tokens) {
      if (token.end() <= span.start()) {
        before = token.is(text, "(");
      } else if (token.start() >= span.end()) {
        return before && token.is(text, ")");
      }
    }
    return false;
  }

  /** The start of the last such word in front of a place, or -1. */
  int wordBefore(int offset, String word) {
    int found = -1;
    for (Token token : tokens) {
      if (token.end() <= offset && token.is(text, word)) {
        found = token.start();
      }
    }
    return found;
  }

  /** The end of the next such token behind a place, or -1. */
  int endOfNext(int offset, String word) {
    for (Token token : tokens) {
      if (token.start() >= offset && token.is(text, word)) {
        return token.end();
      }
    }
    return -1;
  }
}
