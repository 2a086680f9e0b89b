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
  private final Optional<SharedDiff> shared;

  /**
   * @param where a condition that limits both sides
   * @param shared the name by which the view here reads the other database too; empty where it
   *     doesn't
   */
  public TableDiff(
      DiffPlan plan,
      DiffPlanner.Side here,
      DiffPlanner.Side there,
      Optional<String> where,
      Optional<String> shared) {
    this.plan = plan;
    this.shared =
        shared
            .map(schema -> new SharedDiff(plan, here, there, where, schema))
            .filter(SharedDiff::serves);
    this.here =
        new KeyedRows(
            here.view(),
            here.dialect(),
            here.table(),
            plan.here(),
            plan.keys(),
            !plan.wholeRows(),
            where);
    this.there =
        new KeyedRows(
            there.view(),
            there.dialect(),
            there.table(),
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
    boolean few = by < 0 || shared.isEmpty() || shared.get().hasFewValues(by, DiffCounts.GROUPS);
    if (shared.isPresent() && few) {
      shared.get().run(new Comparison(row -> {}, both), stop);
      shared
          .get()
          .totals(by)
          .forEach(each -> counts.rest(each.get(0), ((Number) each.get(1)).longValue()));
    } else {
      new MergeJoin(here, there, stop).run(new Comparison(counts::same, both));
    }
    return counts;
  }

  private final class Comparison implements MergeJoin.Receiver {
    private final Consumer<Object[]> same;
    private final Consumer<DifferingRow> differs;

    Comparison(Consumer<Object[]> same, Consumer<DifferingRow> differs) {
      this.same = same;
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
        same.accept(left);
      } else {
        differs.accept(DifferingRow.changed(left, right, changed));
      }
    }
  }
}
