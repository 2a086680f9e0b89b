package dev.cairn.analysis.cascade;

import java.util.List;

/**
 * The rows of one table that a statement reaches through foreign keys. A row that several paths
 * reach is one row; a row that is deleted isn't counted among those whose reference is cleared.
 *
 * @param table as the catalog names it
 * @param action what becomes of them
 * @param columns the referring columns of the last foreign key
 * @param path the tables of the shortest way there, from the statement's target to this one
 * @param with the WITH clause that the queries need, with a space behind it, or empty
 * @param from what stands behind FROM to read the rows; the table is called {@code x} in it
 */
public record Cascade(
    String table,
    CascadeAction action,
    List<String> columns,
    List<String> path,
    String with,
    String from) {
  public Cascade {
    columns = List.copyOf(columns);
    path = List.copyOf(path);
  }

  /** The query of one row with the number of rows, before the statement runs. */
  public String countSql() {
    return with + "SELECT count(*) FROM " + from;
  }

  /** The query of the rows themselves, all columns, as they are before the statement runs. */
  public String rowsSql() {
    return with + "SELECT x.* FROM " + from;
  }
}
