package dev.cairn.example;

import java.math.BigDecimal;
import java.util.List;

/** Rows of point_readings, with the values that the migration plan asks for. */
final class PointReadings {
  static final List<String> COLUMNS =
      List.of(
          "system_id",
          "point_id",
          "session_id",
          "measurement_time",
          "received_time",
          "value",
          "value_str",
          "error",
          "data_quality");

  static final int SESSION_ID = 2;
  static final int RECEIVED_TIME = 4;
  static final int VALUE = 5;
  static final int VALUE_STR = 6;
  static final int ERROR = 7;
  static final int DATA_QUALITY = 8;

  private PointReadings() {}

  /** What the reading says of the point, or of nothing. */
  static Object[] row(Point point, Reading reading) {
    Object answer = reading.answer(point.measure());
    return row(
        point,
        reading.poll(),
        answer instanceof Number number ? value(point.measure(), number) : null,
        answer instanceof String text ? text : null);
  }

  static Object[] row(Point point, Poll poll, Double value, String text) {
    // The live writer stores milliseconds where the legacy one cut them off.
    long received = poll.received() * 1_000 + Math.floorMod(poll.time() * 7_919, 1_000);
    return new Object[] {
      point.system(), point.id(), null, poll.time() * 1_000, received, value, text, null, "good"
    };
  }

  /** kWh become Wh exactly: the double nearest to the decimal product. */
  static Double value(Measure measure, Number number) {
    if (measure.is(Measure.Kind.TOTAL)) {
      return BigDecimal.valueOf(number.doubleValue()).movePointRight(3).doubleValue();
    }
    return number.doubleValue();
  }
}
