package dev.cairn.plan;

/**
 * What a target column gets.
 *
 * @param value an SQL expression over the source row
 * @param onInsert whether it is written with new rows only and no part of the comparison
 */
public record ColumnSpec(SqlText value, boolean onInsert) {

  /** The same from an expression that is written otherwise. */
  ColumnSpec spelled(String sql) {
    return new ColumnSpec(new SqlText(sql, value.span()), onInsert);
  }
}
