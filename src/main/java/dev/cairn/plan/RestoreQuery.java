package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The queries of rows that are put back, and the conditions under which a row still may be. Preview
 * and batches ask here, so that they can't mean different rows.
 */
public final class RestoreQuery {
  /** The name by which the conditions call the rows that were written down. */
  public static final String NOTED = "cairn_s";

  private final RestoreRows step;
  private final TouchedTable target;
  private final Dialect dialect;

  /**
   * @param step the rows to put back
   * @param dialect the database's SQL
   */
  public RestoreQuery(RestoreRows step, Dialect dialect) {
    this.step = step;
    this.target = step.target();
    this.dialect = dialect;
  }

  /** The columns of {@link #images}, named as those of the table that keeps them. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (target.key().isEmpty()) {
      columns.add(TouchedTable.ROW_NUMBER);
    }
    columns.addAll(target.before());
    target.after().forEach(column -> columns.add(TouchedTable.written(column)));
    return columns;
  }

  /** Each row: its number where no key names it, its values now, its values to write. */
  public SqlFragment images() {
    return SqlFragment.of("WITH cairn_q(" + quoted(columns()) + ") AS (")
        .then(step.rows())
        .then(") SELECT * FROM cairn_q");
  }

  /** The same, each followed by 1 where it still may be put back, else 0. */
  public SqlFragment pictures() {
    return SqlFragment.of("SELECT " + NOTED + ".*, CASE WHEN ")
        .then(untouched(SqlFragment.of("")))
        .then(" THEN 1 ELSE 0 END FROM (")
        .then(images())
        .then(") AS " + NOTED);
  }

  /**
   * The rows that may not be put back, as they were left; behind that the first column that names
   * the row as it is now, NULL where it is gone, and its values now of the columns {@code before}.
   */
  public SqlFragment conflicts() {
    String now =
        target.before().stream().map(c -> ", cairn_t." + quote(c)).collect(Collectors.joining());
    String on =
        names().stream()
            .map(name -> dialect.sameKey("cairn_t." + quote(name), noted(name)))
            .collect(Collectors.joining(" AND "));
    return SqlFragment.of(
            "SELECT " + NOTED + ".*, cairn_t." + quote(names().get(0)) + now + " FROM (")
        .then(images())
        .then(") AS " + NOTED + " LEFT JOIN " + table() + " AS cairn_t ON " + on)
        .then(" WHERE NOT (")
        .then(untouched(SqlFragment.of("")))
        .then(")");
  }

  /** The condition on a row that was written down that nobody changed it since. */
  private SqlFragment untouched(SqlFragment more) {
    if (step.kind() == ChangeKind.INSERT) {
      List<String> free = new ArrayList<>();
      free.add(taken(names(), this::noted));
      for (Key key : target.table().keys()) {
        if (!target.after().containsAll(key.columns())) {
          continue; // the database itself refuses what it computes twice
        }
        free.add(taken(key.columns(), column -> NOTED + "." + quote(TouchedTable.written(column))));
      }
      return SqlFragment.of(
              free.stream()
                  .distinct()
                  .map(each -> "NOT EXISTS (" + each + ")")
                  .collect(Collectors.joining(" AND ")))
          .then(more);
    }
    List<String> kept = new ArrayList<>(target.key());
    target.before().stream().filter(column -> !kept.contains(column)).forEach(kept::add);
    String same =
        kept.stream()
            .map(c -> dialect.same(own(c), NOTED + "." + quote(c)))
            .collect(Collectors.joining(" AND "));
    String unchanged = same.isEmpty() ? "" : " AND " + dialect.asOne(same);
    SqlFragment condition =
        SqlFragment.of(
            "EXISTS (SELECT 1 FROM "
                + table()
                + " WHERE "
                + equal(names(), this::noted)
                + unchanged);
    if (step.recheck().isPresent()) {
      condition = condition.then(" AND (").then(step.recheck().get()).then(")");
    }
    return condition.then(more).then(")");
  }

  /**
   * The condition under which a batch may put a row back: as it was written down, and no reference
   * is broken by it.
   *
   * @param catalog says who refers to the rows; looked up only where rows are removed
   * @param alone whether nothing else is put back in the same transaction
   */
  public SqlFragment allowed(Catalog catalog, boolean alone) {
    StringBuilder more = new StringBuilder();
    if (alone && step.kind() == ChangeKind.DELETE) {
      catalog.referencesTo(target.table().name()).stream()
          .filter(key -> !refusedAtTheEnd(key))
          .forEach(key -> more.append(" AND NOT EXISTS (").append(children(key)).append(")"));
    } else if (alone) {
      target.table().foreignKeys().stream()
          .filter(key -> key.columns().stream().anyMatch(target.after()::contains))
          .forEach(key -> more.append(" AND ").append(parent(key)));
    }
    return untouched(SqlFragment.of(more.toString()));
  }

  /** Rows that refer to each other may go together; the engine itself refuses one that is left. */
  private boolean refusedAtTheEnd(ForeignKey key) {
    boolean itself = key.table().equalsIgnoreCase(target.table().name());
    return itself && key.onDelete().equals("NO ACTION");
  }

  /** The columns that name a row, or the name of its number. */
  public List<String> names() {
    return target.key().isEmpty() ? List.of(target.rowNumber()) : target.key();
  }

  /** What was written down of a column that names a row. */
  public String noted(String name) {
    return NOTED + "." + quote(target.key().isEmpty() ? TouchedTable.ROW_NUMBER : name);
  }

  private String children(ForeignKey key) {
    List<String> on = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      on.add("cairn_c." + quote(key.columns().get(i)) + " = " + own(key.parentColumns().get(i)));
    }
    return "SELECT 1 FROM " + quote(key.table()) + " AS cairn_c WHERE " + String.join(" AND ", on);
  }

  private String parent(ForeignKey key) {
    List<String> nulls = new ArrayList<>();
    List<String> on = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      String column = key.columns().get(i);
      String value = valueToBe(column);
      nulls.add(value + " IS NULL");
      on.add(dialect.sameKey("cairn_p." + quote(key.parentColumns().get(i)), value));
    }
    return "(%s OR EXISTS (SELECT 1 FROM %s AS cairn_p WHERE %s))"
        .formatted(String.join(" OR ", nulls), quote(key.parent()), String.join(" AND ", on));
  }

  /** What a column will hold: what is written, else what was noted, else what the row holds. */
  private String valueToBe(String column) {
    if (target.after().contains(column)) {
      return NOTED + "." + quote(TouchedTable.written(column));
    }
    return target.before().contains(column) ? NOTED + "." + quote(column) : own(column);
  }

  private String taken(List<String> key, UnaryOperator<String> value) {
    return "SELECT 1 FROM " + table() + " WHERE " + equal(key, value);
  }

  private String equal(List<String> key, UnaryOperator<String> value) {
    return key.stream()
        .map(column -> dialect.sameKey(own(column), value.apply(column)))
        .collect(Collectors.joining(" AND "));
  }

  private String own(String column) {
    return table() + "." + quote(column);
  }

  private String table() {
    return quote(target.table().name());
  }

  private String quoted(List<String> columns) {
    return columns.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  private String quote(String name) {
    return dialect.quote(name);
  }
}
