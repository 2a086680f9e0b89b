package dev.cairn.example;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rows on their way into a table, never all of them in memory. */
final class Rows {
  private Rows() {}

  static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
  }

  /**
   * Interleaves rows as they arrived: by a column of whole numbers, of which each stream's rise.
   */
  static Stream<Object[]> merged(List<Stream<Object[]>> streams, int column) {
    return stream(new Merged(streams, column));
  }

  private static final class Merged implements Iterator<Object[]> {
    private final int column;
    private final PriorityQueue<Source> sources =
        new PriorityQueue<>(
            Comparator.comparingLong((Source source) -> source.key)
                .thenComparingInt(source -> source.rank));

    Merged(List<Stream<Object[]>> streams, int column) {
      this.column = column;
      for (Stream<Object[]> rows : streams) {
        offer(new Source(rows.iterator(), sources.size()));
      }
    }

    @Override
    public boolean hasNext() {
      return !sources.isEmpty();
    }

    @Override
    public Object[] next() {
      Source source = sources.poll();
      if (source == null) {
        throw new NoSuchElementException();
      }
      Object[] row = source.head;
      offer(source);
      return row;
    }

    private void offer(Source source) {
      if (source.rows.hasNext()) {
        source.head = source.rows.next();
        source.key = ((Number) source.head[column]).longValue();
        sources.add(source);
      }
    }
  }

  private static final class Source {
    private final Iterator<Object[]> rows;
    private final int rank;
    private Object[] head;
    private long key;

    Source(Iterator<Object[]> rows, int rank) {
      this.rows = rows;
      this.rank = rank;
    }
  }
}
