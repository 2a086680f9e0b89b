package dev.cairn.analysis.scope;

/**
 * The column of a real table that a value comes from.
 *
 * @param relation the use of that table
 * @param column the column's name there
 * @param strength how near the value still is to it
 */
public record Origin(Relation relation, String column, Strength strength) {

  /** How near a value is to the column that it comes from. */
  public enum Strength {
    /** The column's own value. */
    PLAIN,
    /** Cast, computed from it and constants, or coalesced. */
    DERIVED,
    /** The least or greatest of a group. */
    AGGREGATED
  }
}
