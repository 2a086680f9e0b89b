package dev.cairn.snapshot;

import dev.cairn.database.KeyedRows;
import dev.cairn.database.MergeJoin;
import dev.cairn.database.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Compares two tables as planned: every row, every column, by value, null and type. */
public final class TableDiff {
  private final DiffPlan plan;
  private final KeyedRows here;
  private final KeyedRows there;

  /**
   * @param where a condition that limits both sides
   */
  public TableDiff(
      DiffPlan plan, DiffPlanner.Side here, DiffPlanner.Side there, Optional<String> where) {
    this.plan = plan;
    this.here =
        new KeyedRows(
            here.view(),
            here.dialect(),
            plan.hereTable(),
            plan.here(),
            plan.keys(),
            !plan.wholeRows(),
            where);
    this.there =
        new KeyedRows(
            there.view(),
            there.dialect(),
            plan.thereTable(),
            plan.there(),
            plan.keys(),
            !plan.wholeRows(),
            where);
  }

  /** What is read here. */
  public KeyedRows here() {
    return here;
  }

  /** What is read there. */
  public KeyedRows there() {
    return there;
  }

  /**
   * Compares, in the order of the key, and counts. Fails with exit 6 where it was asked to stop.
   *
   * @param by the place of the column whose values split the counts, -1 for none
   * @param differs takes every row that differs
   */
  public DiffCounts run(int by, Consumer<DifferingRow> differs, BooleanSupplier stop) {
    DiffCounts counts = new DiffCounts(plan, by);
    Consumer<DifferingRow> both =
        row -> {
          counts.differs(row);
          differs.accept(row);
        };
    new MergeJoin(here, there, stop).run(new Comparison(counts, both));
    return counts;
  }

  private final class Comparison implements MergeJoin.Receiver {
    private final DiffCounts counts;
    private final Consumer<DifferingRow> differs;

    Comparison(DiffCounts counts, Consumer<DifferingRow> differs) {
      this.counts = counts;
      this.differs = differs;
    }

    @Override
    public void onlyLeft(Object[] row) {
      differs.accept(DifferingRow.onlyHere(row));
    }

    @Override
    public void onlyRight(Object[] row) {
      differs.accept(DifferingRow.onlyThere(row));
    }

    @Override
    public void both(Object[] left, Object[] right) {
      List<Integer> changed = null;
      for (int i = plan.keys(); i < left.length; i++) {
        if (!ValueOrder.same(left[i], right[i])) {
          changed = changed == null ? new ArrayList<>() : changed;
          changed.add(i);
        }
      }
      if (changed == null) {
        counts.same(left);
      } else {
        differs.accept(DifferingRow.changed(left, right, changed));
      }
    }
  }
}
