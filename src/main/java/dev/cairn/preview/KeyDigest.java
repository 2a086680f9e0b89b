package dev.cairn.preview;

import dev.cairn.database.RawText;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.SqlFragment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash over values in order, type and all, streamed: 10 million keys need no more memory than
 * one.
 */
final class KeyDigest {
  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(9);

  KeyDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The hash of a query's first column. */
  static String of(ReadView view, SqlFragment query) {
    KeyDigest digest = new KeyDigest();
    try (RowStream rows = view.exactly(query)) {
      while (rows.next()) {
        digest.add(rows.exact(0));
      }
    }
    return digest.hex();
  }

  /** Adds a value; 1 and 1.0 and '1' differ. */
  void add(Object value) {
    buffer.clear();
    if (value == null) {
      digest.update((byte) 0);
    } else if (value instanceof Long number) {
      digest.update(buffer.put((byte) 1).putLong(number).array());
    } else if (value instanceof Double number) {
      digest.update(buffer.put((byte) 2).putLong(Double.doubleToRawLongBits(number)).array());
    } else if (value instanceof byte[] bytes) {
      addBytes((byte) 4, bytes);
    } else if (value instanceof RawText text) {
      addBytes((byte) 3, text.bytes());
    } else {
      addBytes((byte) 3, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The hash of what was added since the last one; begins anew. */
  byte[] bytes() {
    return digest.digest();
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private void addBytes(byte type, byte[] bytes) {
    digest.update(buffer.put(type).putLong(bytes.length).array());
    digest.update(bytes);
  }
}
