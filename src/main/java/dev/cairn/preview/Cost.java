package dev.cairn.preview;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Table;
import dev.cairn.preview.TargetScope.CascadeCount;
import dev.cairn.preview.TargetScope.ColumnChange;
import java.util.List;

/**
 * How long a statement is expected to take, in seconds: about 2.5 µs for each row it changes, its
 * pre-image in the journal included, and 1 µs for each index that has to follow (measured on the
 * 330,000 rows of the incident's table). Rough, and said to be.
 */
final class Cost {
  private static final double EACH_ROW = 2.5e-6;
  private static final double EACH_INDEX_ENTRY = 1e-6;

  private final Catalog catalog;

  Cost(Catalog catalog) {
    this.catalog = catalog;
  }

  double seconds(TargetScope scope) {
    long rows = scope.rowsAsWritten().orElse(0L);
    double seconds = rows * (EACH_ROW + EACH_INDEX_ENTRY * indexes(scope));
    for (CascadeCount cascade : scope.cascades()) {
      seconds += cascade.rows() * (EACH_ROW + EACH_INDEX_ENTRY);
    }
    return Math.round(seconds * 100) / 100.0;
  }

  private long indexes(TargetScope scope) {
    List<Index> all = catalog.table(scope.target()).map(Table::indexes).orElse(List.of());
    if (!scope.kind().equals("UPDATE")) {
      return all.size();
    }
    List<String> written = scope.columns().stream().map(ColumnChange::column).toList();
    return all.stream()
        .filter(
            index ->
                index.columns().stream()
                    .anyMatch(column -> written.stream().anyMatch(column::equalsIgnoreCase)))
        .count();
  }
}
