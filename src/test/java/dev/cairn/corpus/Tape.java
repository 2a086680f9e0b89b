package dev.cairn.corpus;

import java.util.List;

/**
 * The choices of a random scenario, in the order in which they are made. A 0 is always the simplest
 * choice, so that a tape that shrinks makes the scenario simpler.
 */
final class Tape {
  private final List<Integer> numbers;
  private int at;

  Tape(List<Integer> numbers) {
    this.numbers = numbers;
  }

  /** One of n choices. */
  int pick(int n) {
    return at < numbers.size() ? numbers.get(at++) % n : 0;
  }

  /** True in so many of a hundred cases. */
  boolean chance(int percent) {
    return pick(100) >= 100 - percent;
  }

  /** One of these, the simplest first. */
  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[pick(choices.length)];
  }
}
