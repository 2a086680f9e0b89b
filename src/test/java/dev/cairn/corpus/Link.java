package dev.cairn.corpus;

import dev.cairn.corpus.RandomTables.End;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a statement links its target with another table, column by column of the key: the structure
 * that a random statement is written from, so that both what it says and what it should say are
 * known.
 *
 * @param target the columns of the target, in key order
 * @param other the columns of the other table, in the same order
 * @param ways how each pair is treated
 */
record Link(List<String> target, List<String> other, List<Way> ways) {

  /** What a statement says about one column of the key. */
  enum Way {
    /** Both sides are equated. */
    LINKED,
    /** Nothing is said. */
    MISSING,
    /** Both sides are the same constant. */
    BOTH,
    /** Both sides are equal to a third table's column. */
    THIRD,
    /** Only the target's side is a constant. */
    TARGET,
    /** Only the other's side is a constant. */
    OTHER;

    boolean partial() {
      return this == MISSING || this == TARGET || this == OTHER;
    }
  }

  /** A link over the parent's key, or over a table's own key where it meets itself. */
  static Link any(Tape tape, End target, End other) {
    boolean itself = target.equals(other);
    List<String> left = itself ? target.ownKey() : target.key();
    List<String> right = itself ? other.ownKey() : other.key();
    List<Way> ways = new ArrayList<>(Collections.nCopies(left.size(), Way.LINKED));
    if (tape.chance(65)) {
      int missing = 1 + tape.pick((1 << left.size()) - 2);
      for (int i = 0; i < left.size(); i++) {
        if (((missing >> i) & 1) == 1) {
          ways.set(i, Way.MISSING);
        }
      }
    }
    leading(tape, ways);
    return new Link(left, right, List.copyOf(ways));
  }

  private static void leading(Tape tape, List<Way> ways) {
    int way = tape.pick(10);
    boolean others = ways.subList(1, ways.size()).contains(Way.LINKED);
    if (ways.get(0) == Way.MISSING) {
      ways.set(0, way == 8 ? Way.TARGET : way == 9 ? Way.OTHER : Way.MISSING);
    } else if (others) {
      ways.set(0, way == 7 || way == 8 ? Way.BOTH : way == 9 ? Way.THIRD : Way.LINKED);
    }
  }

  /** A link over one column that is unique by itself, or that is no key at all. */
  static Link over(String column) {
    return new Link(List.of(column), List.of(column), List.of(Way.LINKED));
  }

  boolean partial() {
    return ways.stream().anyMatch(Way::partial);
  }

  /** Whether the leading columns are all there and only later ones are missing. */
  boolean group() {
    int missing = ways.indexOf(Way.MISSING);
    return missing > 0
        && ways.subList(0, missing).stream().noneMatch(Way::partial)
        && ways.subList(missing, ways.size()).stream().allMatch(Way.MISSING::equals);
  }

  /** The columns that are equated directly, as written or with the whole key. */
  List<Integer> linked(boolean whole) {
    List<Integer> linked = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      if (ways.get(i) == Way.LINKED || (whole && ways.get(i).partial())) {
        linked.add(i);
      }
    }
    return linked;
  }

  /** Whether the leading column is equated through a third table. */
  boolean third() {
    return ways.get(0) == Way.THIRD;
  }

  boolean pinsTarget() {
    return ways.get(0) == Way.BOTH || ways.get(0) == Way.TARGET;
  }

  boolean pinsOther() {
    return ways.get(0) == Way.BOTH || ways.get(0) == Way.OTHER;
  }
}
