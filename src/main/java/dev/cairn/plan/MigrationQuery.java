package dev.cairn.plan;

import dev.cairn.catalog.Column;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one query that a migration is, for one lane, and every statement derived from it: what counts
 * it, writes it, and compares it with the target. Preview, batches and verification all ask here,
 * so they can't disagree.
 */
public final class MigrationQuery {
  private static final String NUMBER = "cairn_n";
  private static final String VALUE = "cairn_value";

  private final MigrateRows step;
  private final Lane lane;
  private final Dialect dialect;
  private final List<String> columns;

  /**
   * @param step the migration
   * @param lane the lane with its resolved entries
   * @param dialect the target database's SQL
   */
  public MigrationQuery(MigrateRows step, Lane lane, Dialect dialect) {
    this.step = step;
    this.lane = lane;
    this.dialect = dialect;
    this.columns = mappedColumns();
  }

  /** The target columns that the query fills, in the target's order. */
  public List<String> columns() {
    return columns;
  }

  /** The filled columns that a row must agree in to be identical: neither key nor on_insert. */
  public List<String> compared() {
    return columns.stream()
        .filter(column -> step.key().stream().noneMatch(column::equalsIgnoreCase))
        .filter(column -> !onInsert(column))
        .toList();
  }

  /** Rows that the query yields for each source row (or group). */
  public int rowsPerSource() {
    return step.fanOut().isPresent() ? lane.entries().size() : 1;
  }

  /** The query: every mapped column of every row that the range yields. */
  public SqlFragment rows(KeyRange range) {
    String list =
        columns.stream()
            .map(column -> expression(column) + " AS " + dialect.quote(column))
            .collect(Collectors.joining(", "));
    return SqlFragment.of("SELECT " + list).then(from(range, Gate.OPEN)).then(groups());
  }

  /** How many rows the query yields, counted in the source alone. */
  public SqlFragment count(KeyRange range) {
    int factor = rowsPerSource();
    if (step.aggregates()) {
      return SqlFragment.of("SELECT count(*) * " + factor + " FROM (SELECT 1")
          .then(fromSource(range))
          .then(" GROUP BY " + String.join(", ", step.groupBy()) + ") AS groups");
    }
    return SqlFragment.of("SELECT count(*) * " + factor).then(fromSource(range));
  }

  /** How many source rows lie in the range. */
  public SqlFragment sourceRows(KeyRange range) {
    return SqlFragment.of("SELECT count(*)").then(fromSource(range));
  }

  /** How many source rows lie above the lane's bound: they belong to the next plan. */
  public SqlFragment laterRows() {
    SqlFragment count =
        SqlFragment.of("SELECT count(*) FROM " + dialect.quote(step.source().name()))
            .then(" WHERE " + cursor() + " > ?", lane.bound());
    if (step.lane().isPresent()) {
      count = count.then(" AND " + dialect.quote(step.lane().get()) + " = ?", lane.value());
    }
    return step.filter().isPresent() ? count.then(" AND (" + step.filter().get() + ")") : count;
  }

  /**
   * The cursor value that ends a batch of about so many source rows (the last column counts them),
   * up to a bound. Rows that share that value are all in the batch.
   */
  public SqlFragment batchEnd(KeyRange rest, long sourceRows) {
    return SqlFragment.of("SELECT max(cairn_cursor), count(*) FROM (SELECT ")
        .then(step.cursor() + " AS cairn_cursor")
        .then(fromSource(rest))
        .then(" ORDER BY " + step.cursor() + " LIMIT " + sourceRows + ") AS cairn_batch");
  }

  /**
   * The write: every row of the range, except where its key is there already, by the plan's policy;
   * nothing where the gate is shut.
   */
  public SqlFragment insert(KeyRange range, Gate gate) {
    List<String> written = columns.stream().filter(this::isWritten).toList();
    String names = written.stream().map(dialect::quote).collect(Collectors.joining(", "));
    return SqlFragment.of(dialect.insertInto(step.target()))
        .then(quotedTarget() + " AS cairn_t (" + names + ") SELECT ")
        .then(written.stream().map(this::expression).collect(Collectors.joining(", ")))
        .then(from(range, gate))
        .then(groups())
        .then(" ON CONFLICT (" + quotedKey() + ") " + conflictClause());
  }

