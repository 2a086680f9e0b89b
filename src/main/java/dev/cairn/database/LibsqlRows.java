package dev.cairn.database;

import java.util.Arrays;
import java.util.List;

/** A cursor's rows as a stream. */
class LibsqlRows implements RowStream {
  private final HranaCursor cursor;
  private Object[] row;

  LibsqlRows(HranaCursor cursor) {
    this.cursor = cursor;
  }

  @Override
  public List<String> columns() {
    return cursor.columns();
  }

  @Override
  public boolean next() {
    try {
      row = cursor.next();
      return row != null;
    } catch (HranaException error) {
      throw LibsqlErrors.exception(error);
    }
  }

  @Override
  public Object value(int column) {
    return row[column];
  }

  @Override
  public List<Object> row() {
    return Arrays.asList(row);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
