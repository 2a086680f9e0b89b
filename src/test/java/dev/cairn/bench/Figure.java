package dev.cairn.bench;

/**
 * One line of the table.
 *
 * @param what what it is a figure of
 * @param sample its value in each round
 * @param unit behind the value; empty for a ratio
 * @param limit where it must stay
 */
record Figure(String what, Sample sample, String unit, Limit limit) {

  /** The value that counts: the median, or the worst where no single one may exceed. */
  double value() {
    return limit.worst() ? sample.max() : sample.median();
  }

  boolean holds() {
    return limit.floor() ? value() >= limit.most() : value() <= limit.most();
  }

  boolean reachesGoal() {
    return limit.floor() ? value() >= limit.goal() : value() <= limit.goal();
  }
}
