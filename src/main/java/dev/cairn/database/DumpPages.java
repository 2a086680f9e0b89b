package dev.cairn.database;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of a table, asked for page by page; a page is as large as one answer may well be. */
final class DumpPages implements Iterator<Object[]> {
  /** A server's answer ends at 10 MB, of which base64 and the types take their part. */
  private static final long AIM_BYTES = 1_500_000;

  private static final int MOST_ROWS = 5_000;
  private static final int LEAST_GROWTH = 4;

  private final ReadView view;
  private final DumpedTable table;
  private Iterator<List<Object>> page = List.<List<Object>>of().iterator();
  private List<Object> last = List.of();
  private int rows = 100;
  private boolean ended;

  DumpPages(ReadView view, DumpedTable table) {
    this.view = view;
    this.table = table;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !ended) {
      List<List<Object>> found = next(rows);
      ended = found.isEmpty();
      page = found.iterator();
    }
    return page.hasNext();
  }

  @Override
  public Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException(table.name());
    }
    return table.bound(page.next());
  }

  private List<List<Object>> next(int wanted) {
    List<List<Object>> found = view.rows(table.page(last, wanted));
    if (!found.isEmpty()) {
      last = table.keyOf(found.get(found.size() - 1));
      long bytes = found.stream().mapToLong(DumpPages::bytes).sum();
      long fitting = Math.max(1, AIM_BYTES * found.size() / Math.max(1, bytes));
      rows = (int) Math.min(Math.min(MOST_ROWS, fitting), (long) LEAST_GROWTH * rows);
    }
    return found;
  }

  private static long bytes(List<Object> row) {
    long bytes = 0;
    for (Object value : row) {
      bytes +=
          value instanceof byte[] blob
              ? 50 + blob.length * 4L / 3
              : value instanceof String text ? 30 + text.length() : 40;
    }
    return bytes;
  }
}
