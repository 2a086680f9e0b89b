package dev.cairn.example;

import java.util.Map;

/**
 * A legacy 5-minute aggregate.
 *
 * @param index its place among the system's aggregates, from 0
 * @param end in seconds since 1970
 * @param spreads of the powers; one that nobody answered is absent
 * @param last what the last reading of the interval answered
 * @param solarWattHours null where unknown
 * @param samples how many readings went into it, null where unknown
 */
record Interval(
    int system,
    int index,
    long end,
    Map<Measure, Spread> spreads,
    Map<Measure, Object> last,
    Integer solarWattHours,
    Integer samples) {}
