package dev.cairn.report;

/** A number of things in a sentence: {@code 1 row}, {@code 2,808 rows}. */
public final class Counted {

  private Counted() {}

  /** So many rows. */
  public static String rows(long count) {
    return of(count, "row");
  }

  /** So many of what the noun names in the singular. */
  public static String of(long count, String noun) {
    String ending = count == 1 ? "" : noun.endsWith("ch") ? "es" : "s";
    return "%,d %s%s".formatted(count, noun, ending);
  }
}
