package dev.cairn.database;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stored text that isn't sound Unicode, byte for byte: read as a String, two that differ could
 * look the same.
 */
public final class RawText {
  private final byte[] bytes;

  RawText(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A value with a text that can be read in place of this. */
  static Object readable(Object value) {
    return value instanceof RawText ? value.toString() : value;
  }

  /** As they are stored. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawText text && Arrays.equals(bytes, text.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The text with a replacement character for what can't be read. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