  /** Of the range's rows those whose key the target has, with the target row as {@code t}. */
  public SqlFragment matchedBy(SqlFragment what, KeyRange range, SqlFragment condition, Gate gate) {
    return SqlFragment.of("SELECT ")
        .then(what)
        .then(" FROM ")
        .then(gate.join())
        .then("(")
        .then(rows(range))
        .then(") AS q" + dialect.orderedJoin() + quotedTarget() + " AS t ON " + keysEqual())
        .then(condition.sql().isEmpty() ? condition : SqlFragment.of(" WHERE ").then(condition));
  }

  /** How many of the range's rows the target holds with identical and with other values. */
  public SqlFragment countIdenticalAndDiffering(KeyRange range) {
    return countIdenticalAndDiffering(range, SqlFragment.of(""), Gate.OPEN);
  }

  /**
   * The same of some of the target's rows.
   *
   * @param condition which rows, as {@code t}; empty text for all
   * @param gate none is looked at where it is shut
   */
  public SqlFragment countIdenticalAndDiffering(KeyRange range, SqlFragment condition, Gate gate) {
    // Counted once, as 0 or 1: asked twice, each row would be computed and compared twice.
    return SqlFragment.of("SELECT coalesce(sum(same), 0), count(*) - coalesce(sum(same), 0) FROM (")
        .then(
            matchedBy(
                SqlFragment.of(dialect.truth("(" + identical() + ")") + " AS same"),
                range,
                condition,
                gate))
        .then(") AS present");
  }

  /** How many of the range's rows have their key in the target, whatever the values. */
  public SqlFragment countPresent(KeyRange range) {
    return matchedBy(SqlFragment.of("count(*)"), range, SqlFragment.of(""), Gate.OPEN);
  }

  /** Every row of the range beside the target row of its key, where there is one, as q and t. */
  public SqlFragment beside(String what, KeyRange range) {
    return SqlFragment.of("SELECT " + what + " FROM (")
        .then(rows(range))
        .then(") AS q LEFT JOIN " + quotedTarget() + " AS t ON " + keysEqual());
  }

  /** Holds where q and t agree in every compared column, by value, null and type. */
  public String identical() {
    List<String> terms = compared().stream().map(name -> "(" + identical(name) + ")").toList();
    return terms.isEmpty() ? "TRUE" : dialect.asOne(String.join(" AND ", terms));
  }

  /** Holds where q and t agree in one column. */
  public String identical(String name) {
    Column column = step.target().column(name).orElseThrow();
    String quoted = dialect.quote(column.name());
    return dialect.identical(column, step.target(), "t." + quoted, "q." + quoted);
  }

  /** The SQL of a column of this lane's rows. */
  public String expression(String column) {
    if (step.fanOut().isPresent()) {
      if (step.fanOut().get().column().sql().equalsIgnoreCase(column)) {
        return VALUE;
      }
      if (lane.entries().stream().anyMatch(entry -> entry.columns().containsKey(column))) {
        return choose(column);
      }
    }
    ColumnSpec common = step.columns().get(column);
    return common == null ? "NULL" : common.value().sql();
  }

  /** A condition on the target (as {@code t}) that its row lies in this lane; binds the lane. */
  public SqlFragment targetLane() {
    if (step.lane().isEmpty()) {
      return SqlFragment.of("TRUE");
    }
    String laneColumn = step.lane().get();
    for (String column : columns) {
      ColumnSpec spec = step.columns().get(column);
      if (spec != null && isName(spec.value().sql(), laneColumn)) {
        return SqlFragment.of("t." + dialect.quote(column) + " = ?", lane.value());
      }
    }
    return SqlFragment.of("TRUE");
  }

  /** Whether an expression is nothing but this column's name. */
  static boolean isName(String expression, String column) {
    String bare = expression.strip();
    boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
    return (quoted ? bare.substring(1, bare.length() - 1) : bare).equalsIgnoreCase(column);
  }

  /** The FROM and WHERE of the source rows in a range, without the fan-out. */
  public SqlFragment fromSource(KeyRange range) {
    return SqlFragment.of(" FROM " + dialect.quote(step.source().name())).then(where(range));
  }

  MigrateRows step() {
    return step;
  }

  Lane lane() {
    return lane;
  }

  Dialect dialect() {
    return dialect;
  }

