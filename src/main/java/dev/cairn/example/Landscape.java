package dev.cairn.example;

import java.util.List;

/** All systems of an example at one scale and seed, as the migration plan's volumes state them. */
final class Landscape {
  private static final History DAYLESFORD =
      History.of(
          1,
          "2025-08-30T00:00:00Z",
          "2025-11-05T08:30:00Z",
          new Volume(15_150, 71_982, 15_150, 1_348, 264));
  private static final History CRAIG_HOME =
      History.of(
          2,
          "2025-08-30T00:00:00Z",
          "2025-11-05T09:10:00Z",
          new Volume(15_235, 72_480, 15_235, 1_350, 263));
  private static final History CRAIG_ENPHASE =
      History.of(
          3,
          "2025-09-01T00:00:00Z",
          "2025-11-05T11:00:00Z",
          new Volume(15_055, 15_055, 15_055, 0, 129));

  /** Polled every 5 to 7 minutes: 1.2 slots a poll, so that each stands in a slot of its own. */
  private static final History BARN =
      History.of(
          7,
          "2025-01-22T00:00:00Z",
          "2025-11-06T00:10:00Z",
          new Volume(67_616, 56_347, 10_931, 1, 4));

  private static final Mess.Amount DAYLESFORD_MESS = new Mess.Amount(17, 3, 3, 3, 8);
  private static final Mess.Amount CRAIG_HOME_MESS = new Mess.Amount(13, 2, 2, 2, 8);
  private static final Mess.Amount CRAIG_ENPHASE_MESS = new Mess.Amount(0, 0, 0, 2, 0);
  private static final Mess.Amount BARN_MESS = new Mess.Amount(0, 0, 1, 1, 14);

  private static final LegacySystem.Device DAYLESFORD_DEVICE =
      new LegacySystem.Device(Site.DAYLESFORD, 0L, false);
  private static final LegacySystem.Device CRAIG_HOME_DEVICE =
      new LegacySystem.Device(Site.CRAIG_HOME, 1_751_930_417_000L, false);
  private static final LegacySystem.Device BARN_DEVICE =
      new LegacySystem.Device(Site.BARN, null, true);
  private static final int KINKORA = 6;
  private static final int ENPHASE_PEAK_WATTS = 4_950;

  private final double scale;
  private final long seed;
  private final PointCatalog catalog = new PointCatalog("points.csv");
  private final List<LegacySystem> legacy;
  private final EnphaseSystem enphase;
  private final Mondo mondo;
  private final Sessions sessions;

  Landscape(double scale, long seed) {
    this.scale = scale;
    this.seed = seed;
    legacy =
        List.of(
            legacy(DAYLESFORD, DAYLESFORD_DEVICE, DAYLESFORD_MESS),
            legacy(CRAIG_HOME, CRAIG_HOME_DEVICE, CRAIG_HOME_MESS),
            legacy(BARN, BARN_DEVICE, BARN_MESS));
    History history = CRAIG_ENPHASE.scaled(scale);
    enphase = new EnphaseSystem(history, ENPHASE_PEAK_WATTS, mess(history, CRAIG_ENPHASE_MESS));
    List<Point> mondoPoints = catalog.of(KINKORA);
    Mondo.Share share =
        Mondo.Share.beside(
            pointReadingsOfOthers(), pointAggregatesOfOthers(), scale, mondoPoints.size());
    mondo = Mondo.of(share, mondoPoints, scale, seed);
    sessions = sessionsOfAll();
  }

  double scale() {
    return scale;
  }

  long seed() {
    return seed;
  }

  PointCatalog catalog() {
    return catalog;
  }

  /** The systems with readings: 1, 2 and 7. */
  List<LegacySystem> legacy() {
    return legacy;
  }

  /** The systems with 5-minute aggregates: 1, 2, 3 and 7. */
  List<AggregatedSystem> aggregated() {
    return List.of(legacy.get(0), legacy.get(1), enphase, legacy.get(2));
  }

  /** System 6. */
  Mondo mondo() {
    return mondo;
  }

  Sessions sessions() {
    return sessions;
  }

  private LegacySystem legacy(History full, LegacySystem.Device device, Mess.Amount amount) {
    History history = full.scaled(scale);
    return new LegacySystem(history, device, mess(history, amount));
  }

  private Mess mess(History history, Mess.Amount amount) {
    return Mess.of(history, amount.scaled(scale), seed);
  }

  private long pointReadingsOfOthers() {
    return legacy.stream()
        .mapToLong(system -> system.mess().pointReadings(system.history().volume(), points(system)))
        .sum();
  }

  private long pointAggregatesOfOthers() {
    return aggregated().stream()
        .mapToLong(
            system -> system.mess().pointAggregates(system.history().volume(), points(system)))
        .sum();
  }

  private int points(AggregatedSystem system) {
    return catalog.of(system.history().system()).size();
  }

  private Sessions sessionsOfAll() {
    Sessions all = new Sessions(scale, seed);
    for (AggregatedSystem system : aggregated()) {
      all.add(system.history(), Volume.scaled(600, scale), points(system));
    }
    all.add(mondo.history(), Volume.scaled(900, scale), catalog.of(KINKORA).size());
    return all;
  }
}
