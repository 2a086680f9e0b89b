package dev.cairn.report;

/** The line below rows. */
final class RowCount {

  private RowCount() {}

  static String text(long count) {
    return "(" + rows(count) + ")";
  }

  static String incomplete(long count) {
    return "(" + rows(count) + ", incomplete)";
  }

  private static String rows(long count) {
    return count + (count == 1 ? " row" : " rows");
  }
}
