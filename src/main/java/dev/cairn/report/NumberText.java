package dev.cairn.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/**
 * Numbers as people and CSV readers read them: exact, and without an exponent where that stays
 * short.
 */
public final class NumberText {

  private static final double SMALLEST_PLAIN = 1e-7;
  private static final double LARGEST_PLAIN = 1e17;
  private static final int LONGEST_SCALE = 400;

  private NumberText() {}

  /** The number as people read it. */
  public static String of(Number number) {
    if (number instanceof Double value) {
      return of(value.doubleValue());
    }
    if (number instanceof BigDecimal value) {
      return Math.abs(value.scale()) <= LONGEST_SCALE ? value.toPlainString() : value.toString();
    }
    return number.toString();
  }

  /**
   * Java 17's own Double.toString doesn't always find the shortest digits that lead back to the
   * value; Jackson's does.
   */
  private static String of(double value) {
    String shortest = NumberOutput.toString(value, true);
    double magnitude = Math.abs(value);
    if (shortest.indexOf('E') < 0 || magnitude < SMALLEST_PLAIN || magnitude >= LARGEST_PLAIN) {
      return shortest;
    }
    String plain = new BigDecimal(shortest).toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}
