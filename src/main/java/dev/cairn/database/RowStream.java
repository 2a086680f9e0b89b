package dev.cairn.database;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows as they come, one at a time: nothing is held but the row at hand. Values are Long, Double,
 * String, byte[] or null (other engines: also Boolean, BigDecimal). Close it to free the statement.
 */
public interface RowStream extends AutoCloseable {

  /** The columns' names; empty for a statement that yields no rows. */
  List<String> columns();

  /** Goes to the next row; false behind the last. */
  boolean next();

  /** The value of a column of the row at hand, 0-based. */
  Object value(int column);

  /**
   * The value of a column of the row at hand, 0-based, so that two that differ never look the same:
   * a text that isn't sound Unicode comes as {@link RawText}.
   */
  default Object exact(int column) {
    return value(column);
  }

  @Override
  void close();

  /** The row at hand, whole. */
  default List<Object> row() {
    List<Object> row = new ArrayList<>(columns().size());
    for (int i = 0; i < columns().size(); i++) {
      row.add(value(i));
    }
    return row;
  }

  /** The row at hand, whole, as {@link #exact} gives its values. */
  default List<Object> exactRow() {
    List<Object> row = new ArrayList<>(columns().size());
    for (int i = 0; i < columns().size(); i++) {
      row.add(exact(i));
    }
    return row;
  }

  /** The value of a column that holds a whole number. */
  default long number(int column) {
    Object value = value(column);
    return value == null ? 0 : ((Number) value).longValue();
  }

  /** The value of a column as text, null where it is null. */
  default String text(int column) {
    Object value = value(column);
    return value == null ? null : value.toString();
  }
}
