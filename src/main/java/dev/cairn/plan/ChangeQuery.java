package dev.cairn.plan;

import dev.cairn.catalog.Column;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.scope.ChangedRows;
import dev.cairn.plan.scope.NewValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The queries of a change that is cut into batches: which rows it touches, as they are and as they
 * shall be, whole or by ranges of the target's key. Preview, batches and verification ask here.
 */
public final class ChangeQuery {
  private final ChangedRows rows;
  private final TouchedTable target;
  private final Dialect dialect;

  /**
   * @param step a change of rows that can be asked for
   * @param dialect the target database's SQL
   */
  public ChangeQuery(ChangeRows step, Dialect dialect) {
    this.rows = (ChangedRows) step.scope();
    this.target = step.target();
    this.dialect = dialect;
  }

  /** How many rows it touches. */
  public SqlFragment count() {
    return rows.count();
  }

  /** How many matches there are: more than rows, where a join meets a row twice. */
  public SqlFragment matches() {
    return SqlFragment.of(rows.matches("count(*)", ""));
  }

  /**
   * Each row once: the columns kept as they were, then the values to write. In the order in which
   * the table stores them where it has one of its own: a batch then writes pages that lie together
   * (measured: five times less work than in the order of a key by which the rows don't lie).
   */
  public SqlFragment images() {
    List<String> select = images(true);
    String list = numbered(select.size());
    boolean stored = !target.table().withoutRowid() && target.table().column("rowid").isEmpty();
    if (stored) {
      select.add(rows.stored("rowid"));
    }
    String order = stored ? " ORDER BY cairn_" + select.size() : "";
    return SqlFragment.of("SELECT " + list + " FROM (" + rows.rows(select, "") + ")" + order);
  }

  /** The same in no order, for a statement that changes them itself. */
  public SqlFragment unordered() {
    List<String> select = images(true);
    return SqlFragment.of(
        "SELECT " + numbered(select.size()) + " FROM (" + rows.rows(select, "") + ")");
  }

  /** The rows as they are, without the values to write: what a plan's digest is made of. */
  public SqlFragment pictures(Optional<String> bound) {
    List<String> select = images(false);
    if (bound.isEmpty()) {
      String list = numbered(select.size());
      return SqlFragment.of("SELECT " + list + " FROM (" + rows.rows(select, "") + ")");
    }
    KeyRange range = KeyRange.upTo(bound.get());
    SqlFragment condition = within(range, rows::stored);
    return new SqlFragment(
        rows.matches(String.join(", ", select), condition.sql()), condition.binds());
  }

  /**
   * The same for the rows of one key range. The engine reads the range and nothing else: left to
   * itself it may follow the statement's own conditions through the whole table for each batch.
   */
  public SqlFragment images(KeyRange range) {
    SqlFragment among =
        SqlFragment.of("SELECT " + read() + " FROM " + table())
            .then(" WHERE ")
            .then(within(range, dialect::quote))
            // The order makes the engine take the key's index, and of it the range alone.
            .then(" ORDER BY " + key() + " LIMIT 9223372036854775807");
    return new SqlFragment(
        rows.matchesAmong(among.sql(), String.join(", ", images(true))), among.binds());
  }

  /** The key of the row that ends a range of so many rows of the target; no row at its end. */
  public SqlFragment rangeEnd(KeyRange rest, long count) {
    return SqlFragment.of("SELECT " + key() + " FROM " + table() + " WHERE ")
        .then(within(rest, dialect::quote))
        .then(" ORDER BY " + key() + " LIMIT 1 OFFSET " + (count - 1));
  }

  /** The highest key that it touches; no row where it touches none. */
  public SqlFragment bound() {
    String descending =
        target.key().stream()
            .map(column -> rows.stored(column) + " DESC")
            .collect(Collectors.joining(", "));
    String stored = target.key().stream().map(rows::stored).collect(Collectors.joining(", "));
    return SqlFragment.of(rows.matches(stored, "") + " ORDER BY " + descending + " LIMIT 1");
  }

  private List<String> images(boolean withValues) {
    List<String> select = new ArrayList<>();
    target.before().forEach(column -> select.add(rows.stored(column)));
    if (withValues) {
      for (String column : target.after()) {
        select.add(
            rows.values().stream()
                .filter(value -> value.column().name().equalsIgnoreCase(column))
                .map(NewValue::sql)
                .findFirst()
                .orElseThrow());
      }
    }
    return select;
  }

  private SqlFragment within(KeyRange range, Function<String, String> stored) {
    String names = target.key().stream().map(stored).collect(Collectors.joining(", ", "(", ")"));
    SqlFragment condition = SqlFragment.of("1 = 1");
    if (range.after().isPresent()) {
      condition = compared(names + " > ", range.after().get());
    }
    return range.upTo() == null
        ? condition
        : condition.then(" AND ").then(compared(names + " <= ", range.upTo()));
  }

  private SqlFragment compared(String sql, Object tuple) {
    List<Object> values = KeyTuple.values((String) tuple);
    String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
    return new SqlFragment(sql + "(" + marks + ")", values);
  }

  private static String numbered(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("cairn_" + i);
    }
    return String.join(", ", names);
  }

  /** The columns that the statement reads are among those kept; a generated one reads any. */
  private String read() {
    boolean generates = target.table().columns().stream().anyMatch(Column::generated);
    return generates
        ? "*"
        : target.before().stream().map(dialect::quote).collect(Collectors.joining(", "));
  }

  private String key() {
    return target.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
  }

  private String table() {
    return dialect.quote(target.table().name());
  }
}
