package dev.cairn.catalog;

import java.util.Locale;

/** The types that SQLite gives to the columns of CREATE TABLE … AS: those of their affinities. */
final class Affinity {
  private Affinity() {}

  static String typeOf(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return "INT";
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return "TEXT";
    }
    if (type.isEmpty() || type.contains("BLOB") || type.equals("ANY")) {
      return "";
    }
    boolean real = type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB");
    return real ? "REAL" : "NUM";
  }
}
