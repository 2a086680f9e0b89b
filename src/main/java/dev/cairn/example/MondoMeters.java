package dev.cairn.example;

import java.util.Iterator;
import java.util.List;

/** The meters of system 6, which never had legacy readings: one value for each of its points. */
final class MondoMeters implements Iterator<MondoMeters.Sample> {
  private static final long LONGEST_INTERVAL_SECONDS = 900;
  private static final double SECONDS_IN_AN_HOUR = 3_600;

  private final Iterator<Poll> polls;
  private final SiteSimulation site;
  private final long seed;
  private double vehicleWattHours = 88_412.5;
  private long lastTime;

  MondoMeters(History history, long seed) {
    this.seed = Chance.seed(seed, history.system(), "meters");
    polls = new Timeline(history, seed).iterator();
    site = new SiteSimulation(Site.KINKORA, history.start(), this.seed);
    lastTime = history.start();
  }

  /** The values of a poll, in order of the point ids: W, Wh or %. */
  record Sample(Poll poll, List<Double> values) {}

  /** How the load divides, in W. */
  private record Loads(
      double hotWater, double pool, double vehicle, double heatPump, double rest) {}

  @Override
  public boolean hasNext() {
    return polls.hasNext();
  }

  @Override
  public Sample next() {
    Poll poll = polls.next();
    Flow flow = site.advanceTo(poll.time());
    Loads loads = loads(poll.time(), flow.load());
    double hours = Math.min(LONGEST_INTERVAL_SECONDS, poll.time() - lastTime) / SECONDS_IN_AN_HOUR;
    lastTime = poll.time();
    vehicleWattHours += loads.vehicle() * hours;
    return new Sample(poll, values(flow, loads, hours));
  }

  /** In the order of points.csv. */
  private List<Double> values(Flow flow, Loads loads, double hours) {
    return List.of(
        (double) flow.remoteSolar(),
        rounded(flow.remoteSolar() * hours),
        (double) flow.localSolar(),
        (double) flow.metered(Counter.BATTERY_IN),
        (double) flow.metered(Counter.BATTERY_OUT),
        (double) site.wattHours(Counter.BATTERY_IN),
        (double) site.wattHours(Counter.BATTERY_OUT),
        flow.tenthsOfCharge() / 10.0,
        (double) flow.metered(Counter.GRID_IN),
        (double) flow.metered(Counter.GRID_OUT),
        (double) site.wattHours(Counter.GRID_IN),
        (double) site.wattHours(Counter.GRID_OUT),
        loads.hotWater(),
        loads.pool(),
        loads.vehicle(),
        loads.heatPump(),
        loads.rest(),
        rounded(vehicleWattHours),
        rounded(loads.rest() * hours),
        rounded(flow.localSolar() * hours));
  }

  /** Water is heated by the sun, the pool runs by day, the car charges every other evening. */
  private Loads loads(long time, int load) {
    double hour = Sky.hour(time);
    boolean carAtHome = Math.floorMod(Sky.day(time), 2) == 0 && hour >= 18.5 && hour < 22.5;
    double vehicle = carAtHome ? share(load, 0.55, time) : 0;
    double hotWater = hour >= 11 && hour < 14 ? share(load, 0.38, time) : 0;
    double pool = hour >= 9 && hour < 15 ? share(load, 0.2, time + 1) : 0;
    double heatPump = share(load, 0.15, time + 2);
    double rest = tenths(load - vehicle - hotWater - pool - heatPump);
    return new Loads(hotWater, pool, vehicle, heatPump, rest);
  }

  private double share(int load, double part, long time) {
    return tenths(load * part * (0.9 + 0.2 * Chance.fractionAt(seed, time)));
  }

  private static double tenths(double watts) {
    return StrictMath.rint(watts * 10) / 10;
  }

  /** To three decimals. */
  static double rounded(double value) {
    return StrictMath.rint(value * 1_000) / 1_000;
  }
}
