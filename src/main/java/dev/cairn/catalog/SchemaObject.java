package dev.cairn.catalog;

/**
 * One thing of a schema by the text that made it.
 *
 * @param type {@code table}, {@code index}, {@code trigger}, {@code view}
 * @param name its name
 * @param table the table that it belongs to; a table's own name
 * @param sql the text, as the engine keeps it
 */
public record SchemaObject(String type, String name, String table, String sql) {

  /** Whether it belongs to that table, or is that table. */
  public boolean isOf(String name) {
    return table.equalsIgnoreCase(name);
  }
}
