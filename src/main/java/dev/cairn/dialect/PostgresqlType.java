package dev.cairn.dialect;

import java.util.Locale;
import java.util.Set;

/** What a column's type means for telling whether two values of it are the same. */
enum PostgresqlType {
  /** Equal values are the same. */
  EXACT,
  /** Equal values are the same, but for zero's sign. */
  FLOAT,
  /** Equal values may differ in scale. */
  SCALED,
  /** A cast shortens what a write would refuse. */
  SHORTENED,
  /** Only the values' texts tell. */
  OTHER;

  private static final Set<String> EXACTS =
      Set.of(
          "smallint",
          "integer",
          "bigint",
          "boolean",
          "date",
          "uuid",
          "bytea",
          "timestamp without time zone",
          "timestamp with time zone",
          "time without time zone",
          "oid");
  private static final Set<String> SHORTENING =
      Set.of("character varying", "character", "bpchar", "bit", "bit varying");
  private static final Set<String> TEXTS = Set.of("text", "name", "citext");

  static PostgresqlType of(String type) {
    String bare = withoutLength(type).toLowerCase(Locale.ROOT);
    boolean limited = type.indexOf('(') >= 0;
    if (EXACTS.contains(bare)) {
      return EXACT;
    }
    if (bare.equals("real") || bare.equals("double precision")) {
      return FLOAT;
    }
    if (bare.equals("numeric")) {
      return limited ? EXACT : SCALED; // the column's own scale is every value's
    }
    return SHORTENING.contains(bare) && !type.endsWith("[]") ? SHORTENED : OTHER;
  }

  /** Whether values of it are texts, which a collation orders. */
  static boolean isText(String type) {
    String bare = withoutLength(type).toLowerCase(Locale.ROOT);
    String name = bare.substring(bare.lastIndexOf('.') + 1);
    return TEXTS.contains(name) || bare.startsWith("character") || bare.equals("bpchar");
  }

  /**
   * The type to cast a value to that is compared with a key: of any length, as a cast shortens
   * where a write refuses. A numeric stays as it is, for its cast rounds as a write does.
   */
  static String ofKey(String type) {
    if (of(type) != SHORTENED) {
      return type;
    }
    return switch (withoutLength(type).toLowerCase(Locale.ROOT)) {
      case "character", "bpchar" -> "bpchar"; // a bare character is one of length 1
      case "bit", "bit varying" -> "bit varying";
      default -> "character varying";
    };
  }

  private static String withoutLength(String type) {
    int open = type.indexOf('(');
    int close = type.indexOf(')');
    if (open < 0 || close < open || type.endsWith("[]") || type.startsWith("\"")) {
      return type;
    }
    return type.substring(0, open) + type.substring(close + 1);
  }
}
