package dev.cairn.snapshot;

import dev.cairn.database.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many rows are the same and how many differ, in all, by column and by a column's values. */
public final class DiffCounts {
  /** Beyond these, values are counted together, so that memory stays flat. */
  static final int GROUPS = 10_000;

  private final Rows rows = new Rows();
  private final List<Values> columns = new ArrayList<>();
  private final Map<Object, Rows> groups = new TreeMap<>(ValueOrder.BINARY);
  private final Rows others = new Rows();
  private final int by;

  /** Rows of one kind each. */
  public static final class Rows {
    private long same;
    private long changed;
    private long onlyHere;
    private long onlyThere;

    public long same() {
      return same;
    }

    public long changed() {
      return changed;
    }

    public long onlyHere() {
      return onlyHere;
    }

    public long onlyThere() {
      return onlyThere;
    }

    /** Rows that differ in any way. */
    public long differing() {
      return changed + onlyHere + onlyThere;
    }

    private void add(DifferingRow row) {
      switch (row.side()) {
        case HERE -> onlyHere++;
        case THERE -> onlyThere++;
        default -> changed++;
      }
    }
  }

  /** What became of a column's values in rows that are on both sides. */
  public static final class Values {
    private final String column;
    private long changed;
    private long nullHere;
    private long nullThere;

    private Values(String column) {
      this.column = column;
    }

    public String column() {
      return column;
    }

    /** Values that differ. */
    public long changed() {
      return changed;
    }

    /** Of these, how many are NULL here. */
    public long nullHere() {
      return nullHere;
    }

    /** Of these, how many are NULL there. */
    public long nullThere() {
      return nullThere;
    }
  }

  /**
   * @param by the place of the column whose values split the counts, -1 for none
   */
  DiffCounts(DiffPlan plan, int by) {
    plan.here().forEach(column -> columns.add(new Values(column)));
    this.by = by;
  }

  void same(Object[] row) {
    rows.same++;
    if (by >= 0) {
      group(row[by]).same++;
    }
  }

  /** Of all rows here, in all or with this value, those that didn't differ are the same. */
  void rest(Object value, long here) {
    Rows counted = by < 0 ? rows : group(value);
    counted.same = here - counted.changed - counted.onlyHere;
    if (by >= 0) {
      rows.same += counted.same;
    }
  }

  void differs(DifferingRow row) {
    rows.add(row);
    if (by >= 0) {
      group(row.row().get(by)).add(row);
    }
    for (int column : row.changed()) {
      Values values = columns.get(column);
      values.changed++;
      values.nullHere += row.here().get(column) == null ? 1 : 0;
      values.nullThere += row.there().get(column) == null ? 1 : 0;
    }
  }

  private Rows group(Object value) {
    Rows known = groups.get(value);
    if (known == null && groups.size() >= GROUPS) {
      return others;
    }
    return known != null ? known : groups.computeIfAbsent(value, first -> new Rows());
  }

  /** All rows. */
  public Rows rows() {
    return rows;
  }

  /** The columns in which rows differ. */
  public List<Values> columns() {
    return columns.stream().filter(values -> values.changed > 0).toList();
  }

  /**
   * The rows for each value of the column that splits the counts; of a changed row, its value here.
   */
  public Map<Object, Rows> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** The rows of values beyond the first ten thousand. */
  public Rows others() {
    return others;
  }
}
