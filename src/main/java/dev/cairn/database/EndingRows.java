package dev.cairn.database;

import java.util.List;

/** Rows behind which something else ends, once. */
final class EndingRows implements RowStream {
  private final RowStream rows;
  private final Runnable ending;
  private boolean closed;

  EndingRows(RowStream rows, Runnable ending) {
    this.rows = rows;
    this.ending = ending;
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public boolean next() {
    return rows.next();
  }

  @Override
  public Object value(int column) {
    return rows.value(column);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        rows.close();
      } finally {
        ending.run();
      }
    }
  }
}
