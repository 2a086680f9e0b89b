package dev.cairn.example;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How a live-written row of point_readings_agg_5m can differ from what its aggregate says. */
enum AggregateDifference {
  /** The live writer averaged with decimals, the legacy column rounds. */
  MORE_DECIMALS(Measure.LOAD_W),
  /** The live writer came one sample short. */
  FEWER_SAMPLES(Measure.SOLAR_W),
  /** The live writer filled a column that the migration leaves empty. */
  FILLED_LAST(Measure.BATTERY_W),
  /** One of the two has a value, the other nothing. */
  LOST_LAST(Measure.BATTERY_SOC),
  /** The same of a meter, which off the grid shows 0. */
  LOST_METER(Measure.GRID_OUT_KWH_TOTAL),
  /** The live writer multiplied kWh by 1000 in binary. */
  BINARY_PRODUCT(Measure.SOLAR_KWH_TOTAL),
  /** The live writer put interval energy into another column than the migration does. */
  OTHER_COLUMN(Measure.SOLAR_WH_INTERVAL);

  private static final int ENPHASE_SYSTEM = 3;
  private static final int FRONIUS_SYSTEM = 7;

  private final Measure measure;

  AggregateDifference(Measure measure) {
    this.measure = measure;
  }

  /** The kind that a point's row gets in each aggregate that is meant to differ. */
  static Optional<AggregateDifference> of(Point point) {
    return of(point.system()).stream().filter(kind -> kind.measure == point.measure()).findFirst();
  }

  private static Set<AggregateDifference> of(int system) {
    return switch (system) {
      case ENPHASE_SYSTEM -> EnumSet.of(FEWER_SAMPLES, OTHER_COLUMN);
      case FRONIUS_SYSTEM -> EnumSet.of(MORE_DECIMALS, LOST_LAST);
      default -> EnumSet.complementOf(EnumSet.of(OTHER_COLUMN));
    };
  }

  /** Changes a row, made as the migration would make it, into what the live writer wrote. */
  void change(Object[] row) {
    switch (this) {
      case MORE_DECIMALS -> row[PointAggregates.AVG] = orElse(row[PointAggregates.AVG], 0) + 0.4;
      case FEWER_SAMPLES -> row[PointAggregates.SAMPLE_COUNT] = differentCount(row);
      case FILLED_LAST -> row[PointAggregates.LAST] = 0.0;
      case LOST_LAST, LOST_METER ->
          row[PointAggregates.LAST] = row[PointAggregates.LAST] == null ? 0.0 : null;
      case BINARY_PRODUCT ->
          row[PointAggregates.LAST] = Math.nextDown(orElse(row[PointAggregates.LAST], 1_000));
      case OTHER_COLUMN -> {
        row[PointAggregates.LAST] = row[PointAggregates.AVG];
        row[PointAggregates.AVG] = null;
      }
    }
  }

  /** Enphase has no count, which migrates as 0; the live writer knows its one sample. */
  private static int differentCount(Object[] row) {
    int count = (Integer) row[PointAggregates.SAMPLE_COUNT];
    return count == 0 ? 1 : count - 1;
  }

  private static double orElse(Object value, double otherwise) {
    return value == null ? otherwise : (Double) value;
  }
}
