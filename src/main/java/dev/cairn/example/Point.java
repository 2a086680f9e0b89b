package dev.cairn.example;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A monitoring point, numbered within its system, and the legacy measure that it shows.
 *
 * @param measure null where no legacy column tells the same
 * @param labels the rest of its row: origin_id, origin_sub_id, name, subsystem, type, subtype,
 *     alias, metric_type, metric_unit, transform; null where empty
 */
record Point(int system, int id, Measure measure, List<String> labels) {
  static final List<String> COLUMNS =
      List.of(
          "system_id",
          "id",
          "origin_id",
          "origin_sub_id",
          "point_name",
          "display_name",
          "subsystem",
          "type",
          "subtype",
          "alias",
          "metric_type",
          "metric_unit",
          "transform",
          "created");

  private static final int ENPHASE = 3;
  private static final int NAME = 2;
  private static final Set<Measure> AGGREGATED_POWERS =
      EnumSet.of(Measure.SOLAR_W, Measure.LOAD_W, Measure.BATTERY_W, Measure.GRID_W);

  /** power, energy, soc, or another kind of measure. */
  String metricType() {
    return labels.get(7);
  }

  /** Null, i (invert) or d (differentiate). */
  String transform() {
    return labels.get(9);
  }

  /** Whether the migration plan fills it from {@code readings}. */
  boolean isFilledFromReadings() {
    return measure != null && system != ENPHASE && !measure.is(Measure.Kind.INTERVAL);
  }

  /** Whether the migration plan fills it from {@code readings_agg_5m}. */
  boolean isFilledFromIntervals() {
    if (measure == null) {
      return false;
    }
    return AGGREGATED_POWERS.contains(measure)
        || measure == Measure.BATTERY_SOC
        || measure.is(Measure.Kind.TOTAL)
        || (system == ENPHASE && measure == Measure.SOLAR_WH_INTERVAL);
  }

  /** Its row of point_info, displayed by its own name; created in ms since 1970. */
  Object[] row(long created) {
    List<Object> row = new ArrayList<>(List.of(system, id));
    row.addAll(labels.subList(0, NAME + 1));
    row.add(labels.get(NAME));
    row.addAll(labels.subList(NAME + 1, labels.size()));
    row.add(created);
    return row.toArray();
  }
}
