package dev.cairn.example;

import dev.cairn.database.SqliteFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The example database of the point migration: a LiveOne database of 6 November 2025 with years of
 * legacy readings, a few days of points, and the mess that such a database has.
 *
 * <p>It reproduces the volumes and the schema that LiveOne's documents state; the values are
 * simulated.
 */
public final class LiveOne {
  private static final double SMALLEST_SCALE = 0.001;
  private static final double LARGEST_SCALE = 100;
  private static final long CREATED_MILLISECONDS = 1_761_177_600_000L;

  private final Landscape landscape;
  private final StoryFile file;
  private final Consumer<String> progress;
  private final Notes notes = new Notes();

  private LiveOne(Landscape landscape, SqliteFileWriter writer, Consumer<String> progress) {
    this.landscape = landscape;
    this.file = new StoryFile(writer, progress);
    this.progress = progress;
  }

  /**
   * Writes a new SQLite file and tells what was planted in it; equal scale and seed give equal
   * content everywhere.
   *
   * @param file must not exist; its folder must
   * @param scale how many times the documented row counts, from 0.001 to 100; 1 is exact to the row
   * @param progress is told a line of text for each table
   * @throws java.nio.file.FileAlreadyExistsException if the file exists
   * @throws IOException if it can't be written; then nothing is left behind
   */
  public static Planted write(Path file, double scale, long seed, Consumer<String> progress)
      throws IOException {
    if (!(scale >= SMALLEST_SCALE && scale <= LARGEST_SCALE)) {
      throw new IllegalArgumentException("scale must be from 0.001 to 100, not " + scale);
    }
    try (SqliteFileWriter writer = SqliteFileWriter.create(file)) {
      LiveOne liveOne = new LiveOne(new Landscape(scale, seed), writer, progress);
      liveOne.fill();
      writer.finish();
      return liveOne.planted();
    }
  }

  private void fill() throws IOException {
    file.tables();
    file.execute(Resource.statements("liveone-registry.sql"));
    load("point_info", Point.COLUMNS, points());
    load("sessions", Sessions.COLUMNS, landscape.sessions().rows());
    load("readings", LegacyRows.READING_COLUMNS, readings());
    load("readings_agg_5m", LegacyRows.INTERVAL_COLUMNS, intervals());
    load("point_readings", PointReadings.COLUMNS, pointReadings());
    load("point_readings_agg_5m", PointAggregates.COLUMNS, pointAggregates());
    progress.accept("daily summaries");
    file.execute(Resource.statements("liveone-daily.sql"));
    file.indexes();
  }

  private Stream<Object[]> points() {
    return landscape.catalog().all().stream()
        .map(point -> point.row(CREATED_MILLISECONDS + point.system() * 60_000L + point.id()));
  }

  private Stream<Object[]> readings() {
    return Rows.merged(
        landscape.legacy().stream()
            .map(system -> Rows.stream(system.readings(landscape.seed())).map(LegacyRows::reading))
            .toList(),
        LegacyRows.RECEIVED_TIME);
  }

  private Stream<Object[]> intervals() {
    return Rows.merged(
        landscape.aggregated().stream()
            .map(
                system -> Rows.stream(system.intervals(landscape.seed())).map(LegacyRows::interval))
            .toList(),
        LegacyRows.INTERVAL_END);
  }

  private Stream<Object[]> pointReadings() {
    LiveWriter live = new LiveWriter(landscape, notes);
    return Rows.merged(
        Stream.concat(
                landscape.legacy().stream().map(live::pointReadings),
                Stream.of(landscape.mondo().pointReadings(landscape.sessions())))
            .toList(),
        PointReadings.RECEIVED_TIME);
  }

  private Stream<Object[]> pointAggregates() {
    LiveWriter live = new LiveWriter(landscape, notes);
    return Rows.merged(
        Stream.concat(
                landscape.aggregated().stream().map(live::pointAggregates),
                Stream.of(landscape.mondo().pointAggregates()))
            .toList(),
        PointAggregates.INTERVAL_END);
  }

  private void load(String table, List<String> columns, Stream<Object[]> rows) throws IOException {
    file.load(
        table,
        columns,
        rows.map(
            row -> {
              notes.row(table, (Integer) row[0]);
              return row;
            }));
  }

  private Planted planted() {
    return new Planted(
        landscape.scale(),
        landscape.seed(),
        notes.rowCounts(),
        Stream.concat(
                landscape.legacy().stream().map(system -> ofReadings(system.history().system())),
                landscape.aggregated().stream()
                    .map(system -> ofIntervals(system.history().system())))
            .toList(),
        notes.differentRows(),
        notes.halfWritten(),
        List.of(new Planted.MissingPoint(7, "generatorStatus", "generator_status")));
  }

  private Planted.Migration ofReadings(int system) {
    List<Point> points = landscape.catalog().of(system);
    int mapped = (int) points.stream().filter(Point::isFilledFromReadings).count();
    return notes.migration("readings", "point_readings", system, mapped);
  }

  private Planted.Migration ofIntervals(int system) {
    List<Point> points = landscape.catalog().of(system);
    int mapped = (int) points.stream().filter(Point::isFilledFromIntervals).count();
    return notes.migration("readings_agg_5m", "point_readings_agg_5m", system, mapped);
  }
}
