package dev.cairn.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What wrote points before the migration came: the application, for its last polls and aggregates,
 * and processes that died in the middle of one. Most of it is what the migration would write.
 */
final class LiveWriter {
  static final Notes.RowKind POINT_READINGS =
      new Notes.RowKind(
          "point_readings",
          PointReadings.COLUMNS,
          List.of("system_id", "point_id", "measurement_time"));
  static final Notes.RowKind POINT_AGGREGATES =
      new Notes.RowKind(
          "point_readings_agg_5m",
          PointAggregates.COLUMNS,
          List.of("system_id", "point_id", "interval_end"));

  private final PointCatalog catalog;
  private final Sessions sessions;
  private final Notes notes;
  private final long seed;

  LiveWriter(Landscape landscape, Notes notes) {
    this.catalog = landscape.catalog();
    this.sessions = landscape.sessions();
    this.notes = notes;
    this.seed = landscape.seed();
  }

  /** The rows of point_readings that are there, in the order in which polls were made. */
  Stream<Object[]> pointReadings(LegacySystem system) {
    List<Point> points = catalog.of(system.history().system());
    return Rows.stream(system.readings(seed))
        .flatMap(reading -> pointReadings(system, points, reading));
  }

  /** The rows of point_readings_agg_5m that are there, in the order of their intervals. */
  Stream<Object[]> pointAggregates(AggregatedSystem system) {
    List<Point> points = catalog.of(system.history().system());
    return Rows.stream(system.intervals(seed))
        .flatMap(interval -> pointAggregates(system, points, interval));
  }

  private Stream<Object[]> pointReadings(LegacySystem system, List<Point> all, Reading reading) {
    int index = reading.poll().index();
    Volume volume = system.history().volume();
    int there = system.mess().pointsOfPoll(index, volume, all.size());
    if (there == 0) {
      return Stream.empty();
    }
    List<Point> points = all.subList(0, there);
    noteIfHalf("readings", POINT_READINGS, reading.poll().time(), points, all);
    boolean differs = system.mess().differentPolls().contains(index);
    return points.stream().map(point -> pointReading(point, reading, differs));
  }

  private Object[] pointReading(Point point, Reading reading, boolean differs) {
    Object[] row = PointReadings.row(point, reading);
    row[PointReadings.SESSION_ID] = sessions.of(point.system(), reading.poll().index());
    if (point.isFilledFromReadings()) {
      notes.alreadyThere(POINT_READINGS.table(), point.system());
    }
    Optional<ReadingDifference> kind = differs ? ReadingDifference.of(point) : Optional.empty();
    kind.ifPresent(
        difference -> {
          Object[] source = row.clone();
          difference.change(row);
          notes.different(POINT_READINGS, difference.name(), row, source);
        });
    return row;
  }

  private Stream<Object[]> pointAggregates(
      AggregatedSystem system, List<Point> all, Interval interval) {
    Volume volume = system.history().volume();
    int there = system.mess().pointsOfInterval(interval.index(), volume, all.size());
    if (there == 0) {
      return Stream.empty();
    }
    List<Point> points = all.subList(0, there);
    noteIfHalf("readings_agg_5m", POINT_AGGREGATES, interval.end(), points, all);
    boolean differs = system.mess().differentIntervals().contains(interval.index());
    return points.stream().map(point -> pointAggregate(point, interval, differs));
  }

  private Object[] pointAggregate(Point point, Interval interval, boolean differs) {
    Object[] row = PointAggregates.row(point, interval);
    if (point.isFilledFromIntervals()) {
      notes.alreadyThere(POINT_AGGREGATES.table(), point.system());
    }
    Optional<AggregateDifference> kind = differs ? AggregateDifference.of(point) : Optional.empty();
    kind.ifPresent(
        difference -> {
          Object[] source = row.clone();
          difference.change(row);
          notes.different(POINT_AGGREGATES, difference.name(), row, source);
        });
    return row;
  }

  private void noteIfHalf(
      String source, Notes.RowKind target, long time, List<Point> points, List<Point> all) {
    if (points.size() < all.size()) {
      List<Integer> ids = new ArrayList<>();
      points.forEach(point -> ids.add(point.id()));
      int system = points.get(0).system();
      notes.halfWritten(new Planted.HalfWritten(source, target.table(), system, time, ids));
    }
  }
}
