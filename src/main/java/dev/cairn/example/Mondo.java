package dev.cairn.example;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
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
    return Rows.stream(new Groups(new MondoMeters(history, seed)))
        .flatMap(this::aggregates)
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

  private Stream<Object[]> aggregates(Group group) {
    return IntStream.range(0, points.size()).mapToObj(i -> aggregate(points.get(i), group));
  }

  private static Object[] aggregate(Point point, Group group) {
    Object[] row = PointAggregates.empty(point, group.end());
    double last = value(point, group.last());
    row[PointAggregates.LAST] = last;
    row[PointAggregates.SAMPLE_COUNT] = group.samples().size();
    if ("d".equals(point.transform())) {
      double before = group.before() == null ? last : value(point, group.before());
      row[PointAggregates.DELTA] = MondoMeters.rounded(last - before);
    } else {
      fillSpread(row, point, group.samples());
    }
    return row;
  }

  /** Adds up by hand: the JDK's sums of doubles are not the same in every version. */
  private static void fillSpread(Object[] row, Point point, List<MondoMeters.Sample> samples) {
    double sum = 0;
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (MondoMeters.Sample sample : samples) {
      double value = value(point, sample);
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    row[PointAggregates.AVG] = MondoMeters.rounded(sum / samples.size());
    row[PointAggregates.MIN] = least;
    row[PointAggregates.MAX] = most;
  }

  /** The samples of one interval, and the last one before it or null. */
  private record Group(long end, List<MondoMeters.Sample> samples, MondoMeters.Sample before) {
    private MondoMeters.Sample last() {
      return samples.get(samples.size() - 1);
    }
  }

  private static final class Groups implements Iterator<Group> {
    private final MondoMeters meters;
    private MondoMeters.Sample pending;
    private MondoMeters.Sample before;

    Groups(MondoMeters meters) {
      this.meters = meters;
      this.pending = meters.next();
    }

    @Override
    public boolean hasNext() {
      return pending != null;
    }

    @Override
    public Group next() {
      long end = pending.poll().intervalEnd();
      MondoMeters.Sample previous = before;
      List<MondoMeters.Sample> samples = new ArrayList<>();
      while (pending != null && pending.poll().intervalEnd() == end) {
        samples.add(pending);
        before = pending;
        pending = meters.hasNext() ? meters.next() : null;
      }
      return new Group(end, samples, previous);
    }
  }
}
