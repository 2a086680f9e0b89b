package dev.cairn.example;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a system's points are not what an undisturbed migration would have made; polls and
 * aggregates by their index.
 *
 * @param halfPolls polls of which only the first so many points were written before a process died
 * @param halfIntervals the same of aggregates
 * @param differentPolls polls whose live-written points differ from the reading
 * @param differentIntervals the same of aggregates
 */
record Mess(
    Map<Integer, Integer> halfPolls,
    Map<Integer, Integer> halfIntervals,
    Set<Integer> differentPolls,
    Set<Integer> differentIntervals) {

  /** Mid-history: about 12 October 2025 at scale 1. */
  private static final double WHERE_A_PROCESS_DIED = 0.64;

  private static final int POLLS_BETWEEN_DEATHS = 37;
  private static final int INTERVALS_BETWEEN_DEATHS = 5;

  /**
   * How much mess a system gets.
   *
   * @param pointsOfLastInterval how many points of the last aggregate were written when the copy
   *     was taken, 0 for all
   */
  record Amount(
      int halfPolls,
      int halfIntervals,
      int differentPolls,
      int differentIntervals,
      int pointsOfLastInterval) {

    Amount scaled(double scale) {
      return new Amount(
          Volume.scaled(halfPolls, scale),
          Volume.scaled(halfIntervals, scale),
          Volume.scaled(differentPolls, scale),
          Volume.scaled(differentIntervals, scale),
          pointsOfLastInterval);
    }
  }

  /** Decides where the mess of a history lies. */
  static Mess of(History history, Amount amount, long seed) {
    Volume volume = history.volume();
    Chance chance = new Chance(Chance.seed(seed, history.system(), "mess"));
    int oldPolls = volume.polls() - volume.livePolls();
    int oldIntervals = volume.intervals() - volume.liveIntervals();
    Map<Integer, Integer> halfPolls =
        half(oldPolls, amount.halfPolls(), POLLS_BETWEEN_DEATHS, chance);
    Map<Integer, Integer> halfIntervals =
        half(oldIntervals, amount.halfIntervals(), INTERVALS_BETWEEN_DEATHS, chance);
    int wholeIntervals = volume.liveIntervals();
    if (amount.pointsOfLastInterval() > 0) {
      halfIntervals.put(volume.intervals() - 1, amount.pointsOfLastInterval());
      wholeIntervals--;
    }
    return new Mess(
        halfPolls,
        halfIntervals,
        spread(oldPolls, volume.livePolls(), amount.differentPolls()),
        spread(oldIntervals, wholeIntervals, amount.differentIntervals()));
  }

  /** How many of a poll's points are there. */
  int pointsOfPoll(int index, Volume volume, int all) {
    int live = index < volume.polls() - volume.livePolls() ? 0 : all;
    return halfPolls.getOrDefault(index, live);
  }

  /** How many of an aggregate's points are there. */
  int pointsOfInterval(int index, Volume volume, int all) {
    int live = index < volume.intervals() - volume.liveIntervals() ? 0 : all;
    return halfIntervals.getOrDefault(index, live);
  }

  /** How many rows of point_readings are there, of a system with so many points. */
  long pointReadings(Volume volume, int points) {
    return sum(halfPolls) + (long) volume.livePolls() * points;
  }

  /** The same of point_readings_agg_5m. */
  long pointAggregates(Volume volume, int points) {
    boolean lastIsHalf = halfIntervals.containsKey(volume.intervals() - 1);
    int whole = volume.liveIntervals() - (lastIsHalf ? 1 : 0);
    return sum(halfIntervals) + (long) whole * points;
  }

  private static long sum(Map<Integer, Integer> half) {
    return half.values().stream().mapToLong(Integer::longValue).sum();
  }

  private static Map<Integer, Integer> half(int before, int count, int apart, Chance chance) {
    Map<Integer, Integer> half = new TreeMap<>();
    int first = (int) (before * WHERE_A_PROCESS_DIED);
    int step = Math.max(1, Math.min(apart, (before - first) / Math.max(1, count)));
    for (int i = 0; i < count; i++) {
      half.put(first + i * step, 1 + chance.below(15));
    }
    return half;
  }

  private static Set<Integer> spread(int first, int length, int count) {
    Set<Integer> indexes = new TreeSet<>();
    for (int i = 0; i < Math.min(count, length); i++) {
      indexes.add(first + (int) ((2L * i + 1) * length / (2L * Math.min(count, length))));
    }
    return indexes;
  }
}
