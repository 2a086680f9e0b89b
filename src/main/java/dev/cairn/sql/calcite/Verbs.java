package dev.cairn.sql.calcite;

/** Finds a statement's verb, behind its WITH list. */
final class Verbs {

  private Verbs() {}

  /** Whether what begins at the index changes rows by its main verb. */
  static boolean changes(Source source, int index) {
    int at = main(source, index);
    return source.isOneOf(at, "insert", "update", "delete", "merge")
        || source.are(at, "replace", "into");
  }

  /** Returns the index of the main verb, or where a WITH list ceases to be one. */
  static int main(Source source, int index) {
    if (!source.is(index, "with")) {
      return index;
    }
    int at = index + 1;
    if (source.is(at, "recursive") && !source.is(at + 1, "as")) {
      at++;
    }
    while (source.isName(at)) {
      at++;
      at = source.is(at, "(") ? source.closer(at) + 1 : at;
      at = source.is(at, "as") ? at + 1 : at;
      at = source.is(at, "not") ? at + 1 : at;
      at = source.is(at, "materialized") ? at + 1 : at;
      if (!source.is(at, "(")) {
        return at;
      }
      at = source.closer(at) + 1;
      if (!source.is(at, ",")) {
        return at;
      }
      at++;
    }
    return at;
  }
}
