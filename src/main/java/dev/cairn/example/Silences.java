package dev.cairn.example;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which questions a device leaves unanswered: a few in a thousand, and those that the mess needs.
 */
final class Silences {
  private static final List<Measure> NOW_AND_THEN =
      List.of(
          Measure.SOLAR_W,
          Measure.SOLAR_LOCAL_W,
          Measure.LOAD_W,
          Measure.BATTERY_W,
          Measure.GRID_W,
          Measure.BATTERY_SOC,
          Measure.SOLAR_INVERTER_W,
          Measure.SHUNT_W,
          Measure.LOAD_KWH_TOTAL,
          Measure.GRID_IN_KWH_TOTAL);

  private final int system;
  private final Mess mess;
  private final Chance chance;

  Silences(int system, Mess mess, long seed) {
    this.system = system;
    this.mess = mess;
    this.chance = new Chance(Chance.seed(seed, system, "silences"));
  }

  /** To be asked once for each poll, in order. */
  Set<Measure> at(int poll) {
    Set<Measure> silent = atRandom();
    return mess.differentPolls().contains(poll) ? ReadingDifference.silences(system) : silent;
  }

  private Set<Measure> atRandom() {
    Set<Measure> silent = EnumSet.noneOf(Measure.class);
    if (chance.oneIn(250)) {
      silent.add(NOW_AND_THEN.get(chance.below(NOW_AND_THEN.size())));
    }
    if (chance.oneIn(120)) {
      silent.add(Measure.FAULT_CODE);
    }
    if (chance.oneIn(400)) {
      for (Counter counter : Counter.values()) {
        silent.add(counter.total());
      }
    }
    return silent;
  }
}
