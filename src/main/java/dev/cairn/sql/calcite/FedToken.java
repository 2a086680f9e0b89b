package dev.cairn.sql.calcite;

/** A token as the generated parser wants it, with offsets of the text in place of columns. */
final class FedToken extends Token {

  FedToken(int kind, String image, int start, int end) {
    this.kind = kind;
    this.image = image;
    beginLine = 1;
    beginColumn = start + 1;
    endLine = 1;
    endColumn = Math.max(end, start + 1);
  }
}
