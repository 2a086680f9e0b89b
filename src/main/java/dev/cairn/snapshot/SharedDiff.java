package dev.cairn.snapshot;

import dev.cairn.catalog.Column;
import dev.cairn.database.MergeJoin;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.ValueOrder;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Finds the rows that differ where one query can read both tables: the engine passes over those
 * that are the same, which costs a third of handing every row over. What it calls different is
 * compared again outside, so that it need only miss none.
 */
final class SharedDiff {
  private static final int AT_HAND = 10_000;
  private static final long LOOK_MILLIS = 100;

  private final DiffPlan plan;
  private final DiffPlanner.Side here;
  private final DiffPlanner.Side there;
  private final Optional<String> where;
  private final String schema;
  private final Dialect dialect;

  /**
   * @param here its view reads both
   * @param schema the name by which that view calls the other database
   */
  SharedDiff(
      DiffPlan plan,
      DiffPlanner.Side here,
      DiffPlanner.Side there,
      Optional<String> where,
      String schema) {
    this.plan = plan;
    this.here = here;
    this.there = there;
    this.where = where;
    this.schema = schema;
    this.dialect = here.dialect();
  }

  /** Whether a search by the key finds what is the same by value and type. */
  boolean serves() {
    for (int i = 0; i < plan.keys(); i++) {
      Column one = column(here, plan.here().get(i));
      Column other = column(there, plan.there().get(i));
      boolean alike =
          dialect.keeps(one, here.table(), "?").equals(dialect.keeps(other, there.table(), "?"));
      if (!alike || folds(one) || folds(other)) {
        return false;
      }
    }
    return !plan.wholeRows();
  }

  /** Whether the values of a column, on both sides, are no more than so many. */
  boolean hasFewValues(int column, int most) {
    return here.view()
        .rows(
            SqlFragment.of(
                "SELECT 1 FROM (SELECT %s AS v FROM %s AS n UNION SELECT %s FROM %s AS h) LIMIT 1 OFFSET %d"
                    .formatted(
                        quote("n", plan.here().get(column)),
                        rowsHere(),
                        quote("h", plan.there().get(column)),
                        rowsThere(),
                        most)))
        .isEmpty();
  }

  /** How many rows there are here, for each value of a column or (below 0) in all. */
  List<List<Object>> totals(int column) {
    if (column < 0) {
      return List.of(here.view().row(SqlFragment.of("SELECT NULL, count(*) FROM " + rowsHere())));
    }
    String value = quote("n", plan.here().get(column));
    List<List<Object>> totals = new ArrayList<>();
    try (RowStream rows =
        here.view()
            .query(
                SqlFragment.of(
                    "SELECT %s, count(*) FROM %s AS n GROUP BY %s"
                        .formatted(
                            value,
                            rowsHere(),
                            dialect.binaryOrder(
                                value, column(here, plan.here().get(column)).type()))))) {
      while (rows.next()) {
        totals.add(Arrays.asList(read(rows))); // exactly, as the rows that differ are
      }
    }
    return totals;
  }

  /**
   * Hands over every row that differs, in the order of the key, and perhaps some that don't. Fails
   * with exit 6 where it was asked to stop.
   */
  void run(MergeJoin.Receiver receiver, BooleanSupplier stop) {
    Thread watch = watch(here.view(), stop);
    try (RowStream rows = here.view().query(unlikeHere())) {
      Deque<Object[]> atHand = new ArrayDeque<>();
      long missing = 0;
      while (atHand.size() < AT_HAND && rows.next()) {
        atHand.add(read(rows));
        missing += isMissing(atHand.getLast()) ? 1 : 0;
      }
      boolean all = atHand.size() < AT_HAND;
      if (all && count(rowsHere()) - missing == count(rowsThere())) {
        atHand.forEach(row -> hand(row, receiver)); // each row there has its own here
        return;
      }
      try (RowStream only = here.view().query(onlyThere())) {
        merge(atHand, rows, only, receiver);
      }
    } catch (CairnException failed) {
      throw stop.getAsBoolean() ? stopped() : failed;
    } finally {
      watch.interrupt();
    }
  }

  private void merge(
      Deque<Object[]> atHand, RowStream rows, RowStream only, MergeJoin.Receiver receiver) {
    Object[] other = only.next() ? read(only) : null;
    Object[] one = atHand.isEmpty() ? null : atHand.poll();
    while (one != null || other != null) {
      boolean ours =
          other == null || (one != null && ValueOrder.keys(one, other, plan.keys()) <= 0);
      if (ours) {
        hand(one, receiver);
        one = !atHand.isEmpty() ? atHand.poll() : rows.next() ? read(rows) : null;
      } else {
        receiver.onlyRight(other);
        other = only.next() ? read(only) : null;
      }
    }
  }

