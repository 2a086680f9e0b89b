package dev.cairn.example;

/** What people use: a base, a morning and an evening peak, a fridge, now and then a kettle. */
final class Household {
  private static final double RESTLESS_SECONDS = 900;
  private static final long APPLIANCE_SECONDS = 600;
  private static final long FRIDGE_CYCLE_SECONDS = 2_820;

  private final int usual;
  private final long seed;
  private final Chance chance;
  private double mood;

  Household(int usual, long seed) {
    this.usual = usual;
    this.seed = seed;
    this.chance = new Chance(seed);
  }

  /** The load in W at a time, some seconds after the one asked for before. */
  int watts(long time, int seconds) {
    double kept = 1 / (1 + seconds / RESTLESS_SECONDS);
    mood = kept * mood + (1 - kept) * 2 * chance.bell();
    double hour = Sky.hour(time);
    double shape =
        0.45
            + 0.9 * peak(hour, 7.4, 0.9)
            + 0.5 * peak(hour, 12.8, 1.6)
            + 1.9 * peak(hour, 19.2, 1.7);
    double ofTheDay = 0.8 + 0.4 * Chance.fractionAt(seed, Sky.day(time));
    double people = usual * shape * ofTheDay * (1 + 0.15 * mood);
    return (int) Math.max(60, people + fridge(time) + appliance(time, hour));
  }

  private static double peak(double hour, double middle, double width) {
    double distance = (hour - middle) / width;
    return distance * distance > 20 ? 0 : StrictMath.exp(-distance * distance / 2);
  }

  private double fridge(long time) {
    return Math.floorMod(time + (seed & 0xFFFF), FRIDGE_CYCLE_SECONDS) < 1_000 ? 118 : 0;
  }

  private double appliance(long time, double hour) {
    double drawn = Chance.fractionAt(~seed, Math.floorDiv(time, APPLIANCE_SECONDS));
    return hour > 6 && hour < 23 && drawn < 0.06 ? 900 + drawn * 25_000 : 0;
  }
}
