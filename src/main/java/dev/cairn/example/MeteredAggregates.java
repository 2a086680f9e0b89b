package dev.cairn.example;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/** Rows of point_readings_agg_5m made of what meters showed, point by point. */
final class MeteredAggregates {
  private final List<Point> points;
  private final ToDoubleBiFunction<Point, MondoMeters.Sample> value;

  MeteredAggregates(List<Point> points, ToDoubleBiFunction<Point, MondoMeters.Sample> value) {
    this.points = points;
    this.value = value;
  }

  /** In the order of intervals, each interval's rows in the order of the points. */
  Stream<Object[]> rows(MondoMeters meters) {
    return Rows.stream(new Groups(meters)).flatMap(this::aggregates);
  }

  private Stream<Object[]> aggregates(Group group) {
    return points.stream().map(point -> aggregate(point, group));
  }

  private Object[] aggregate(Point point, Group group) {
    Object[] row = PointAggregates.empty(point, group.end());
    double last = value.applyAsDouble(point, group.last());
    row[PointAggregates.LAST] = last;
    row[PointAggregates.SAMPLE_COUNT] = group.samples().size();
    if ("d".equals(point.transform())) {
      double before = group.before() == null ? last : value.applyAsDouble(point, group.before());
      row[PointAggregates.DELTA] = MondoMeters.rounded(last - before);
    } else {
      fillSpread(row, point, group.samples());
    }
    return row;
  }

  /** Adds up by hand: the JDK's sums of doubles are not the same in every version. */
  private void fillSpread(Object[] row, Point point, List<MondoMeters.Sample> samples) {
    double sum = 0;
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (MondoMeters.Sample sample : samples) {
      double shown = value.applyAsDouble(point, sample);
      sum += shown;
      least = Math.min(least, shown);
      most = Math.max(most, shown);
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
