package dev.cairn.example;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How a live-written row of point_readings can differ from what its reading says. */
enum ReadingDifference {
  /** The device told decimals, the legacy column rounds them. */
  MORE_DECIMALS(Measure.LOAD_W),
  /** The live writer lost a value that the reading has. */
  LOST_VALUE(Measure.BATTERY_SOC),
  /** The live writer took a meter that shows 0 for one that shows nothing. */
  LOST_ZERO(Measure.GRID_OUT_KWH_TOTAL),
  /** The same with a status of 0. */
  LOST_STATUS(Measure.GENERATOR_STATUS),
  /** The reading has nothing; the live writer made a 0 of it. */
  ZERO_FOR_NOTHING(Measure.SOLAR_W),
  /** The reading has nothing; the live writer, asking a moment later, got an answer. */
  VALUE_FOR_NOTHING(Measure.BATTERY_W),
  /** The live writer multiplied kWh by 1000 in binary, which is off by a hair now and then. */
  BINARY_PRODUCT(Measure.SOLAR_KWH_TOTAL),
  /** The live writer translated the code. */
  OTHER_TEXT(Measure.FAULT_CODE),
  /** The live writer noted an error. */
  MARKED_ERROR(Measure.GRID_W);

  private static final int OFF_GRID_SYSTEM = 1;
  private static final int FRONIUS_SYSTEM = 7;

  private final Measure measure;

  ReadingDifference(Measure measure) {
    this.measure = measure;
  }

  /** The kinds that a system gets in each poll that is meant to differ. */
  static Set<ReadingDifference> of(int system) {
    if (system == FRONIUS_SYSTEM) {
      return EnumSet.of(MORE_DECIMALS, LOST_VALUE, OTHER_TEXT);
    }
    // Only off the grid is the export meter sure to show 0, and only on it the generator's status.
    return EnumSet.complementOf(EnumSet.of(system == OFF_GRID_SYSTEM ? LOST_STATUS : LOST_ZERO));
  }

  static Optional<ReadingDifference> of(Point point) {
    return of(point.system()).stream().filter(kind -> kind.measure == point.measure()).findFirst();
  }

  /** The measures that the readings of a system must not answer where its points differ. */
  static Set<Measure> silences(int system) {
    Set<Measure> silent = EnumSet.noneOf(Measure.class);
    for (ReadingDifference kind : of(system)) {
      if (kind == ZERO_FOR_NOTHING || kind == VALUE_FOR_NOTHING) {
        silent.add(kind.measure);
      }
    }
    return silent;
  }

  /** Changes a row, made as the migration would make it, into what the live writer wrote. */
  void change(Object[] row) {
    switch (this) {
      case MORE_DECIMALS -> row[PointReadings.VALUE] = (Double) row[PointReadings.VALUE] + 0.4;
      case LOST_VALUE, LOST_ZERO, LOST_STATUS -> row[PointReadings.VALUE] = null;
      case ZERO_FOR_NOTHING -> row[PointReadings.VALUE] = 0.0;
      case VALUE_FOR_NOTHING -> row[PointReadings.VALUE] = 25.0;
      case BINARY_PRODUCT ->
          row[PointReadings.VALUE] = Math.nextDown((Double) row[PointReadings.VALUE]);
      case OTHER_TEXT -> row[PointReadings.VALUE_STR] = "OK";
      case MARKED_ERROR -> {
        row[PointReadings.VALUE] = null;
        row[PointReadings.ERROR] = "no answer from inverter";
        row[PointReadings.DATA_QUALITY] = "error";
      }
    }
  }
}
