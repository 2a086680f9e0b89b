package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows that an INSERT brings, asked with the person's own query as a CTE, and what the target
 * has of them by the keys that the statement can conflict with.
 */
public final class InsertedRows implements StatementScope {
  /** The CTE that yields the rows to insert; its columns are {@code cairn_c1} and so on. */
  static final String SOURCE = "cairn_source";

  private final Table table;
  private final Policy policy;
  private final String with;
  private final List<Column> columns;
  private final ConflictKeys keys;
  private final Optional<ChangedRows> matched;
  private final Optional<ChangedRows> replaced;
  private final Dialect dialect;

  /** What happens to a row whose key is there. */
  public enum Policy {
    /** The statement fails. */
    FAIL,
    /** The row is left out. */
    IGNORE,
    /** The row that is there is updated. */
    UPDATE,
    /** The row that is there is taken away first. */
    REPLACE
  }

  InsertedRows(
      Table table,
      Policy policy,
      String with,
      List<Column> columns,
      ConflictKeys keys,
      Optional<ChangedRows> matched,
      Optional<ChangedRows> replaced,
      Dialect dialect) {
    this.table = table;
    this.policy = policy;
    this.with = with;
    this.columns = List.copyOf(columns);
    this.keys = keys;
    this.matched = matched;
    this.replaced = replaced;
    this.dialect = dialect;
  }

  @Override
  public String target() {
    return table.name();
  }

  /** The table that the rows go into. */
  public Table table() {
    return table;
  }

  /** What happens to a row whose key is there. */
  public Policy policy() {
    return policy;
  }

  /** The columns that the statement gives, in its order. */
  public List<Column> columns() {
    return columns;
  }

  /**
   * Rows of the target whose key the query yields, with the values that the statement would write
   * over them: those of DO UPDATE, else those of the query. Empty where no key can conflict.
   */
  public Optional<ChangedRows> matched() {
    return matched;
  }

  /** Rows that a REPLACE takes away; empty for every other statement. */
  public Optional<ChangedRows> replaced() {
    return replaced;
  }

  /** A query over the rows to insert, whose columns are {@code cairn_c1} and so on. */
  public String source(String select, String rest) {
    return with + "SELECT " + select + " FROM " + SOURCE + rest;
  }

  /** How many rows the query yields. */
  public SqlFragment count() {
    return SqlFragment.of(source("count(*)", ""));
  }

  /**
   * How many rows the query yields, how many of them have a key that the target has already, and
   * how many of those are there with the same values.
   */
  public SqlFragment counts() {
    String coded = source(keys.state(identical()) + " AS cairn_state", "");
    return SqlFragment.of(
        "SELECT count(*), count(cairn_state), count(CASE cairn_state WHEN 2 THEN 1 END) FROM ("
            + coded
            + ") AS cairn_q");
  }

  /** How many rows bring a new key that an earlier row of the same statement brings too. */
  public SqlFragment repeated() {
    if (keys.isEmpty()) {
      return SqlFragment.of("SELECT 0");
    }
    List<String> first = keys.firstValues();
    String named =
        first.stream().map(value -> value + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String groups =
        source(
            "count(*) AS cairn_n",
            " WHERE "
                + named
                + " AND "
                + keys.state("0")
                + " IS NULL GROUP BY "
                + String.join(", ", keys.firstGroups())
                + " HAVING count(*) > 1");
    return SqlFragment.of("SELECT coalesce(sum(cairn_n - 1), 0) FROM (" + groups + ") AS cairn_q");
  }

  /**
   * How many rows by the values of a column that the statement gives; empty where it gives none.
   */
  public Optional<SqlFragment> countBy(String column, int limit) {
    return place(column)
        .map(
            value ->
                SqlFragment.of(
                    source(value + ", count(*)", " GROUP BY 1 ORDER BY 1 LIMIT " + limit)));
  }

  /** Some rows whose key isn't there yet, in the statement's columns. */
  public SqlFragment sample(int limit) {
    String all =
        IntStream.rangeClosed(1, columns.size())
            .mapToObj(i -> "cairn_c" + i)
            .collect(Collectors.joining(", "));
    return SqlFragment.of(source(all, " WHERE " + keys.state("0") + " IS NULL LIMIT " + limit));
  }

  /** Some rows that are there with other values, as {@link ChangedRows#sample} gives them. */
  public Optional<SqlFragment> sampleDifferent(int limit) {
    return matched.map(
        rows -> {
          String different =
              rows.values().stream()
                  .map(
                      value ->
                          "NOT ("
                              + dialect.identical(
                                  value.column(),
                                  table,
                                  rows.stored(value.column().name()),
                                  value.sql())
                              + ")")
                  .collect(Collectors.joining(" OR "));
          return rows.sample(different, limit);
        });
  }

  /**
   * Holds where the row of the target, named {@code cairn_t}, has the values of the query's row.
   */
  private String identical() {
    return IntStream.range(0, columns.size())
        .mapToObj(
            i ->
                "("
                    + dialect.identical(
                        columns.get(i),
                        table,
                        "cairn_t." + dialect.quote(columns.get(i).name()),
                        SOURCE + ".cairn_c" + (i + 1))
                    + ")")
        .collect(Collectors.joining(" AND "));
  }

  private Optional<String> place(String column) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equalsIgnoreCase(column))
        .mapToObj(i -> SOURCE + ".cairn_c" + (i + 1))
        .findFirst();
  }
}
