package dev.cairn.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rebuild as a plan file has it: what the table shall be, said of what it is.
 *
 * @param table the table
 * @param columns the new table's columns, in order, by name
 * @param constraints the new table's own constraints
 * @param options what stands behind the closing parenthesis: {@code STRICT}, {@code WITHOUT ROWID}
 * @param drop the old columns that go
 * @param dropIndexes indexes that go
 * @param indexes new indexes, or new texts of old ones, by name
 * @param texts new texts of triggers and views, by name
 * @param rollback old columns as expressions over the new row, for rows that have no pre-image
 */
public record RebuildSpec(
    SqlText table,
    Map<String, NewColumn> columns,
    List<SqlText> constraints,
    Optional<SqlText> options,
    List<SqlText> drop,
    List<SqlText> dropIndexes,
    Map<String, NewIndex> indexes,
    Map<String, SqlText> texts,
    Map<String, SqlText> rollback) {

  /**
   * A column of the new table.
   *
   * @param definition its type and constraints
   * @param from its value over the old row; empty for the old column of that name
   * @param whenNull what stands in where that is NULL
   */
  public record NewColumn(SqlText definition, Optional<SqlText> from, Optional<SqlText> whenNull) {}

  /**
   * An index of the new table.
   *
   * @param on its columns or expressions
   * @param where of a partial index, which rows are in it
   */
  public record NewIndex(SqlText on, boolean unique, Optional<SqlText> where) {}
}
