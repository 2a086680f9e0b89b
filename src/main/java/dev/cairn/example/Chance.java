package dev.cairn.example;

/**
 * A reproducible stream of random numbers (SplitMix64): equal seeds give equal numbers on every
 * machine and every JDK, which the JDK's own generators don't promise for bounded numbers.
 */
final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Chance(long seed) {
    state = seed;
  }

  /** A seed of its own for one purpose of one system, so that no stream disturbs another. */
  static long seed(long seed, int system, String purpose) {
    long mixed = mix(seed + GOLDEN * (system + 1L));
    for (int i = 0; i < purpose.length(); i++) {
      mixed = mix(mixed + GOLDEN * (purpose.charAt(i) + 1L));
    }
    return mixed;
  }

  /** A number in [0, 1) that depends on nothing but the seed and the part. */
  static double fractionAt(long seed, long part) {
    return fraction(mix(seed + GOLDEN * (part + 1)));
  }

  /** A number in [0, 1). */
  double fraction() {
    return fraction(next());
  }

  /** A whole number from 0 to bound - 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  boolean oneIn(int times) {
    return below(times) == 0;
  }

  /** A number around 0 with deviation 1, never further out than 3.5: four uniform ones added. */
  double bell() {
    return (fraction() + fraction() + fraction() + fraction() - 2) * 1.7320508075688772;
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  private static double fraction(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
