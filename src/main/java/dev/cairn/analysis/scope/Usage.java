package dev.cairn.analysis.scope;

/** What a query is asked for. */
public enum Usage {
  /** The statement itself. */
  STATEMENT,
  EXISTS,
  IN,
  /** ANY or ALL. */
  QUANTIFIED,
  /** A value or a row value. */
  SCALAR,
  /** A derived table, a common table or a view in a FROM. */
  DERIVED,
  /** The rows of an INSERT. */
  INSERT_SOURCE,
  /** A common table that nobody reads, or that changes rows. */
  COMMON,
  /** The query of CREATE VIEW or CREATE TABLE … AS, a statement of a trigger. */
  DEFINITION
}
