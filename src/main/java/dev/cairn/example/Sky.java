package dev.cairn.example;

/** The sun over central Victoria and the clouds before it; times in seconds since 1970. */
final class Sky {
  private static final long UTC_PLUS_10_SECONDS = 36_000;
  private static final long DAY_SECONDS = 86_400;

  // Latitude 37.3° south.
  private static final double SINE_OF_LATITUDE = -0.605988;
  private static final double COSINE_OF_LATITUDE = 0.795473;
  private static final double SOLAR_NOON_HOUR = 12.39;
  private static final double OBLIQUITY = 0.409105;
  private static final double CLOUD_MEMORY_SECONDS = 1_200;

  /** 2025-03-22, an equinox, in days since 1970. */
  private static final long EQUINOX_DAY = 20_169;

  private static final double YEAR_DAYS = 365.2422;

  private final long seed;
  private final Chance chance;
  private long day = Long.MIN_VALUE;
  private double sineOfDeclination;
  private double cosineOfDeclination;
  private double haze;
  private double restlessness;
  private double cloud;

  Sky(long seed) {
    this.seed = seed;
    this.chance = new Chance(seed);
  }

  /** The local hour of the day, from 0 to below 24. */
  static double hour(long time) {
    return Math.floorMod(time + UTC_PLUS_10_SECONDS, DAY_SECONDS) / 3_600.0;
  }

  /** The local day, in days since 1970-01-01. */
  static long day(long time) {
    return Math.floorDiv(time + UTC_PLUS_10_SECONDS, DAY_SECONDS);
  }

  /** Lets the clouds drift for some seconds. */
  void drift(int seconds) {
    double kept = StrictMath.exp(-seconds / CLOUD_MEMORY_SECONDS);
    cloud = kept * cloud + StrictMath.sqrt(1 - kept * kept) * chance.bell();
  }

  /**
   * What a roof yields of its peak, from 0 (all night) to about 1.
   *
   * @param lean to the west above 0, to the east below it, from -0.5 to 0.5
   */
  double output(long time, double lean) {
    beginDay(day(time));
    double angle = (hour(time) - SOLAR_NOON_HOUR) * (Math.PI / 12);
    double height =
        SINE_OF_LATITUDE * sineOfDeclination
            + COSINE_OF_LATITUDE * cosineOfDeclination * StrictMath.cos(angle);
    if (height < 0.015) {
      return 0;
    }
    double clear = height * (0.8 + 0.25 * height) * (1 + lean * StrictMath.sin(angle));
    return clear * Math.max(0.06, Math.min(1, haze * (1 + restlessness * cloud)));
  }

  private void beginDay(long newDay) {
    if (newDay == day) {
      return;
    }
    day = newDay;
    double year = (newDay - EQUINOX_DAY) / YEAR_DAYS;
    double declination = OBLIQUITY * StrictMath.sin(2 * Math.PI * (year - Math.floor(year)));
    sineOfDeclination = StrictMath.sin(declination);
    cosineOfDeclination = StrictMath.cos(declination);
    double weather = Chance.fractionAt(seed, newDay);
    haze = weather < 0.45 ? 0.93 + weather / 8 : weather < 0.8 ? 1.15 - weather / 2 : 1.2 - weather;
    restlessness = weather < 0.45 ? 0.03 : weather < 0.8 ? 0.28 : 0.15;
  }
}
