package dev.cairn.example;

import java.time.Instant;

/**
 * A system's stretch of time, both ends multiples of 300 s since 1970, and how much it holds.
 *
 * @param start the beginning of the first 5-minute slot, in seconds
 * @param end the end of the last one, in seconds
 */
record History(int system, long start, long end, Volume volume) {
  static final int SLOT_SECONDS = 300;

  static History of(int system, String start, String end, Volume volume) {
    return new History(
        system, Instant.parse(start).getEpochSecond(), Instant.parse(end).getEpochSecond(), volume);
  }

  /** A smaller history is thinner over the same dates; a larger one begins earlier. */
  History scaled(double scale) {
    return new History(system, start, end, volume.scaled(scale)).spanScaled(scale);
  }

  /** Begins earlier at a larger scale; the volume stays. */
  History spanScaled(double scale) {
    long span = Math.round(spanSlots() * Math.max(1, scale));
    return new History(system, end - span * SLOT_SECONDS, end, volume);
  }

  int spanSlots() {
    return (int) ((end - start) / SLOT_SECONDS);
  }
}
