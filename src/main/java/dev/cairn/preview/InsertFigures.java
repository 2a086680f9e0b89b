package dev.cairn.preview;

import dev.cairn.database.ReadView;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.InsertedRows;
import dev.cairn.plan.scope.InsertedRows.Policy;
import dev.cairn.plan.scope.RowKey;
import dev.cairn.preview.ScopeMeasurer.Figures;
import dev.cairn.preview.TargetScope.InsertCounts;
import java.util.List;
import java.util.Optional;

/** Counts what an INSERT brings, and what of it is there already. */
final class InsertFigures {
  private static final int LISTED = 1_000;

  private final ReadView view;

  InsertFigures(ReadView view) {
    this.view = view;
  }

  void measure(InsertedRows rows, Optional<InsertedRows> safe, Figures figures) {
    List<Object> counts = view.row(rows.counts());
    long all = number(counts.get(0));
    long there = number(counts.get(1));
    long identical = number(counts.get(2));
    long fresh = all - there;
    long repeated = fresh > 1 ? view.number(rows.repeated()) : 0;
    long taken =
        there > 0 ? rows.replaced().map(taking -> view.number(taking.count())).orElse(0L) : 0;
    figures.counted = true;
    figures.asWritten = all;
    figures.keySafe = Optional.of(safe.map(each -> view.number(each.count())).orElse(all));
    figures.both = Math.min(all, figures.keySafe.get());
    figures.insert =
        Optional.of(
            new InsertCounts(
                all,
                fresh - repeated,
                repeated,
                identical,
                there - identical,
                taken,
                rows.policy().name()));
    by(rows, safe, figures);
    remarks(rows, there, repeated, figures);
    if (rows.policy() == Policy.UPDATE && there > 0) {
      figures.columns.addAll(new ColumnFigures(view).of(rows.matched().orElseThrow()));
    }
    figures.sample.addAll(new Samples(view).of(rows, there > identical));
  }

  private void by(InsertedRows rows, Optional<InsertedRows> safe, Figures figures) {
    Optional<String> leading = RowKey.leading(rows.table());
    if (leading.isEmpty() || rows.countBy(leading.get(), LISTED).isEmpty()) {
      return;
    }
    String column = leading.get();
    figures.leading = leading;
    List<List<Object>> written = view.exactRows(rows.countBy(column, LISTED + 1).orElseThrow());
    List<List<Object>> kept =
        safe.flatMap(each -> each.countBy(column, LISTED + 1)).map(view::exactRows).orElse(written);
    List<List<Object>> least = kept == written || total(kept) < total(written) ? kept : written;
    RowCounts.merge(written, kept, least, figures);
  }

  private static long total(List<List<Object>> rows) {
    return rows.stream().mapToLong(row -> number(row.get(1))).sum();
  }

  private static void remarks(InsertedRows rows, long there, long repeated, Figures figures) {
    if (rows.policy() == Policy.FAIL && there + repeated > 0) {
      figures.remarks.add(
          "%,d rows have a key that is taken: the statement would fail"
              .formatted(there + repeated));
    }
    boolean unchecked =
        rows.table().indexes().stream()
            .anyMatch(index -> index.unique() && (index.partial() || index.columns().contains("")));
    if (unchecked) {
      figures.remarks.add("unique indexes over expressions or with a WHERE aren't compared");
    }
    if (rows.matched().map(ChangedRows::key).isEmpty() && rows.table().view()) {
      figures.remarks.add("the target is a view: its triggers decide what is written");
    }
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
