package dev.cairn.preview;

import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.SqlFragment;

/**
 * A hash over rows whatever their order: the sum of the rows' own hashes. Rows come in the order
 * that the engine finds best, and none is held.
 *
 * @param count how many rows there are
 * @param hex the hash
 */
record RowsDigest(long count, String hex) {

  static RowsDigest of(ReadView view, SqlFragment query) {
    long count = 0;
    long left = 0;
    long right = 0;
    try (RowStream rows = view.exactly(query)) {
      int width = rows.columns().size();
      KeyDigest digest = new KeyDigest();
      while (rows.next()) {
        for (int i = 0; i < width; i++) {
          digest.add(rows.exact(i));
        }
        byte[] hash = digest.bytes();
        left += number(hash, 0);
        right += number(hash, Long.BYTES);
        count++;
      }
    }
    return new RowsDigest(count, "%016x%016x".formatted(left, right));
  }

  private static long number(byte[] hash, int from) {
    long number = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      number = (number << Byte.SIZE) | (hash[i] & 0xff);
    }
    return number;
  }
}
