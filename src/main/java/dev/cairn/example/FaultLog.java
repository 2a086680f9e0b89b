package dev.cairn.example;

import java.util.List;

/** The faults that an inverter reports: code 0 mostly, now and then another one for a while. */
final class FaultLog {
  private static final List<String> CODES = List.of("27", "31", "104");
  private static final int POLLS_BETWEEN_FAULTS = 4_000;

  private final Chance chance;
  private String code = "0";
  private Long last;
  private long until;

  /** The time of the last fault before the history in ms: 0 for never, null for unknown. */
  FaultLog(long seed, Long last) {
    this.chance = new Chance(seed);
    this.last = last;
  }

  /** Goes on to a time in seconds; a fault begins now and then, and surely where one is due. */
  void pass(long time, boolean due) {
    if (time > until) {
      code = "0";
    }
    if (chance.oneIn(POLLS_BETWEEN_FAULTS) || due) {
      code = CODES.get(chance.below(CODES.size()));
      last = time * 1_000 - chance.below(5_000);
      until = time + 1_200 + chance.below(6_000);
    }
  }

  String code() {
    return code;
  }

  /** When the last fault began, in ms since 1970. */
  Long last() {
    return last;
  }
}
