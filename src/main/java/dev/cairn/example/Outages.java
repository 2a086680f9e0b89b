package dev.cairn.example;

/**
 * The stretches in which a system couldn't be reached: whole 5-minute slots, none in the first slot
 * or among the last ones, exactly as many in all as the history has slots to spare.
 */
final class Outages {
  /** About twice a day something is offline for a while. */
  private static final int REACHABLE_SLOTS_BETWEEN = 137;

  /** The last 36 hours, in which the live writer wrote, went without a hitch. */
  private static final int QUIET_SLOTS_AT_THE_END = 432;

  private final int[] positions;
  private final int[] lengths;

  /** Each outage lies before the reachable slot of its position, counted without outages. */
  Outages(History history, long seed) {
    Chance chance = new Chance(Chance.seed(seed, history.system(), "outages"));
    int slots = history.volume().slots();
    int spare = history.spanSlots() - slots;
    int range = Math.max(0, slots - 1 - Math.min(QUIET_SLOTS_AT_THE_END, slots / 3));
    int wanted = Math.max(slots / REACHABLE_SLOTS_BETWEEN, 4);
    int count = Math.min(Math.min(wanted, range), spare);
    if (spare > 0 && count == 0) {
      throw new IllegalArgumentException("no room for outages in " + history);
    }
    positions = positions(count, range, chance);
    lengths = lengths(count, spare, chance);
  }

  int count() {
    return positions.length;
  }

  int position(int outage) {
    return positions[outage];
  }

  int length(int outage) {
    return lengths[outage];
  }

  private static int[] positions(int count, int range, Chance chance) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) range * i / count);
      int to = (int) ((long) range * (i + 1) / count);
      positions[i] = 1 + from + chance.below(to - from);
    }
    return positions;
  }

  /** Mostly short ones, a few of days. */
  private static int[] lengths(int count, int spare, Chance chance) {
    double[] upTo = new double[count + 1];
    for (int i = 0; i < count; i++) {
      double weight = chance.fraction();
      upTo[i + 1] = upTo[i] + weight * weight * weight * weight + 0.01;
    }
    int[] lengths = new int[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      long after = Math.round(upTo[i + 1] / upTo[count] * (spare - count));
      lengths[i] = (int) (1 + after - before);
      before = after;
    }
    return lengths;
  }
}
