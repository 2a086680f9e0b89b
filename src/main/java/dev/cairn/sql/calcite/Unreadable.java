package dev.cairn.sql.calcite;

/** Says that a text isn't understood, why, and how far it was. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  Unreadable(String reason, int offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }
}
