package dev.cairn.sql.calcite;

/** Finds where the name of a type ends: {@code timestamp(3) with time zone[]}. */
final class TypeNames {

  private TypeNames() {}

  /** Returns the index behind the type that begins at {@code from}. */
  static int end(Source source, int from) {
    int at = from;
    if (source.is(at, "setof")) {
      at++;
    }
    String first = source.word(at);
    at++;
    while (source.is(at, ".") && source.isName(at + 1)) {
      at += 2;
    }
    at =
        switch (first) {
          case "double" -> source.is(at, "precision") ? at + 1 : at;
          case "character", "char", "bit", "national", "nchar" ->
              skipAny(source, at, "character", "char", "varying");
          default -> at;
        };
    at = skipGroup(source, at);
    at =
        switch (first) {
          case "time", "timestamp" -> zone(source, at);
          case "interval" -> fields(source, at);
          default -> at;
        };
    return brackets(source, at);
  }

  private static int skipAny(Source source, int from, String... words) {
    int at = from;
    while (source.isOneOf(at, words)) {
      at++;
    }
    return at;
  }

  private static int skipGroup(Source source, int at) {
    return source.is(at, "(") ? source.closer(at) + 1 : at;
  }

  private static int zone(Source source, int at) {
    boolean zone = source.isOneOf(at, "with", "without") && source.are(at + 1, "time", "zone");
    return zone ? at + 3 : at;
  }

  /** {@code year to month}, {@code second(3)}. */
  static int fields(Source source, int from) {
    int at = from;
    while (source.isOneOf(at, "year", "month", "day", "hour", "minute", "second", "to")) {
      at = skipGroup(source, at + 1);
    }
    return at;
  }

  private static int brackets(Source source, int from) {
    int at = from;
    if (source.is(at, "array")) {
      at++;
    }
    while (source.is(at, "[")) {
      at = source.closer(at) + 1;
    }
    return at;
  }
}
