package dev.cairn.example;

import java.util.IntSummaryStatistics;

/** A power over an interval, in whole W; the average is rounded half up. */
record Spread(int average, int least, int most) {

  static Spread of(IntSummaryStatistics watts) {
    long average = Math.floorDiv(2 * watts.getSum() + watts.getCount(), 2 * watts.getCount());
    return new Spread((int) average, watts.getMin(), watts.getMax());
  }
}
