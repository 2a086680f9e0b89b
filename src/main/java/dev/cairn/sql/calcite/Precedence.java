package dev.cairn.sql.calcite;

import dev.cairn.sql.Flavour;
import java.util.Map;

/**
 * How tightly an operator binds, on the scale of Calcite's own: NOT is 26, a sign in front 80.
 *
 * <p>SQLite reads {@code a = b < c} as {@code a = (b < c)} and {@code a = b IS NULL} as {@code (a =
 * b) IS NULL}; PostgreSQL refuses the first, and reads {@code a = b LIKE c} as {@code a = (b LIKE
 * c)}.
 */
final class Precedence {

  static final int OR = 22;
  static final int AND = 24;

  /**
   * The AND of a BETWEEN binds a little tighter than BETWEEN itself. Calcite wants even numbers.
   */
  private static final int TIGHTER = 2;

  private static final Map<String, Integer> SQLITE =
      Map.ofEntries(
          Map.entry("<", 34),
          Map.entry("<=", 34),
          Map.entry(">", 34),
          Map.entry(">=", 34),
          Map.entry("ESCAPE", 36),
          Map.entry("&", 38),
          Map.entry("|", 38),
          Map.entry("<<", 38),
          Map.entry(">>", 38),
          Map.entry("+", 42),
          Map.entry("-", 42),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("||", 64),
          Map.entry("->", 64),
          Map.entry("->>", 64),
          Map.entry("COLLATE", 70));

  private static final Map<String, Integer> POSTGRESQL =
      Map.ofEntries(
          Map.entry("IS", 28),
          Map.entry("IS NOT", 28),
          Map.entry("=", 30),
          Map.entry("<>", 30),
          Map.entry("!=", 30),
          Map.entry("<", 30),
          Map.entry("<=", 30),
          Map.entry(">", 30),
          Map.entry(">=", 30),
          Map.entry("ESCAPE", 34),
          Map.entry("+", 42),
          Map.entry("-", 42),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("^", 64),
          Map.entry("AT TIME ZONE", 66),
          Map.entry("COLLATE", 70),
          Map.entry("[]", 88),
          Map.entry("::", 90),
          Map.entry(".", 92));

  private Precedence() {}

  /** Returns an infix or postfix operator's image: its precedence and its name. */
  static String image(String operator, Flavour flavour) {
    return precedence(operator, flavour) + " " + operator;
  }

  private static int precedence(String operator, Flavour flavour) {
    boolean sqlite = flavour == Flavour.SQLITE;
    Integer known = (sqlite ? SQLITE : POSTGRESQL).get(operator);
    if (known != null) {
      return known;
    }
    return switch (operator) {
      case "OR" -> OR;
      case "AND" -> AND;
      case "BETWEEN AND" -> precedence("BETWEEN", flavour) + TIGHTER;
      default -> sqlite ? sqlite(operator) : postgresql(operator);
    };
  }

  /** Behind an operand, IS NULL waits for what stands in front of it. */
  private static int sqlite(String operator) {
    boolean test = operator.startsWith("IS") || operator.equals("NOTNULL");
    return test && !operator.equals("IS") && !operator.equals("IS NOT") ? 28 : 30;
  }

  private static int postgresql(String operator) {
    if (operator.startsWith("IS") || operator.equals("NOTNULL")) {
      return 28;
    }
    // A word such as LIKE, NOT IN or BETWEEN; anything else made of marks binds tighter.
    return Character.isLetter(operator.charAt(0)) ? 32 : 36;
  }
}
