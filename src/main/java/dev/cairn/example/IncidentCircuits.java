package dev.cairn.example;

import java.util.Map;

/**
 * What the points of system 6 show on the night of migration 0035: the meters' own values, and the
 * energy that a power amounts to in a minute.
 */
final class IncidentCircuits {
  /** Polled once a minute. */
  private static final double POLLS_IN_AN_HOUR = 60;

  /** The meter (as in {@link MondoMeters}, from 1) that a point shows, negative for its energy. */
  private static final Map<Integer, Integer> METERS =
      Map.ofEntries(
          Map.entry(1, 1),
          Map.entry(2, -1),
          Map.entry(3, 3),
          Map.entry(4, -3),
          Map.entry(5, 4),
          Map.entry(6, -4),
          Map.entry(7, 5),
          Map.entry(8, -5),
          Map.entry(9, 9),
          Map.entry(10, -9),
          Map.entry(11, 10),
          Map.entry(12, -10),
          Map.entry(13, 17),
          Map.entry(14, -17),
          Map.entry(15, -13),
          Map.entry(16, -14),
          Map.entry(17, -15),
          Map.entry(18, 8),
          Map.entry(19, 11),
          Map.entry(20, 12));

  private IncidentCircuits() {}

  static double value(Point point, MondoMeters.Sample sample) {
    int meter = METERS.get(point.id());
    double shown = sample.values().get(Math.abs(meter) - 1);
    return meter > 0 ? shown : MondoMeters.rounded(shown / POLLS_IN_AN_HOUR);
  }
}
