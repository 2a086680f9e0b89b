package dev.cairn.example;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * What a user sent of a meter.
 *
 * @param shown what it showed, in hundredths of a kWh
 * @param bought the token put in just before, in hundredths of a kWh; 0 or null for none
 * @param cost what the token cost, in cents
 * @param sent whether it was sent before
 */
record MeterReading(
    UUID id,
    UUID user,
    Instant date,
    int shown,
    Integer bought,
    Integer cost,
    String notes,
    Instant created,
    Sent sent) {

  /** How a reading came twice. */
  enum Sent {
    /** It didn't. */
    ONCE,
    /** The very same a second time. */
    AGAIN,
    /** Of the same moment, with another value. */
    OTHERWISE
  }

  /** The row of the old table. */
  Object[] row() {
    return new Object[] {
      id, user, date, kwh(shown), kwh(bought), kwh(cost), notes, created,
    };
  }

  /**
   * The row of the new table, as the application writes it beside the old one.
   *
   * @param event the event's own id
   */
  Object[] event(UUID event) {
    boolean purchase = bought != null && bought > 0;
    return new Object[] {
      event,
      user,
      purchase ? "TOKEN_PURCHASE" : "METER_READING",
      date,
      kwh(shown),
      kwh(purchase ? bought : 0),
      kwh(cost),
      notes,
      "{\"source\": \"app\", \"original_id\": \"" + id + "\"}",
      created.plusMillis(3),
    };
  }

  static BigDecimal kwh(Integer hundredths) {
    return hundredths == null ? null : BigDecimal.valueOf(hundredths, 2);
  }
}
