package dev.cairn.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Numbers that look like Unix times, with the date beside them. The number stays: it is what was
 * stored, the date is a reading of it.
 */
final class Moments {
  private static final long YEAR_2000 = 946_684_800L;
  private static final long YEAR_2100 = 4_102_444_800L;

  private Moments() {}

  /** The value, or a text of it with its date where it lies between the years 2000 and 2100. */
  static Object dated(Object value) {
    if (!(value instanceof Long number)) {
      return value;
    }
    if (number >= YEAR_2000 && number < YEAR_2100) {
      return number + " = " + Instant.ofEpochSecond(number);
    }
    if (number >= YEAR_2000 * 1000 && number < YEAR_2100 * 1000) {
      return number + " = " + Instant.ofEpochMilli(number).truncatedTo(ChronoUnit.SECONDS);
    }
    return value;
  }
}
