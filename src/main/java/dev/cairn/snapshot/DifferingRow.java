package dev.cairn.snapshot;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A row that differs. The values stand in the order of the plan's columns.
 *
 * @param here the row as it is here, empty where it is only there
 * @param there the row as it is there, empty where it is only here
 * @param changed which of the plan's columns differ, by their place; empty unless it is on both
 *     sides
 */
public record DifferingRow(
    Side side, List<Object> here, List<Object> there, List<Integer> changed) {

  public DifferingRow {
    changed = List.copyOf(changed);
  }

  /** Where a row is. */
  public enum Side {
    HERE("here"),
    THERE("there"),
    CHANGED("changed");

    private final String word;

    Side(String word) {
      this.word = word;
    }

    /** The word of the contract. */
    public String word() {
      return word;
    }
  }

  static DifferingRow onlyHere(Object[] row) {
    return new DifferingRow(Side.HERE, values(row), List.of(), List.of());
  }

  static DifferingRow onlyThere(Object[] row) {
    return new DifferingRow(Side.THERE, List.of(), values(row), List.of());
  }

  static DifferingRow changed(Object[] here, Object[] there, List<Integer> changed) {
    return new DifferingRow(Side.CHANGED, values(here), values(there), changed);
  }

  /** The row's values where it is; here, where it is on both sides. */
  public List<Object> row() {
    return side == Side.THERE ? there : here;
  }

  private static List<Object> values(Object[] row) {
    return Collections.unmodifiableList(Arrays.asList(row));
  }
}
