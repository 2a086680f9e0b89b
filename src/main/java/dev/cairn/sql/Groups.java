package dev.cairn.sql;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which parenthesis closes which, found once, so that deeply nested text doesn't get searched again
 * and again.
 */
final class Groups {

  private final int[] ends;
  private final int[] openers;

  Groups(TokenCursor tokens) {
    ends = new int[tokens.size()];
    openers = new int[tokens.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, ")") && !open.isEmpty()) {
        ends[open.pop()] = i;
      }
      openers[i] = open.isEmpty() ? -1 : open.peek();
      ends[i] = tokens.size();
      if (tokens.is(i, "(")) {
        open.push(i);
      }
    }
  }

  /** Returns the index of what closes the parenthesis at {@code open}, or the number of tokens. */
  int endOf(int open) {
    return ends[open];
  }

  /**
   * Returns the index of the parenthesis that closes the group around the token, or the one after
   * it outside of any.
   */
  int endAround(int index) {
    return openers[index] < 0 ? index + 1 : ends[openers[index]];
  }
}
