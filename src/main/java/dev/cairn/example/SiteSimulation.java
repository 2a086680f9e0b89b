package dev.cairn.example;

import java.util.EnumMap;
import java.util.Map;

/**
 * A site moving through time: sun, clouds, people and battery decide the flow of power, and the
 * meters count what flowed, also while nobody asked.
 */
final class SiteSimulation {
  private static final int LONGEST_STEP_SECONDS = 900;
  private static final int STEP_IN_A_GAP_SECONDS = 300;
  private static final long WATT_SECONDS_IN_A_WATT_HOUR = 3_600;
  private static final double ON_GRID_RESERVE = 0.20;
  private static final double OFF_GRID_RESERVE = 0.08;

  private final Site site;
  private final Sky sky;
  private final Household household;
  private final Battery battery;
  private final Generator generator = new Generator();
  private final Chance measuring;
  private final Map<Counter, Long> wattSeconds = new EnumMap<>(Counter.class);
  private long now;

  /** Begins at a time in seconds since 1970. */
  SiteSimulation(Site site, long start, long seed) {
    this.site = site;
    this.now = start;
    sky = new Sky(seed);
    household = new Household(site.usualLoad(), seed + 1);
    measuring = new Chance(seed + 2);
    battery = new Battery(site, site.offGrid() ? OFF_GRID_RESERVE : ON_GRID_RESERVE);
    site.meters()
        .forEach((counter, shown) -> wattSeconds.put(counter, shown * WATT_SECONDS_IN_A_WATT_HOUR));
  }

  /** Goes on to a later time and says what flows then. */
  Flow advanceTo(long time) {
    while (time - now > LONGEST_STEP_SECONDS) {
      step(STEP_IN_A_GAP_SECONDS);
    }
    return step((int) (time - now));
  }

  /** What a meter shows, in whole Wh. */
  long wattHours(Counter counter) {
    return wattSeconds.get(counter) / WATT_SECONDS_IN_A_WATT_HOUR;
  }

  private Flow step(int seconds) {
    now += seconds;
    sky.drift(seconds);
    int remote = (int) (site.remotePeak() * sky.output(now, 0.25));
    int local = (int) (site.localPeak() * sky.output(now, -0.3));
    int load = household.watts(now, seconds);
    Flow flow =
        site.offGrid()
            ? offGrid(remote, local, load, seconds)
            : onGrid(remote, local, load, seconds);
    for (Counter counter : Counter.values()) {
      wattSeconds.merge(counter, (long) flow.metered(counter) * seconds, Long::sum);
    }
    return flow;
  }

  private Flow onGrid(int remote, int local, int load, int seconds) {
    int surplus = remote + local - load;
    int charged = battery.charge(surplus, seconds);
    int discharged = battery.discharge(-surplus, seconds);
    int grid = charged - discharged - surplus;
    return measured(remote, local, load, discharged - charged, grid);
  }

  /** Nothing can be exported: what the battery doesn't take, the panels don't make. */
  private Flow offGrid(int remote, int local, int load, int seconds) {
    int generated = generator.watts(now, battery.tenthsOfPercent());
    int surplus = remote + local + generated - load;
    int charged = battery.charge(surplus, seconds);
    int discharged = battery.discharge(-surplus, seconds);
    int unused = Math.max(0, surplus - charged);
    int unusedRemote = Math.min(unused, remote);
    int unusedLocal = Math.min(unused - unusedRemote, local);
    int unmet = Math.max(0, -surplus - discharged);
    return measured(
        remote - unusedRemote,
        local - unusedLocal,
        load - unmet,
        discharged - charged,
        generated - (unused - unusedRemote - unusedLocal));
  }

  private Flow measured(int remote, int local, int load, int batteryWatts, int grid) {
    int error = measuring.below(9) - 4;
    return new Flow(
        remote,
        local,
        Math.max(0, load + error),
        batteryWatts,
        grid,
        battery.tenthsOfPercent(),
        site.offGrid() && grid > 0);
  }
}
