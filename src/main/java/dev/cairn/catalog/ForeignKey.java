package dev.cairn.catalog;

import java.util.List;

/**
 * A reference from one table to another.
 *
 * @param table the referring table
 * @param columns the referring columns
 * @param parent the table referred to
 * @param parentColumns the columns referred to, in the same order
 * @param onDelete NO ACTION, CASCADE, SET NULL, SET DEFAULT or RESTRICT
 * @param onUpdate the same for a change of the parent's key
 */
public record ForeignKey(
    String table,
    List<String> columns,
    String parent,
    List<String> parentColumns,
    String onDelete,
    String onUpdate) {

  public ForeignKey {
    columns = List.copyOf(columns);
    parentColumns = List.copyOf(parentColumns);
  }
}
