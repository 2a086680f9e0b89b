package dev.cairn.report;

/** A value as it stands in a table, and the columns that takes. */
record Cell(String text, int width, Kind kind) {

  enum Kind {
    NULL,
    NUMBER,
    OTHER
  }

  static Cell of(String text, Kind kind) {
    return new Cell(text, DisplayWidth.of(text), kind);
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  Cell cut(int columns) {
    return width <= columns || isNumber() ? this : of(DisplayWidth.cut(text, columns), kind);
  }

  String painted(Paint paint) {
    return kind == Kind.NULL ? paint.dim(text) : text;
  }
}
