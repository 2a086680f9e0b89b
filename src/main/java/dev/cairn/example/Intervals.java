package dev.cairn.example;

import java.util.EnumMap;
import java.util.IntSummaryStatistics;
import java.util.Iterator;
import java.util.Map;

/** Makes the 5-minute aggregates of readings that come in order of time. */
final class Intervals implements Iterator<Interval> {
  private final Iterator<Reading> readings;
  private Reading pending;
  private int index;

  Intervals(Iterator<Reading> readings) {
    this.readings = readings;
    this.pending = nextReading();
  }

  @Override
  public boolean hasNext() {
    return pending != null;
  }

  @Override
  public Interval next() {
    long end = pending.poll().intervalEnd();
    Map<Measure, IntSummaryStatistics> powers = new EnumMap<>(Measure.class);
    Reading last = pending;
    Integer wattHours = null;
    int samples = 0;
    while (pending != null && pending.poll().intervalEnd() == end) {
      last = pending;
      samples++;
      wattHours = sum(wattHours, (Integer) last.answer(Measure.SOLAR_WH_INTERVAL));
      addPowers(powers, last);
      pending = nextReading();
    }
    Map<Measure, Spread> spreads = new EnumMap<>(Measure.class);
    powers.forEach((measure, watts) -> spreads.put(measure, Spread.of(watts)));
    return new Interval(last.system(), index++, end, spreads, last.answers(), wattHours, samples);
  }

  private Reading nextReading() {
    return readings.hasNext() ? readings.next() : null;
  }

  private static Integer sum(Integer before, Integer more) {
    if (before == null) {
      return more;
    }
    return more == null ? before : Integer.valueOf(before + more);
  }

  private static void addPowers(Map<Measure, IntSummaryStatistics> powers, Reading reading) {
    reading
        .answers()
        .forEach(
            (measure, answer) -> {
              if (measure.is(Measure.Kind.POWER)) {
                powers
                    .computeIfAbsent(measure, unused -> new IntSummaryStatistics())
                    .accept((Integer) answer);
              }
            });
  }
}
