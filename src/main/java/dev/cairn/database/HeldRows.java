package dev.cairn.database;

import java.util.Iterator;
import java.util.List;

/** Rows that have all come already, as a stream. */
final class HeldRows implements RowStream {
  private final List<String> columns;
  private final Iterator<List<Object>> rows;
  private List<Object> row = List.of();

  HeldRows(List<String> columns, List<List<Object>> rows) {
    this.columns = columns;
    this.rows = rows.iterator();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    boolean more = rows.hasNext();
    row = more ? rows.next() : List.of();
    return more;
  }

  @Override
  public Object value(int column) {
    return row.get(column);
  }

  @Override
  public void close() {
    row = List.of();
  }
}
