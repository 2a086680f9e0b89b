package dev.cairn.database;

import java.util.List;

/** The rows of an {@link ExactQuery}, as its query has them. */
final class ExactRows implements RowStream {
  private final RowStream came;
  private final ExactQuery query;
  private List<Object> row = List.of();

  ExactRows(RowStream came, ExactQuery query) {
    this.came = came;
    this.query = query;
  }

  @Override
  public List<String> columns() {
    return query.columns();
  }

  @Override
  public boolean next() {
    boolean more = came.next();
    row = more ? query.row(came.row()) : List.of();
    return more;
  }

  /** As an engine at hand gives it: with a replacement character for what can't be read. */
  @Override
  public Object value(int column) {
    return RawText.readable(row.get(column));
  }

  @Override
  public Object exact(int column) {
    return row.get(column);
  }

  @Override
  public void close() {
    came.close();
  }
}
