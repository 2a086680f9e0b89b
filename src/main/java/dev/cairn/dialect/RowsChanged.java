package dev.cairn.dialect;

/**
 * Stands among the values bound in a batch for a number that only the engine knows while the batch
 * runs. Whoever runs the batch binds the number in its place.
 */
public enum RowsChanged {
  /**
   * How many rows the last INSERT, UPDATE or DELETE before this statement changed, as SQLite's
   * {@code changes()} has it; 0 where there is none in the batch. A query in between is none.
   */
  BEFORE
}
