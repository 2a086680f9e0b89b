package dev.cairn.sql;

import java.util.Arrays;

/** Tokens in nine bytes each: one statement may have ten million of them. */
final class PackedTokens {

  private static final TokenKind[] KINDS = TokenKind.values();

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private byte[] kinds = new byte[16];
  private int size;

  @SuppressWarnings("EnumOrdinal") // within one process, and nine bytes are the point
  void add(Token token) {
    if (size == starts.length) {
      int capacity = size + size / 2;
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
    }
    starts[size] = token.start();
    ends[size] = token.end();
    kinds[size] = (byte) token.kind().ordinal();
    size++;
  }

  int size() {
    return size;
  }

  Token get(int index) {
    return new Token(kind(index), start(index), ends[index]);
  }

  TokenKind kind(int index) {
    return KINDS[kinds[checked(index)]];
  }

  int start(int index) {
    return starts[checked(index)];
  }

  /** As {@link Token#is}; false beyond either end. */
  boolean is(int index, String source, String word) {
    return index >= 0
        && index < size
        && ends[index] - starts[index] == word.length()
        && Characters.startsWith(source, starts[index], word);
  }

  private int checked(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return index;
  }
}
