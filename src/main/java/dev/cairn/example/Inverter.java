package dev.cairn.example;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The readings of an inverter, poll by poll. */
final class Inverter implements Iterator<Reading> {
  /** After a longer gap nobody knows what energy "since the last reading" means. */
  private static final long LONGEST_INTERVAL_SECONDS = 900;

  private static final double TENTHS = 10;
  private static final double WATT_HOURS_IN_A_KILOWATT_HOUR = 1_000;

  private final LegacySystem system;
  private final Iterator<Poll> polls;
  private final SiteSimulation site;
  private final Silences silences;
  private final FaultLog faults;
  private final Map<Counter, Long> lastWattHours = new EnumMap<>(Counter.class);
  private long lastTime = Long.MIN_VALUE / 2;

  Inverter(LegacySystem system, long seed) {
    int id = system.history().system();
    this.system = system;
    polls = new Timeline(system.history(), seed).iterator();
    site =
        new SiteSimulation(
            system.device().site(), system.history().start(), Chance.seed(seed, id, "site"));
    silences = new Silences(id, system.mess(), seed);
    faults = new FaultLog(Chance.seed(seed, id, "faults"), system.device().lastFault());
  }

  @Override
  public boolean hasNext() {
    return polls.hasNext();
  }

  @Override
  public Reading next() {
    Poll poll = polls.next();
    Flow flow = site.advanceTo(poll.time());
    faults.pass(poll.time(), poll.index() == system.history().volume().polls() / 2);
    Reading reading = new Reading(system.history().system(), poll);
    answerFlow(reading.answers(), flow);
    answerDiagnostics(reading.answers(), flow, poll);
    Set<Measure> silent = silences.at(poll.index());
    answerMeters(reading.answers(), silent, poll.time());
    reading.answers().keySet().removeAll(silent);
    lastTime = poll.time();
    return reading;
  }

  private static void answerFlow(Map<Measure, Object> answers, Flow flow) {
    answers.put(Measure.SOLAR_W, flow.solar());
    answers.put(Measure.SOLAR_LOCAL_W, flow.localSolar());
    answers.put(Measure.SOLAR_REMOTE_W, flow.remoteSolar());
    answers.put(Measure.SOLAR_INVERTER_W, flow.remoteSolar());
    answers.put(Measure.SHUNT_W, flow.localSolar());
    answers.put(Measure.LOAD_W, flow.load());
    answers.put(Measure.BATTERY_W, flow.battery());
    answers.put(Measure.GRID_W, flow.grid());
    answers.put(Measure.BATTERY_SOC, flow.tenthsOfCharge() / TENTHS);
  }

  private void answerDiagnostics(Map<Measure, Object> answers, Flow flow, Poll poll) {
    answers.put(Measure.FAULT_CODE, faults.code());
    if (faults.last() != null) {
      answers.put(Measure.FAULT_TIMESTAMP, faults.last());
    }
    if (system.device().pushes()) {
      answers.put(Measure.SEQUENCE, String.format(Locale.ROOT, "%08x", poll.index() + 1));
    } else {
      answers.put(Measure.GENERATOR_STATUS, flow.generated() ? 1 : 0);
    }
  }

  /** A meter that stays silent is counted on at its next answer. */
  private void answerMeters(Map<Measure, Object> answers, Set<Measure> silent, long time) {
    if (time - lastTime > LONGEST_INTERVAL_SECONDS) {
      lastWattHours.clear();
    }
    for (Counter counter : Counter.values()) {
      if (silent.contains(counter.total())) {
        continue;
      }
      long wattHours = site.wattHours(counter);
      answers.put(counter.total(), wattHours / WATT_HOURS_IN_A_KILOWATT_HOUR);
      Long before = lastWattHours.put(counter, wattHours);
      if (before != null) {
        answers.put(counter.interval(), (int) (wattHours - before));
      }
    }
  }
}
