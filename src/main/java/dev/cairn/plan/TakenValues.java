package dev.cairn.plan;

import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that can't be put back because a unique value of theirs would be another row's too: one that
 * isn't put back with them, or one that gets the same. Values that change places are no such case.
 */
public final class TakenValues {
  private final RestoreRows step;
  private final Dialect dialect;

  /**
   * @param step rows that are changed
   * @param dialect the database's SQL
   */
  public TakenValues(RestoreRows step, Dialect dialect) {
    this.step = step;
    this.dialect = dialect;
  }

  /** The unique keys that the rows' new values may meet, besides the one that names them. */
  public List<List<String>> keys() {
    return step.target().table().keys().stream()
        .filter(key -> !key.covers(step.target().key()))
        .map(Key::columns)
        .filter(step.target().after()::containsAll)
        .toList();
  }

  /** For one of these keys: what names each such row, then what names the other. */
  public SqlFragment rows(List<String> unique) {
    List<String> key = step.target().key();
    List<String> columns = new ArrayList<>(key);
    unique.stream().filter(column -> !key.contains(column)).forEach(columns::add);
    return SqlFragment.of(
            "WITH cairn_q(%s) AS MATERIALIZED ("
                .formatted(list("", new RestoreQuery(step, dialect).columns())))
        .then(step.rows())
        .then(
            "), cairn_t(%s) AS MATERIALIZED (SELECT %s FROM cairn_q UNION ALL SELECT %s FROM %s"
                .formatted(
                    list("", columns),
                    list("", columns.stream().map(this::toBe).toList()),
                    list("", columns),
                    dialect.quote(step.target().table().name())))
        .then(
            " AS cairn_n WHERE NOT EXISTS (SELECT 1 FROM cairn_q WHERE %s))"
                .formatted(same("cairn_n", key, false)))
        .then(
            " SELECT %s, %s FROM cairn_q JOIN cairn_t ON %s AND NOT (%s)"
                .formatted(
                    list("cairn_q.", key),
                    list("cairn_t.", key),
                    same("cairn_t", unique, true),
                    same("cairn_t", key, false)));
  }

  /**
   * What names each row to which a child's rows refer by a value that would go. A database may move
   * them along, unjournalled, or leave them with what is another row's value then.
   */
  public SqlFragment referredTo(ForeignKey key) {
    List<String> on = new ArrayList<>();
    List<String> stays = new ArrayList<>();
    for (int i = 0; i < key.columns().size(); i++) {
      String parent = key.parentColumns().get(i);
      on.add(
          "cairn_c.%s = cairn_q.%s"
              .formatted(dialect.quote(key.columns().get(i)), dialect.quote(parent)));
      if (step.target().after().contains(parent)) {
        stays.add(
            dialect.same(
                "cairn_q." + dialect.quote(parent),
                "cairn_q." + dialect.quote(TouchedTable.written(parent))));
      }
    }
    return SqlFragment.of(
            "WITH cairn_q(%s) AS (".formatted(list("", new RestoreQuery(step, dialect).columns())))
        .then(step.rows())
        .then(
            ") SELECT %s FROM cairn_q WHERE NOT (%s) AND EXISTS (SELECT 1 FROM %s AS cairn_c WHERE %s)"
                .formatted(
                    list("cairn_q.", step.target().key()),
                    String.join(" AND ", stays),
                    dialect.quote(key.table()),
                    String.join(" AND ", on)));
  }

  /** The column of the rows that says what it will hold: what isn't written stays. */
  private String toBe(String column) {
    return step.target().after().contains(column) ? TouchedTable.written(column) : column;
  }

  private String same(String other, List<String> columns, boolean written) {
    return columns.stream()
        .map(
            column ->
                "%s.%s = cairn_q.%s"
                    .formatted(
                        other,
                        dialect.quote(column),
                        dialect.quote(written ? toBe(column) : column)))
        .collect(Collectors.joining(" AND "));
  }

  private String list(String from, List<String> columns) {
    return columns.stream().map(c -> from + dialect.quote(c)).collect(Collectors.joining(", "));
  }
}
