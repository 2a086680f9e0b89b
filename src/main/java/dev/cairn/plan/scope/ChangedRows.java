package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows that an UPDATE, a DELETE or a TRUNCATE touches, asked with the person's own FROM and
 * WHERE: {@code [WITH …] SELECT … FROM target [, from items] [WHERE …]}.
 *
 * <p>Where a FROM or USING brings other tables in, a row of the target may match several times; it
 * is changed once and counted once, and which match gives its new values is the engine's choice.
 */
public final class ChangedRows implements StatementScope {
  private final Kind kind;
  private final Table table;
  private final Parts parts;
  private final Optional<RowKey> key;
  private final List<NewValue> values;
  private final Dialect dialect;

  /** What becomes of the rows. */
  public enum Kind {
    UPDATE,
    DELETE
  }

  /**
   * The pieces of the person's text.
   *
   * @param with the WITH clause with a space behind it, or nothing
   * @param from the target, and what FROM or USING adds
   * @param where the condition, or nothing
   * @param label what the target's columns are qualified with
   * @param joined whether there is a FROM or USING
   * @param repeats whether a row of the target may then match several times
   */
  record Parts(
      String with, String from, String where, String label, boolean joined, boolean repeats) {}

  ChangedRows(Kind kind, Table table, Parts parts, List<NewValue> values, Dialect dialect) {
    this.kind = kind;
    this.table = table;
    this.parts = parts;
    this.key = RowKey.of(table, dialect.flavour());
    this.values = List.copyOf(values);
    this.dialect = dialect;
  }

  @Override
  public String target() {
    return table.name();
  }

  /** What becomes of the rows. */
  public Kind kind() {
    return kind;
  }

  /** The table whose rows they are. */
  public Table table() {
    return table;
  }

  /** What names one of its rows; empty for a view. */
  public Optional<RowKey> key() {
    return key;
  }

  /** What an UPDATE writes, one for each column; empty for a DELETE. */
  public List<NewValue> values() {
    return values;
  }

  /** Whether other tables stand beside the target. */
  public boolean joined() {
    return parts.joined();
  }

  /** Whether a row of the target may match several times. */
  public boolean repeats() {
    return parts.repeats();
  }

  /** A column of the target, or its row number, as SQL among these rows. */
  public String stored(String column) {
    return parts.label() + "." + dialect.quote(column);
  }

  /** The key's columns as SQL among these rows. */
  public List<String> storedKey() {
    return key.orElseThrow().columns().stream().map(this::stored).toList();
  }

  /**
   * A query of the rows, a row for each match.
   *
   * @param select what to select, made of {@link #stored}, {@link #storedKey} and the values' SQL
   * @param condition a further condition, or the empty text
   */
  public String matches(String select, String condition) {
    return parts.with() + "SELECT " + select + " FROM " + parts.from() + where(condition);
  }

  /**
   * The same query over some rows of the target only: a query of them stands in the target's place,
   * so that the engine reads those rows and no others. Not for what is {@link #joined}.
   */
  public String matchesAmong(String rows, String select) {
    return parts.with()
        + "SELECT "
        + select
        + " FROM ("
        + rows
        + ") AS "
        + parts.label()
        + where("");
  }

  /**
   * A query that gives each row of the target once: its key, then the columns asked for, named
   * {@code cairn_1}, {@code cairn_2} and so on behind {@code cairn_k1} ….
   */
  public String rows(List<String> select, String condition) {
    List<String> terms = new ArrayList<>();
    List<String> group = new ArrayList<>();
    for (String column : key.map(RowKey::columns).orElse(List.of())) {
      terms.add(stored(column) + " AS cairn_k" + (terms.size() + 1));
      group.add(String.valueOf(terms.size()));
    }
    for (int i = 0; i < select.size(); i++) {
      terms.add(select.get(i) + " AS cairn_" + (i + 1));
    }
    String query = matches(String.join(", ", terms), condition);
    // SQLite lets a query grouped by the key show other columns: those of one match, as its UPDATE.
    return parts.repeats() ? query + " GROUP BY " + String.join(", ", group) : query;
  }

  /** How many rows of the target are touched. */
  public SqlFragment count() {
    return SqlFragment.of(
        parts.repeats()
            ? "SELECT count(*) FROM (" + distinctKeys("") + ")"
            : matches("count(*)", ""));
  }

  /** How many by the values of a column of the target: value and count, in the values' order. */
  public SqlFragment countBy(String column, int limit) {
    return by(column, "", limit);
  }

  /**
   * How many of the rows another statement on the same table touches too, by the values of a
   * column.
   */
  public SqlFragment countBothBy(ChangedRows other, String column, int limit) {
    return by(column, other.asCondition(this), limit);
  }

