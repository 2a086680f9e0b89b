package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;

/**
 * What a statement writes into one column.
 *
 * @param column the column
 * @param sql the value, as SQL that holds among the rows of the scope
 * @param literal whether it is a constant written out
 * @param varies whether it is another one each time it is asked: a clock, a random number
 * @param heavy whether it asks a query of its own for each row
 */
public record NewValue(Column column, String sql, boolean literal, boolean varies, boolean heavy) {

  /** Whether it is the word NULL. */
  public boolean isNull() {
    return literal && sql.replace("(", "").replace(")", "").strip().equalsIgnoreCase("NULL");
  }
}
