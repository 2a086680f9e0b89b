package dev.cairn.example;

import java.util.List;

/** Rows of point_readings_agg_5m, with the values that the migration plan asks for. */
final class PointAggregates {
  static final List<String> COLUMNS =
      List.of(
          "system_id",
          "point_id",
          "interval_end",
          "session_id",
          "avg",
          "min",
          "max",
          "last",
          "delta",
          "value_str",
          "sample_count",
          "error_count",
          "data_quality",
          "created_at",
          "updated_at");

  static final int INTERVAL_END = 2;
  static final int AVG = 4;
  static final int MIN = 5;
  static final int MAX = 6;
  static final int LAST = 7;
  static final int DELTA = 8;
  static final int VALUE_STR = 9;
  static final int SAMPLE_COUNT = 10;

  private PointAggregates() {}

  /** What the aggregate says of the point; of points that the plan leaves out, what is usual. */
  static Object[] row(Point point, Interval interval) {
    Object[] row = empty(point, interval.end());
    row[SAMPLE_COUNT] = interval.samples() == null ? 0 : interval.samples();
    Measure measure = point.measure();
    Object last = interval.last().get(measure);
    if (measure.is(Measure.Kind.POWER)) {
      fillPower(row, interval.spreads().get(measure));
    } else if (last instanceof String text) {
      row[VALUE_STR] = text;
    } else if (last instanceof Number number) {
      int column = measure.is(Measure.Kind.INTERVAL) ? AVG : LAST;
      row[column] = PointReadings.value(measure, number);
    }
    return row;
  }

  /** A row without values, written a few seconds after the end of its interval (in seconds). */
  static Object[] empty(Point point, long end) {
    long created = end * 1_000 + 2_000 + Math.floorMod(end * 31 + point.id(), 9_000);
    Object[] row = new Object[COLUMNS.size()];
    row[0] = point.system();
    row[1] = point.id();
    row[INTERVAL_END] = end * 1_000;
    row[SAMPLE_COUNT] = 0;
    row[SAMPLE_COUNT + 1] = 0;
    row[COLUMNS.size() - 2] = created;
    row[COLUMNS.size() - 1] = created + Math.floorMod(end, 7) * 100L;
    return row;
  }

  private static void fillPower(Object[] row, Spread spread) {
    if (spread != null) {
      row[AVG] = (double) spread.average();
      row[MIN] = (double) spread.least();
      row[MAX] = (double) spread.most();
    }
  }
}