  private SqlFragment from(KeyRange range, Gate gate) {
    String tables = dialect.quote(step.source().name());
    if (step.fanOut().isPresent()) {
      List<List<Object>> rows =
          lane.entries().stream()
              .map(entry -> java.util.Arrays.asList((Object) (long) entry.number(), entry.value()))
              .toList();
      tables += " CROSS JOIN " + dialect.constants(List.of(NUMBER, VALUE), rows, "cairn_entry");
    }
    return SqlFragment.of(" FROM ").then(gate.join()).then(tables).then(where(range));
  }

  /** The cursor as an operand: {@code a OR b <= ?} would let go of every condition behind it. */
  private String cursor() {
    String cursor = step.cursor().strip();
    return cursor.matches("\\w+") ? cursor : "(" + cursor + ")";
  }

  private SqlFragment where(KeyRange range) {
    SqlFragment where = SqlFragment.of(" WHERE " + cursor() + " <= ?", range.upTo());
    if (range.after().isPresent()) {
      where = where.then(" AND " + cursor() + " > ?", range.after().get());
    }
    if (step.lane().isPresent()) {
      where = where.then(" AND " + dialect.quote(step.lane().get()) + " = ?", lane.value());
    }
    return step.filter().isPresent() ? where.then(" AND (" + step.filter().get() + ")") : where;
  }

  private String groups() {
    if (!step.aggregates()) {
      return "";
    }
    String groups = " GROUP BY " + String.join(", ", step.groupBy());
    return step.fanOut().isPresent() ? groups + ", " + NUMBER + ", " + VALUE : groups;
  }

  private String choose(String column) {
    StringBuilder choice = new StringBuilder("CASE " + NUMBER);
    for (Entry entry : lane.entries()) {
      ColumnSpec spec = entry.columns().get(column);
      if (spec != null) {
        choice.append(" WHEN ").append(entry.number());
        choice.append(" THEN ").append(spec.value().sql());
      }
    }
    ColumnSpec otherwise = step.columns().get(column);
    if (otherwise != null) {
      choice.append(" ELSE ").append(otherwise.value().sql());
    }
    return choice.append(" END").toString();
  }

  private String conflictClause() {
    List<String> written = compared();
    if (step.onConflict() != ConflictPolicy.REPLACE || written.isEmpty()) {
      return "DO NOTHING";
    }
    List<String> changes = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (String name : written) {
      String quoted = dialect.quote(name);
      Column column = step.target().column(name).orElseThrow();
      changes.add(quoted + " = excluded." + quoted);
      same.add(
          "("
              + dialect.identical(column, step.target(), "cairn_t." + quoted, "excluded." + quoted)
              + ")");
    }
    return "DO UPDATE SET "
        + String.join(", ", changes)
        + " WHERE NOT ("
        + String.join(" AND ", same)
        + ")";
  }

  private Stream<Map<String, ColumnSpec>> entriesOfThePlan() {
    return step.fanOut().stream()
        .flatMap(fanOut -> fanOut.variants().values().stream())
        .flatMap(variant -> variant.values().stream());
  }

  private String keysEqual() {
    return step.key().stream()
        .map(name -> sameKey("t.", name))
        .collect(Collectors.joining(" AND "));
  }

  private String sameKey(String label, String name) {
    Column column = step.target().column(name).orElseThrow();
    String quoted = dialect.quote(name);
    return dialect.sameKey(column, label + quoted, "q." + quoted);
  }

  private String quotedKey() {
    return step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
  }

  private String quotedTarget() {
    return dialect.quote(step.target().name());
  }

  /** A key that the database computes of what else is written is compared only. */
  private boolean isWritten(String column) {
    return step.target().column(column).filter(Column::generated).isEmpty();
  }

  private boolean onInsert(String column) {
    ColumnSpec common = step.columns().get(column);
    boolean anywhere =
        entriesOfThePlan()
            .map(columns -> columns.get(column))
            .anyMatch(spec -> spec != null && spec.onInsert());
    return anywhere || (common != null && common.onInsert());
  }

  /**
   * One query has one list of columns: which they are depends on the plan alone, not on the lane's
   * variant or on the entries that its lookup happened to find.
   */
  private List<String> mappedColumns() {
    Set<String> named = new LinkedHashSet<>(step.columns().keySet());
    step.fanOut().ifPresent(fanOut -> named.add(fanOut.column().sql()));
    entriesOfThePlan().map(Map::keySet).forEach(named::addAll);
    return step.target().columns().stream()
        .map(Column::name)
        .filter(column -> named.stream().anyMatch(column::equalsIgnoreCase))
        .toList();
  }
}
