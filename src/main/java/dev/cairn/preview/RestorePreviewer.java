package dev.cairn.preview;

import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.RestoreSpec;
import dev.cairn.plan.ThreeWay;
import dev.cairn.preview.RestoreScope.ByKey;
import dev.cairn.preview.RestoreScope.Left;
import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.preview.TargetScope.SampleCell;
import dev.cairn.preview.TargetScope.SampleRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Counts what a restore would put back and what it would leave, and shows some of both. */
public final class RestorePreviewer {
  private static final int SAMPLE = 5;
  private static final int FIGURES_EACH = 3;

  private final ReadView view;
  private final ThreeWay rows;

  private RestorePreviewer(ReadView view, ThreeWay rows) {
    this.view = view;
    this.rows = rows;
  }

  /**
   * Looks at the database beside the snapshot.
   *
   * @param view reads both
   */
  public static RestoreScope preview(ReadView view, RestoreSpec wanted, ThreeWay rows) {
    return new RestorePreviewer(view, rows).scope(wanted);
  }

  /** In how many rows each column differs that could be put back; only those that do. */
  public static Map<String, Long> differences(ReadView view, ThreeWay rows) {
    Map<String, Long> differences = new LinkedHashMap<>();
    List<Object> counts = view.row(rows.differences());
    for (int i = 0; i < rows.target().after().size(); i++) {
      if (number(counts.get(i + 1)) > 0) {
        differences.put(rows.target().after().get(i), number(counts.get(i + 1)));
      }
    }
    return differences;
  }

  private RestoreScope scope(RestoreSpec wanted) {
    Map<Object, ByKey> by = new LinkedHashMap<>();
    each(
        rows.differing(),
        by,
        row -> {
          long restored = number(row.get(1));
          long since = number(row.get(2));
          return new ByKey(
              row.get(0), restored, since, number(row.get(3)) - restored - since, 0, 0);
        });
    long gone =
        each(rows.onlyThere(), by, row -> new ByKey(row.get(0), 0, 0, 0, number(row.get(1)), 0));
    long fitting =
        each(rows.onlyHere(), by, row -> new ByKey(row.get(0), 0, 0, 0, 0, number(row.get(1))));
    String leading = rows.target().key().get(0);
    return new RestoreScope(
        rows.target().table().name(),
        wanted.from().sql(),
        leading,
        List.copyOf(by.values()),
        rows.where().isPresent() ? fitting : 0,
        gone,
        columns(),
        sample(),
        kept(),
        missing(),
        wanted.withDeleted(),
        rows.where().isPresent());
  }

  /** Adds the counts up; gives the sum of the third column, where there is one. */
  private long each(SqlFragment query, Map<Object, ByKey> by, Function<List<Object>, ByKey> read) {
    long fitting = 0;
    for (List<Object> row : view.exactRows(query)) {
      by.merge(identity(row.get(0)), read.apply(row), ByKey::plus);
      fitting += number(row.get(2));
    }
    return fitting;
  }

  private static Object identity(Object value) {
    return value instanceof byte[] bytes ? java.nio.ByteBuffer.wrap(bytes) : value;
  }

  private List<ColumnChange> columns() {
    List<Object> figures = view.row(rows.figures());
    List<ColumnChange> changes = new ArrayList<>();
    for (String column : rows.target().after()) {
      int at = 1 + changes.size() * FIGURES_EACH;
      changes.add(
          new ColumnChange(
              column,
              number(figures.get(at)),
              number(figures.get(at + 1)),
              number(figures.get(at + 2)),
              false));
    }
    return changes;
  }

  private List<SampleRow> sample() {
    List<String> compared = rows.compared();
    List<String> key = rows.target().key();
    List<SampleRow> sample = new ArrayList<>();
    for (List<Object> row : view.exactRows(rows.changed().then(" LIMIT " + SAMPLE))) {
      List<SampleCell> cells = new ArrayList<>();
      int at = compared.size();
      for (String column : rows.target().after()) {
        cells.add(new SampleCell(column, row.get(compared.indexOf(column)), row.get(at++)));
      }
      sample.add(new SampleRow(key, row.subList(0, key.size()), cells, true));
    }
    return sample;
  }

  private List<Left> kept() {
    int width = rows.target().key().size();
    String otherwise =
        rows.where().isPresent() ? "not described as damaged" : "no run of Cairn left it so";
    List<Left> kept = new ArrayList<>();
    for (List<Object> row : view.exactRows(rows.kept(SAMPLE))) {
      boolean since = number(row.get(width)) > 0;
      kept.add(new Left(key(row, width), since ? "written since a run left it" : otherwise));
    }
    return kept;
  }

  private List<Left> missing() {
    int width = rows.target().key().size();
    return view.exactRows(rows.missing(SAMPLE)).stream()
        .map(row -> new Left(key(row, width), "only in the snapshot"))
        .toList();
  }

  private static List<Object> key(List<Object> row, int width) {
    return Collections.unmodifiableList(new ArrayList<>(row.subList(0, width)));
  }

  private static long number(Object value) {
    return value == null ? 0 : ((Number) value).longValue();
  }
}