  private void hand(Object[] pair, MergeJoin.Receiver receiver) {
    int width = plan.here().size();
    Object[] left = Arrays.copyOf(pair, width);
    if (isMissing(pair)) {
      receiver.onlyLeft(left);
    } else {
      receiver.both(left, Arrays.copyOfRange(pair, width, 2 * width));
    }
  }

  private boolean isMissing(Object[] pair) {
    return pair[plan.here().size()] == null; // what the key finds has a key
  }

  private static Object[] read(RowStream rows) {
    return rows.exactRow().toArray();
  }

  /**
   * Read in the order in which the table is stored, and sorted behind it: few rows are left then,
   * and in the key's order pages all over the file would be touched.
   */
  private SqlFragment unlikeHere() {
    List<String> unlike = new ArrayList<>();
    unlike.add(quote("h", plan.there().get(0)) + " IS NULL");
    for (int i = plan.keys(); i < plan.here().size(); i++) {
      String other = otherType(i);
      unlike.add(
          "+%s IS NOT +%s COLLATE BINARY%s"
              .formatted(
                  quote("n", plan.here().get(i)),
                  quote("h", plan.there().get(i)),
                  other.isEmpty() ? "" : " OR " + other));
    }
    return SqlFragment.of(
        "SELECT %s, %s FROM %s AS n LEFT JOIN %s AS h ON %s WHERE %s ORDER BY %s"
            .formatted(
                list("n", plan.here()),
                list("h", plan.there()),
                rowsHere(),
                rowsThere(),
                sameKey(),
                String.join(" OR ", unlike),
                order("n", plan.here())));
  }

  private SqlFragment onlyThere() {
    return SqlFragment.of(
        "SELECT %s FROM %s AS h WHERE NOT EXISTS (SELECT 1 FROM %s AS n WHERE %s) ORDER BY %s"
            .formatted(
                list("h", plan.there()),
                rowsThere(),
                rowsHere(),
                sameKey(),
                order("h", plan.there())));
  }

  private long count(String rows) {
    return here.view().number(SqlFragment.of("SELECT count(*) FROM " + rows));
  }

  private String sameKey() {
    List<String> same = new ArrayList<>();
    for (int i = 0; i < plan.keys(); i++) {
      same.add(quote("h", plan.there().get(i)) + " = " + quote("n", plan.here().get(i)));
      String other = otherType(i);
      if (!other.isEmpty()) {
        same.add("NOT " + other);
      }
    }
    return String.join(" AND ", same);
  }

  private String otherType(int i) {
    String one = plan.here().get(i);
    String other = plan.there().get(i);
    return dialect.otherType(
        quote("n", one),
        dialect.keeps(column(here, one), here.table(), "?"),
        quote("h", other),
        dialect.keeps(column(there, other), there.table(), "?"));
  }

  private String order(String side, List<String> columns) {
    return columns.subList(0, plan.keys()).stream()
        .map(column -> "+" + quote(side, column) + " COLLATE BINARY")
        .collect(Collectors.joining(", "));
  }

  private String rowsHere() {
    return rows(dialect.quote(plan.hereTable()), plan.here());
  }

  private String rowsThere() {
    return rows(dialect.quote(schema) + "." + dialect.quote(plan.thereTable()), plan.there());
  }

  /** The line's end closes a comment that the condition may end with. */
  private String rows(String table, List<String> columns) {
    String list = columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
    return where
        .map(text -> "(SELECT " + list + " FROM " + table + " WHERE (" + text + "\n))")
        .orElse(table);
  }

  private String list(String side, List<String> columns) {
    return columns.stream().map(column -> quote(side, column)).collect(Collectors.joining(", "));
  }

  private String quote(String side, String column) {
    return side + "." + dialect.quote(column);
  }

  private static boolean folds(Column column) {
    return !column.collation().isEmpty() && !column.collation().equalsIgnoreCase("BINARY");
  }

  private static Column column(DiffPlanner.Side side, String name) {
    return side.table().column(name).orElseThrow();
  }

  private static CairnException stopped() {
    return CairnException.stopped("interrupted", "interrupted while comparing")
        .hint("nothing was written; run it again");
  }

  /** Ends the engine's work where a person asks to stop: it may give no row for seconds. */
  private static Thread watch(ReadView view, BooleanSupplier stop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(LOOK_MILLIS);
                  if (stop.getAsBoolean()) {
                    view.cancel();
                  }
                }
              } catch (InterruptedException done) {
                return;
              }
            },
            "cairn-watch");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
