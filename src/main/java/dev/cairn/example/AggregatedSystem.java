package dev.cairn.example;

import java.util.Iterator;

/** A system with legacy 5-minute aggregates. */
sealed interface AggregatedSystem permits LegacySystem, EnphaseSystem {
  History history();

  Mess mess();

  /** Its aggregates in order of time, equal for equal seeds. */
  Iterator<Interval> intervals(long seed);
}
