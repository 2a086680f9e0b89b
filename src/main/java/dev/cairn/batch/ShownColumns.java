package dev.cairn.batch;

import dev.cairn.database.RowStream;
import java.util.List;

/** Rows without the columns in front of those that a person asked for. */
class ShownColumns implements RowStream {
  private final RowStream rows;
  private final int hidden;

  ShownColumns(RowStream rows, int hidden) {
    this.rows = rows;
    this.hidden = hidden;
  }

  @Override
  public List<String> columns() {
    return rows.columns().subList(hidden, rows.columns().size());
  }

  @Override
  public boolean next() {
    return rows.next();
  }

  @Override
  public Object value(int column) {
    return rows.value(hidden + column);
  }

  @Override
  public Object exact(int column) {
    return rows.exact(hidden + column);
  }

  @Override
  public void close() {
    rows.close();
  }
}
