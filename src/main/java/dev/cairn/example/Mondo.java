package dev.cairn.example;

import java.util.List;
import java.util.stream.Stream;

/** The rows of system 6 in both point tables; no legacy row tells the same. */
final class Mondo {
  private static final int SYSTEM = 6;
  private static final String START = "2025-10-23T00:00:00Z";
  private static final String END = "2025-11-06T00:10:00Z";
  private static final int DOCUMENTED_POINT_READINGS = 205_750;
  private static final int DOCUMENTED_POINT_AGGREGATES = 74_810;

  /** At scales so small that nothing of the total is left, about this much belongs to a poll. */
  private static final int AGGREGATES_OF_A_POLL = 7;

  /** So many rows of Mondo that the tables reach their documented volumes. */
  record Share(long pointReadings, long pointAggregates, int polls, int intervals) {

    /** What the rows of the other systems leave; at least one poll of so many points. */
    static Share beside(long otherReadings, long otherAggregates, double scale, int points) {
      long readings =
          Math.max(points, Math.round(DOCUMENTED_POINT_READINGS * scale) - otherReadings);
      int polls = (int) ((readings + points - 1) / points);
      long aggregates =
          Math.max(
              (long) polls * AGGREGATES_OF_A_POLL,
              Math.round(DOCUMENTED_POINT_AGGREGATES * scale) - otherAggregates);
      return new Share(readings, aggregates, polls, (int) ((aggregates + points - 1) / points));
    }

    private Volume volume() {
      return new Volume(intervals, polls, intervals, 0, 0);
    }
  }

  private final History history;
  private final long readings;
  private final long aggregates;
  private final List<Point> points;
  private final long seed;

  private Mondo(History history, Share share, List<Point> points, long seed) {
    this.history = history;
    this.readings = share.pointReadings();
    this.aggregates = share.pointAggregates();
    this.points = points;
    this.seed = seed;
  }

  static Mondo of(Share share, List<Point> points, double scale, long seed) {
    History span = History.of(SYSTEM, START, END, share.volume()).spanScaled(scale);
    return new Mondo(span, share, points, seed);
  }

  History history() {
    return history;
  }

  /** In the order of polls; the last poll is cut off where the documented volume ends. */
  Stream<Object[]> pointReadings(Sessions sessions) {
    return Rows.stream(new MondoMeters(history, seed))
        .flatMap(sample -> points.stream().map(point -> pointReading(point, sample, sessions)))
        .limit(readings);
  }

  /** In the order of intervals; the last interval is cut off where the documented volume ends. */
  Stream<Object[]> pointAggregates() {
    return new MeteredAggregates(points, Mondo::value)
        .rows(new MondoMeters(history, seed))
        .limit(aggregates);
  }

  private static Object[] pointReading(Point point, MondoMeters.Sample sample, Sessions sessions) {
    Object[] row = PointReadings.row(point, sample.poll(), value(point, sample), null);
    row[PointReadings.SESSION_ID] = sessions.of(point.system(), sample.poll().index());
    return row;
  }

  private static double value(Point point, MondoMeters.Sample sample) {
    return sample.values().get(point.id() - 1);
  }
}
