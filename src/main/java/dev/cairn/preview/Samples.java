package dev.cairn.preview;

import dev.cairn.catalog.Column;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.ChangedRows.Kind;
import dev.cairn.plan.scope.InsertedRows;
import dev.cairn.preview.ScopeMeasurer.Figures;
import dev.cairn.preview.TargetScope.SampleCell;
import dev.cairn.preview.TargetScope.SampleRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a few rows as they are and as they would be; those that should not be touched first. */
final class Samples {
  private static final int SHOWN = 6;
  private static final int OF_EACH = 3;

  private final ReadView view;

  Samples(ReadView view) {
    this.view = view;
  }

  List<SampleRow> of(ChangedRows rows, Optional<ChangedRows> safe, Figures figures) {
    List<SampleRow> sample = new ArrayList<>();
    if (figures.asWritten == 0 || rows.key().isEmpty()) {
      return sample;
    }
    if (safe.isEmpty()) {
      return read(rows, rows.sample("", SHOWN), true);
    }
    if (figures.asWritten > figures.both) {
      sample.addAll(read(rows, rows.sampleOutside(safe.get(), OF_EACH), false));
    }
    if (figures.both > 0) {
      sample.addAll(read(rows, rows.sampleInside(safe.get(), OF_EACH), true));
    }
    return sample;
  }

  /** Rows to insert whose key is new, then rows that are there with other values. */
  List<SampleRow> of(InsertedRows rows, boolean different) {
    List<SampleRow> sample = new ArrayList<>();
    for (List<Object> row : view.exactRows(rows.sample(OF_EACH))) {
      List<SampleCell> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(new SampleCell(rows.columns().get(i).name(), null, row.get(i)));
      }
      sample.add(new SampleRow(List.of(), List.of(), cells, true));
    }
    if (different && rows.matched().flatMap(ChangedRows::key).isPresent()) {
      rows.sampleDifferent(OF_EACH)
          .ifPresent(query -> sample.addAll(read(rows.matched().orElseThrow(), query, true)));
    }
    return sample;
  }

  private List<SampleRow> read(ChangedRows rows, SqlFragment query, boolean keySafe) {
    List<String> names = rows.key().orElseThrow().columns();
    List<Column> columns = rows.sampledColumns();
    List<SampleRow> sample = new ArrayList<>();
    for (List<Object> row : view.exactRows(query)) {
      List<SampleCell> cells = new ArrayList<>();
      int at = names.size();
      for (Column column : columns) {
        Object before = row.get(at++);
        Object after = rows.kind() == Kind.UPDATE ? row.get(at++) : null;
        cells.add(new SampleCell(column.name(), before, after));
      }
      sample.add(new SampleRow(names, row.subList(0, names.size()), cells, keySafe));
    }
    return sample;
  }
}
