package dev.cairn.analysis.check;

/** What a condition can be, whatever the row. */
enum Truth {
  /** For every row. */
  TRUE,
  /** For every row but those in which a column of it is NULL. */
  TRUE_BUT_NULL,
  /** For no row; a condition that is always NULL keeps no row either. */
  FALSE,
  /** It depends on the row, or nobody can tell. */
  OPEN;

  /** Whether no row is kept out but for a NULL. */
  boolean always() {
    return this == TRUE || this == TRUE_BUT_NULL;
  }
}
