package dev.cairn.preview;

import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.RowKey;
import dev.cairn.preview.ScopeMeasurer.Figures;
import dev.cairn.preview.TargetScope.ByValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts the rows of a statement and of its key-safe form, in all and by the leading key column:
 * one scan each, which an index over the key answers by itself.
 */
final class RowCounts {
  /** More values than these are no list for people. */
  private static final int LISTED = 1_000;

  private final ReadView view;

  RowCounts(ReadView view) {
    this.view = view;
  }

  void count(ChangedRows rows, Optional<ChangedRows> safe, Figures figures) {
    figures.counted = true;
    figures.leading = RowKey.leading(rows.table());
    if (figures.leading.isEmpty()) {
      figures.asWritten = view.number(rows.count());
      figures.keySafe = safe.map(each -> view.number(each.count())).or(() -> same(figures));
      figures.both =
          safe.map(each -> both(figures) ? view.number(rows.countBoth(each)) : 0)
              .orElse(figures.asWritten);
      return;
    }
    String column = figures.leading.get();
    List<List<Object>> written = by(rows.countBy(column, LISTED + 1));
    figures.asWritten = total(written).orElseGet(() -> view.number(rows.count()));
    if (safe.isEmpty()) {
      figures.keySafe = same(figures);
      figures.both = figures.asWritten;
      merge(written, written, written, figures);
      return;
    }
    long kept = view.number(safe.get().count());
    figures.keySafe = Optional.of(kept);
    List<List<Object>> shared =
        both(figures) ? by(rows.countBothBy(safe.get(), column, LISTED + 1)) : List.of();
    figures.both = total(shared).orElseGet(() -> view.number(rows.countBoth(safe.get())));
    // Mostly the key-safe rows are some of those as written: then they need no list of their own,
    // which would be sorted first.
    boolean within = figures.both == kept && shared.size() <= LISTED;
    merge(written, within ? shared : by(safe.get().countBy(column, LISTED + 1)), shared, figures);
  }

  private static Optional<Long> same(Figures figures) {
    return Optional.of(figures.asWritten);
  }

  private static boolean both(Figures figures) {
    return figures.asWritten > 0 && figures.keySafe.orElse(0L) > 0;
  }

  private List<List<Object>> by(SqlFragment query) {
    return view.exactRows(query);
  }

  /** The sum over all values, where all of them are there. */
  private static Optional<Long> total(List<List<Object>> rows) {
    return rows.size() > LISTED
        ? Optional.empty()
        : Optional.of(rows.stream().mapToLong(row -> ((Number) row.get(1)).longValue()).sum());
  }

  static void merge(
      List<List<Object>> written,
      List<List<Object>> kept,
      List<List<Object>> shared,
      Figures figures) {
    figures.byComplete = Stream.of(written, kept, shared).allMatch(rows -> rows.size() <= LISTED);
    Map<Object, long[]> counts = new HashMap<>();
    List<Object> order = new ArrayList<>();
    int place = 0;
    for (List<List<Object>> rows : List.of(written, kept, shared)) {
      for (List<Object> row : rows) {
        Object value = row.get(0) instanceof byte[] bytes ? new Bytes(bytes) : row.get(0);
        counts
                .computeIfAbsent(
                    value,
                    added -> {
                      order.add(added);
                      return new long[3];
                    })[place] =
            ((Number) row.get(1)).longValue();
      }
      place++;
    }
    for (Object value : order.subList(0, Math.min(LISTED, order.size()))) {
      long[] count = counts.get(value);
      Object shown = value instanceof Bytes bytes ? bytes.value : value;
      figures.by.add(new ByValue(shown, count[0], count[1], count[2]));
    }
  }

  /** Bytes as a map's key. */
  private static final class Bytes {
    private final byte[] value;

    Bytes(byte[] value) {
      this.value = value;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Objects.deepEquals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(value);
    }
  }
}
