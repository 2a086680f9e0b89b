package dev.cairn.bench;

/**
 * Where a figure must stay.
 *
 * @param most the highest value that is accepted; infinite where it is only reported
 * @param goal the value that is aimed for; as high as {@code most} where there is no other
 * @param worst whether the worst round counts, not the median
 * @param floor whether it is the lowest value that is accepted, not the highest
 */
record Limit(double most, double goal, boolean worst, boolean floor) {
  /** It is reported, nothing else. */
  static final Limit NONE = new Limit(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, false);

  Limit(double most, double goal, boolean worst) {
    this(most, goal, worst, false);
  }

  /** As large as this, or larger. */
  static Limit atLeast(double least) {
    return new Limit(least, least, false, true);
  }

  static Limit median(double most) {
    return new Limit(most, most, false);
  }

  static Limit worst(double most) {
    return new Limit(most, most, true);
  }

  /** Nothing is demanded, but the worst round is what is worth knowing. */
  static Limit worstReported() {
    return new Limit(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, true);
  }

  boolean exists() {
    return most < Double.POSITIVE_INFINITY;
  }
}
