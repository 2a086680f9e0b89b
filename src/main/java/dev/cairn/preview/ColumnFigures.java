package dev.cairn.preview;

import dev.cairn.database.ReadView;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.NewValue;
import dev.cairn.preview.TargetScope.ColumnChange;
import java.util.ArrayList;
import java.util.List;

/** Counts what an UPDATE does to each column it sets. */
final class ColumnFigures {
  private static final int FIGURES_EACH = 3;

  private final ReadView view;

  ColumnFigures(ReadView view) {
    this.view = view;
  }

  List<ColumnChange> of(ChangedRows rows) {
    List<Object> figures = view.row(rows.columnChanges());
    List<ColumnChange> changes = new ArrayList<>();
    for (NewValue value : rows.values()) {
      int at = changes.size() * FIGURES_EACH;
      changes.add(
          new ColumnChange(
              value.column().name(),
              number(figures.get(at)),
              number(figures.get(at + 1)),
              number(figures.get(at + 2)),
              value.varies()));
    }
    return changes;
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
