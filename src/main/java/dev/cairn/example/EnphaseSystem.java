package dev.cairn.example;

import java.util.EnumMap;
import java.util.IntSummaryStatistics;
import java.util.Iterator;
import java.util.Map;

/** Microinverters without readings: the vendor gives 5-minute values, of solar alone. */
record EnphaseSystem(History history, int peak, Mess mess) implements AggregatedSystem {
  private static final int SAMPLE_SECONDS = 60;
  private static final double INTERVALS_IN_AN_HOUR = 12;

  @Override
  public Iterator<Interval> intervals(long seed) {
    Sky sky = new Sky(Chance.seed(seed, history.system(), "sky"));
    return Rows.stream(new Timeline(history, seed).iterator())
        .map(poll -> interval(poll, sky))
        .iterator();
  }

  private Interval interval(Poll poll, Sky sky) {
    long end = poll.intervalEnd();
    IntSummaryStatistics watts = new IntSummaryStatistics();
    for (long time = end - 4 * SAMPLE_SECONDS; time <= end; time += SAMPLE_SECONDS) {
      sky.drift(SAMPLE_SECONDS);
      watts.accept((int) (peak * sky.output(time, 0.1)));
    }
    Spread spread = Spread.of(watts);
    int wattHours = (int) Math.round(spread.average() / INTERVALS_IN_AN_HOUR);
    Map<Measure, Spread> spreads = new EnumMap<>(Map.of(Measure.SOLAR_W, spread));
    Map<Measure, Object> last = new EnumMap<>(Map.of(Measure.SOLAR_WH_INTERVAL, wattHours));
    return new Interval(history.system(), poll.index(), end, spreads, last, wattHours, null);
  }
}
