package dev.cairn.example;

/** The six energy meters of a site. */
enum Counter {
  SOLAR(Measure.SOLAR_WH_INTERVAL, Measure.SOLAR_KWH_TOTAL),
  LOAD(Measure.LOAD_WH_INTERVAL, Measure.LOAD_KWH_TOTAL),
  BATTERY_IN(Measure.BATTERY_IN_WH_INTERVAL, Measure.BATTERY_IN_KWH_TOTAL),
  BATTERY_OUT(Measure.BATTERY_OUT_WH_INTERVAL, Measure.BATTERY_OUT_KWH_TOTAL),
  GRID_IN(Measure.GRID_IN_WH_INTERVAL, Measure.GRID_IN_KWH_TOTAL),
  GRID_OUT(Measure.GRID_OUT_WH_INTERVAL, Measure.GRID_OUT_KWH_TOTAL);

  private final Measure interval;
  private final Measure total;

  Counter(Measure interval, Measure total) {
    this.interval = interval;
    this.total = total;
  }

  Measure interval() {
    return interval;
  }

  Measure total() {
    return total;
  }
}
