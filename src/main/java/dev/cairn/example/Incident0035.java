package dev.cairn.example;

import dev.cairn.database.SqliteFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The example database of incident 0035: LiveOne in production at 4:45 in the morning of 11
 * November 2025, minutes before a backfill of energy deltas went wrong.
 *
 * <p>The systems and the volumes of the 5-minute point aggregates are those that the migration plan
 * states for production; raw readings are left out, the night doesn't touch them. The ids of the
 * points are chosen so that the wrong statement hits exactly the 213,942 rows of power points that
 * the incident's report counts. The values are simulated.
 */
public final class Incident0035 {
  private static final String NOW = "2025-11-10T18:40:00Z";
  private static final long CREATED_MILLISECONDS = 1_755_820_800_000L;

  /** One interval more than eleven points times so many rows make; {@link #daylesford} cuts it. */
  private static final History DAYLESFORD =
      History.of(1, "2025-08-15T00:00:00Z", NOW, new Volume(22_320, 93_408, 22_320, 0, 0));

  private static final History CRAIG_HOME =
      History.of(2, "2025-08-25T00:00:00Z", NOW, new Volume(18_904, 96_425, 18_904, 0, 0));
  private static final History CRAIG_ENPHASE =
      History.of(3, "2025-09-01T00:00:00Z", NOW, new Volume(18_705, 18_705, 18_705, 0, 0));
  private static final History BARN =
      History.of(5, "2025-09-22T00:00:00Z", NOW, new Volume(12_622, 64_384, 12_622, 0, 0));
  private static final History KINKORA =
      History.of(6, "2025-10-05T00:00:00Z", NOW, new Volume(9_778, 48_890, 9_778, 0, 0));

  private static final Mess.Amount NO_MESS = new Mess.Amount(0, 0, 0, 0, 0);
  private static final int ENPHASE_PEAK_WATTS = 4_950;
  private static final int LOAD = 2;
  private static final int SOC = 20;
  private static final int SOLAR_TOTAL = 21;

  private final double scale;
  private final long seed;
  private final PointCatalog catalog = new PointCatalog("incident-points.csv");
  private final Map<List<Object>, Point> byKey;
  private final Set<Integer> hitIds;
  private final Map<Integer, IncidentScope.OfSystem> scope = new TreeMap<>();

  private Incident0035(double scale, long seed) {
    this.scale = scale;
    this.seed = seed;
    byKey =
        catalog.all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    point -> List.<Object>of(point.system(), point.id()), point -> point));
    hitIds =
        catalog.all().stream()
            .filter(Incident0035::isMeant)
            .map(Point::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Writes a new SQLite file and tells what the wrong and the right statement touch in it; equal
   * scale and seed give equal content everywhere.
   *
   * @param file must not exist; its folder must
   * @param scale how many times the production row counts, from 0.001 to 100; 1 is exact to the row
   * @param progress is told a line of text for each table
   * @throws java.nio.file.FileAlreadyExistsException if the file exists
   * @throws IOException if it can't be written; then nothing is left behind
   */
  public static IncidentScope write(Path file, double scale, long seed, Consumer<String> progress)
      throws IOException {
    try (SqliteFileWriter writer = SqliteFileWriter.create(file)) {
      Incident0035 incident = new Incident0035(scale, seed);
      incident.fill(new StoryFile(writer, progress));
      writer.finish();
      return new IncidentScope(scale, seed, List.copyOf(incident.scope.values()));
    }
  }

  /** What migration 0035 meant to change: energy that is no running total. */
  private static boolean isMeant(Point point) {
    return point.metricType().equals("energy") && !"d".equals(point.transform());
  }

  private void fill(StoryFile file) throws IOException {
    file.tables();
    file.execute(Resource.statements("incident-registry.sql"));
    file.load("point_info", Point.COLUMNS, pointRows());
    file.load("point_readings_agg_5m", PointAggregates.COLUMNS, aggregates().map(this::noted));
    file.indexes();
  }

  private Stream<Object[]> pointRows() {
    return catalog.all().stream()
        .map(point -> point.row(CREATED_MILLISECONDS + point.system() * 60_000L + point.id()));
  }

  private Stream<Object[]> aggregates() {
    return Rows.merged(
        List.of(
            ofIntervals(legacy(DAYLESFORD, Site.DAYLESFORD)).filter(daylesford()),
            ofIntervals(legacy(CRAIG_HOME, Site.CRAIG_HOME)),
            ofIntervals(enphase()).map(Incident0035::oneSample),
            ofIntervals(legacy(BARN, Site.BARN)),
            new MeteredAggregates(catalog.of(6), IncidentCircuits::value)
                .rows(new MondoMeters(KINKORA.scaled(scale), seed))),
        PointAggregates.INTERVAL_END);
  }

  private Stream<Object[]> ofIntervals(AggregatedSystem system) {
    List<Point> points =
        catalog.of(system.history().system()).stream()
            .filter(Point::isFilledFromIntervals)
            .toList();
    return Rows.stream(system.intervals(seed))
        .flatMap(interval -> points.stream().map(point -> PointAggregates.row(point, interval)));
  }

  private LegacySystem legacy(History full, Site site) {
    History history = full.scaled(scale);
    return new LegacySystem(
        history, new LegacySystem.Device(site, 0L, false), Mess.of(history, NO_MESS, seed));
  }

  private EnphaseSystem enphase() {
    History history = CRAIG_ENPHASE.scaled(scale);
    return new EnphaseSystem(history, ENPHASE_PEAK_WATTS, Mess.of(history, NO_MESS, seed));
  }

  /** The vendor gives one value for each interval. */
  private static Object[] oneSample(Object[] row) {
    row[PointAggregates.SAMPLE_COUNT] = 1;
    return row;
  }

  /**
   * The last interval was cut short: it has but two points. Two other intervals lack the load. So
   * the rows are as many as the migration plan says, to the row.
   */
  private Predicate<Object[]> daylesford() {
    List<Long> withoutLoad = new ArrayList<>();
    History history = DAYLESFORD.scaled(scale);
    long last = lastEnd(history, withoutLoad);
    return row -> {
      long end = (Long) row[PointAggregates.INTERVAL_END];
      int point = (Integer) row[1];
      if (end == last) {
        return point == SOC || point == SOLAR_TOTAL;
      }
      return point != LOAD || !withoutLoad.contains(end);
    };
  }

  /** The end of the last interval in ms; the first two intervals go to {@code early}. */
  private long lastEnd(History history, List<Long> early) {
    long[] last = {0};
    Rows.stream(new Timeline(history, seed).iterator())
        .map(poll -> poll.intervalEnd() * 1_000)
        .forEach(
            end -> {
              if (early.size() < 2 && !early.contains(end)) {
                early.add(end);
              }
              last[0] = end;
            });
    return last[0];
  }

  private Object[] noted(Object[] row) {
    int system = (Integer) row[0];
    Point point = byKey.get(List.of(row[0], row[1]));
    IncidentScope.OfSystem before =
        scope.getOrDefault(system, new IncidentScope.OfSystem(system, 0, 0, 0, 0));
    scope.put(system, before.and(point, isMeant(point), hitIds.contains(point.id())));
    return row;
  }
}
