package dev.cairn.plan;

import dev.cairn.dialect.SqlFragment;

/**
 * A condition that is asked once, before a statement reads its first row. As a term of the WHERE it
 * would be asked last, after each row was read and compared (measured: a quarter of a whole
 * migration, only to find that there is nothing to do); as the outermost table of the join it comes
 * first.
 *
 * @param condition SQL without columns; empty text for a gate that is always open
 */
public record Gate(SqlFragment condition) {
  /** Always open. */
  public static final Gate OPEN = new Gate(SqlFragment.of(""));

  /** The beginning of a FROM: the gate and the join behind it, or nothing. */
  public SqlFragment join() {
    return condition.sql().isEmpty()
        ? condition
        : SqlFragment.of("(SELECT 1 WHERE ").then(condition).then(") AS cairn_gate CROSS JOIN ");
  }
}
