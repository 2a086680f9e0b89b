package dev.cairn.example;

import java.util.Iterator;

/** A system with legacy readings. */
record LegacySystem(History history, Device device, Mess mess) implements AggregatedSystem {

  /**
   * What answers the polls.
   *
   * @param lastFault the last fault before the history in ms since 1970, 0 for never, null for
   *     unknown
   * @param pushes whether it sends by itself, with sequence numbers and without a generator's
   *     status
   */
  record Device(Site site, Long lastFault, boolean pushes) {}

  /** Its readings in order of time, equal for equal seeds. */
  Iterator<Reading> readings(long seed) {
    return new Inverter(this, seed);
  }

  /** The aggregates: of all readings, or of the first seventh and the last ones if fewer exist. */
  @Override
  public Iterator<Interval> intervals(long seed) {
    Volume volume = history.volume();
    if (!device.pushes()) {
      return new Intervals(readings(seed));
    }
    // This one's polls are more than a slot apart, so a poll makes an aggregate. Aggregation was
    // tried for some days and came to stay months later.
    int firsts = volume.intervals() / 7;
    int lasts = volume.polls() - (volume.intervals() - firsts);
    return new Intervals(
        Rows.stream(readings(seed))
            .filter(reading -> reading.poll().index() < firsts || reading.poll().index() >= lasts)
            .iterator());
  }
}
