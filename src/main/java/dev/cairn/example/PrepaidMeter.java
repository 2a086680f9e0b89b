package dev.cairn.example;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One user's prepaid meter through two years: what it shows falls with use and rises with each
 * token. Readings are taken about once a day, with holidays in between, and some are sent twice.
 */
final class PrepaidMeter {
  private static final Instant FIRST = Instant.parse("2024-01-01T05:00:00Z");
  private static final int DAY = 86_400;

  private final long seed;
  private final int number;
  private final Chance chance;
  private final List<MeterReading> readings = new ArrayList<>();
  private Instant now;
  private int shown;

  /**
   * @param number which of the users, from 1
   */
  PrepaidMeter(long seed, int number) {
    this.seed = seed;
    this.number = number;
    this.chance = new Chance(Chance.seed(seed, number, "meter"));
    this.now = FIRST.plusSeconds(chance.below(10 * DAY));
    this.shown = 10_000 + chance.below(10_000);
  }

  /** So many readings, in the order in which they were sent. */
  List<MeterReading> readings(int count) {
    while (readings.size() < count) {
      advance();
      read();
    }
    return readings;
  }

  /** The user's id. */
  UUID user() {
    return id(seed, number, "user", 0);
  }

  /** An id that looks random and is the same each time. */
  static UUID id(long seed, int number, String purpose, int part) {
    Chance bits = new Chance(Chance.seed(seed + part * 31L, number, purpose));
    long high = ((long) bits.below(Integer.MAX_VALUE) << 33) ^ ((long) bits.below(1 << 30) << 16);
    long low = ((long) bits.below(Integer.MAX_VALUE) << 32) ^ bits.below(Integer.MAX_VALUE);
    return new UUID(
        (high & ~0xF000L) | 0x4000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  /** About a day on, at times some weeks: then nobody was at home. */
  private void advance() {
    int days = chance.oneIn(90) ? 14 + chance.below(40) : 1;
    now = now.plusSeconds((long) days * DAY - 7_200 + chance.below(14_400));
    shown -= days > 1 ? days * 60 : 400 + chance.below(1_100);
  }

  private void read() {
    int bought = 0;
    if (shown < 3_000) {
      bought = 5_000 * (1 + chance.below(6));
      while (shown + bought < 0) {
        bought += 5_000;
      }
      shown += bought;
    }
    String notes = chance.oneIn(50) ? "read by the neighbour, \"" + number + "\"" : null;
    MeterReading reading =
        new MeterReading(
            id(seed, number, "reading", readings.size()),
            user(),
            now,
            shown,
            // The application wrote nothing or 0 where nothing was bought.
            bought > 0 ? (Integer) bought : chance.oneIn(3) ? (Integer) 0 : null,
            bought > 0 ? (Integer) (bought / 4) : null,
            notes,
            now.plusSeconds(1 + chance.below(90)),
            MeterReading.Sent.ONCE);
    readings.add(reading);
    if (chance.oneIn(300)) {
      readings.add(again(reading, reading.shown(), MeterReading.Sent.AGAIN));
    } else if (chance.oneIn(1_000)) {
      readings.add(again(reading, reading.shown() + 500, MeterReading.Sent.OTHERWISE));
    }
  }

  private MeterReading again(MeterReading first, int shownThen, MeterReading.Sent sent) {
    return new MeterReading(
        id(seed, number, "reading", readings.size()),
        first.user(),
        first.date(),
        shownThen,
        first.bought(),
        first.cost(),
        first.notes(),
        first.created().plusSeconds(2 + chance.below(40)),
        sent);
  }
}
