package dev.cairn.database;

import dev.cairn.error.CairnException;
import java.util.function.BooleanSupplier;

/**
 * Goes through two tables side by side, in the order of their keys, and pairs the rows whose keys
 * are the same by value and type. The tables may be in databases of different engines: each gives
 * its rows in {@link ValueOrder}, and that they come in it is checked here, row by row. Holds a few
 * thousand rows, whatever the tables' size. Rows with equal keys are paired one by one.
 */
public final class MergeJoin {
  private final KeyedRows left;
  private final KeyedRows right;
  private final BooleanSupplier stop;

  /** What becomes of the rows. The arrays are the receiver's to keep. */
  public interface Receiver {
    void onlyLeft(Object[] row);

    void onlyRight(Object[] row);

    void both(Object[] left, Object[] right);
  }

  /**
   * @param stop asked now and then; the merge ends with exit 6 where it says yes
   */
  public MergeJoin(KeyedRows left, KeyedRows right, BooleanSupplier stop) {
    if (left.keys() != right.keys()) {
      throw new IllegalArgumentException("keys of different width");
    }
    this.left = left;
    this.right = right;
    this.stop = stop;
  }

  /**
   * Hands every row to the receiver, in the order of the keys. Fails with exit 1 where a side can't
   * be read, or doesn't come in order.
   */
  public void run(Receiver receiver) {
    try (ReadAhead ours = new ReadAhead(left, stop);
        ReadAhead theirs = new ReadAhead(right, stop)) {
      Object[] one = ours.next();
      Object[] other = theirs.next();
      while (one != null || other != null) {
        int order = one == null ? 1 : other == null ? -1 : compare(one, other);
        Object[] oneBefore = one;
        Object[] otherBefore = other;
        if (order <= 0) {
          one = inOrder(left, oneBefore, ours.next());
        }
        if (order >= 0) {
          other = inOrder(right, otherBefore, theirs.next());
        }
        if (order < 0) {
          receiver.onlyLeft(oneBefore);
        } else if (order > 0) {
          receiver.onlyRight(otherBefore);
        } else {
          receiver.both(oneBefore, otherBefore);
        }
      }
    }
  }

  private int compare(Object[] one, Object[] other) {
    return ValueOrder.keys(one, other, left.keys());
  }

  /** A row out of order would be taken for missing on the other side. */
  private Object[] inOrder(KeyedRows side, Object[] before, Object[] row) {
    if (row != null && compare(before, row) > 0) {
      throw CairnException.failed(
              "not-in-order",
              side.table() + " can't be compared: its keys don't come in the order of their bytes")
          .hint("texts as keys can be compared in databases with `PRAGMA encoding` UTF-8");
    }
    return row;
  }
}
