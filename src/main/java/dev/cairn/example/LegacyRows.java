package dev.cairn.example;

import java.util.ArrayList;
import java.util.List;

/** Rows of readings and readings_agg_5m. */
final class LegacyRows {
  private static final List<Measure> SPREAD =
      List.of(Measure.SOLAR_W, Measure.LOAD_W, Measure.BATTERY_W, Measure.GRID_W);

  static final List<String> READING_COLUMNS = readingColumns();
  static final int RECEIVED_TIME = 2;

  static final List<String> INTERVAL_COLUMNS = intervalColumns();
  static final int INTERVAL_END = 1;

  private LegacyRows() {}

  static Object[] reading(Reading reading) {
    Poll poll = reading.poll();
    List<Object> row = new ArrayList<>(READING_COLUMNS.size());
    row.add(reading.system());
    row.add(poll.time());
    row.add(poll.received());
    row.add(poll.received() - poll.time());
    for (Measure measure : Measure.values()) {
      row.add(reading.answer(measure));
    }
    row.add(poll.received() + Math.floorMod(poll.time(), 2));
    return row.toArray();
  }

  static Object[] interval(Interval interval) {
    List<Object> row = new ArrayList<>(INTERVAL_COLUMNS.size());
    row.add(interval.system());
    row.add(interval.end());
    for (Measure measure : SPREAD) {
      addSpread(row, interval.spreads().get(measure));
    }
    row.add(interval.solarWattHours());
    row.add(interval.last().get(Measure.BATTERY_SOC));
    for (Counter counter : Counter.values()) {
      row.add(interval.last().get(counter.total()));
    }
    row.add(interval.samples());
    row.add(interval.end() + 4 + Math.floorMod(interval.end() / History.SLOT_SECONDS, 40));
    return row.toArray();
  }

  private static void addSpread(List<Object> row, Spread spread) {
    row.add(spread == null ? null : spread.average());
    row.add(spread == null ? null : spread.least());
    row.add(spread == null ? null : spread.most());
  }

  private static List<String> readingColumns() {
    List<String> columns =
        new ArrayList<>(List.of("system_id", "inverter_time", "received_time", "delay_seconds"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.column());
    }
    columns.add("created_at");
    return List.copyOf(columns);
  }

  private static List<String> intervalColumns() {
    List<String> columns = new ArrayList<>(List.of("system_id", "interval_end"));
    for (Measure measure : SPREAD) {
      columns.add(measure.column() + "_avg");
      columns.add(measure.column() + "_min");
      columns.add(measure.column() + "_max");
    }
    columns.add("solar_interval_wh");
    columns.add("battery_soc_last");
    for (Counter counter : Counter.values()) {
      columns.add(counter.total().column() + "_last");
    }
    columns.add("sample_count");
    columns.add("created_at");
    return List.copyOf(columns);
  }
}