  /** How many of the rows another statement on the same table touches too. */
  public SqlFragment countBoth(ChangedRows other) {
    String condition = other.asCondition(this);
    return SqlFragment.of(
        parts.repeats()
            ? "SELECT count(*) FROM (" + distinctKeys(condition) + ")"
            : matches("count(*)", condition));
  }

  /**
   * What an UPDATE does to its columns, in one scan: for each value in its order how many rows lose
   * their value to NULL, get one in place of NULL, and get another one.
   */
  public SqlFragment columnChanges() {
    List<String> inner = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    for (NewValue value : values) {
      inner.add(stored(value.column().name()));
      String before = "cairn_" + inner.size();
      String after = "";
      if (!value.isNull()) {
        inner.add(value.sql());
        after = "cairn_" + inner.size();
      }
      outer.addAll(figures(value, before, after));
    }
    boolean heavy = values.stream().anyMatch(NewValue::heavy);
    // The limit makes SQLite compute each value once instead of once for each figure.
    String rows = rows(inner, "") + (heavy ? " LIMIT 9223372036854775807" : "");
    return SqlFragment.of("SELECT " + String.join(", ", outer) + " FROM (" + rows + ")");
  }

  /** Old and new values of some rows: the key's columns, then for each value old and new. */
  public SqlFragment sample(String condition, int limit) {
    return SqlFragment.of(rows(sampled(), condition) + " LIMIT " + limit);
  }

  /** Some rows that another statement on the same table doesn't touch. */
  public SqlFragment sampleOutside(ChangedRows other, int limit) {
    return sample("(" + other.asCondition(this) + ") IS NOT TRUE", limit);
  }

  /** Some rows that another statement on the same table touches too. */
  public SqlFragment sampleInside(ChangedRows other, int limit) {
    return sample(other.asCondition(this), limit);
  }

  /** The columns of {@link #sample} behind the key: an UPDATE's values, or all of a row. */
  public List<Column> sampledColumns() {
    return kind == Kind.UPDATE ? values.stream().map(NewValue::column).toList() : table.columns();
  }

  /** Holds, among the rows of another statement on the same table, for those touched here too. */
  String asCondition(ChangedRows other) {
    boolean sameWords =
        parts.with().equals(other.parts.with()) && parts.from().equals(other.parts.from());
    if (sameWords && !parts.repeats()) {
      return parts.where().isEmpty() ? "1 = 1" : parts.where();
    }
    String names = String.join(", ", other.storedKey());
    return "(" + names + ") IN (" + matches(String.join(", ", storedKey()), "") + ")";
  }

  private List<String> sampled() {
    List<String> terms = new ArrayList<>();
    if (kind == Kind.DELETE) {
      table.columns().forEach(column -> terms.add(stored(column.name())));
      return terms;
    }
    for (NewValue value : values) {
      terms.add(stored(value.column().name()));
      terms.add(value.sql());
    }
    return terms;
  }

  private List<String> figures(NewValue value, String before, String after) {
    boolean notNull = value.column().notNull();
    if (value.isNull()) {
      return List.of("count(" + before + ")", "0", "0");
    }
    String same = dialect.identical(value.column(), table, before, after);
    String lost = "count(CASE WHEN " + after + " IS NULL THEN " + before + " END)";
    String found = "count(CASE WHEN " + before + " IS NULL THEN " + after + " END)";
    String other =
        "count(CASE WHEN %s IS NOT NULL AND %s IS NOT NULL AND NOT (%s) THEN 1 END)"
            .formatted(before, after, same);
    return List.of(value.literal() ? "0" : lost, notNull ? "0" : found, other);
  }

  private SqlFragment by(String column, String condition, int limit) {
    String rest = " GROUP BY 1 ORDER BY 1 LIMIT " + limit;
    if (!parts.repeats()) {
      return SqlFragment.of(matches(stored(column) + ", count(*)", condition) + rest);
    }
    String rows = rows(List.of(stored(column)), condition);
    return SqlFragment.of("SELECT cairn_1, count(*) FROM (" + rows + ")" + rest);
  }

  private String distinctKeys(String condition) {
    return matches("DISTINCT " + String.join(", ", storedKey()), condition);
  }

  private String where(String condition) {
    List<String> terms = new ArrayList<>();
    if (!parts.where().isEmpty()) {
      terms.add("(" + parts.where() + ")");
    }
    if (!condition.isEmpty()) {
      terms.add("(" + condition + ")");
    }
    return terms.isEmpty()
        ? ""
        : terms.stream().collect(Collectors.joining(" AND ", " WHERE ", ""));
  }
}
