package dev.cairn.plan;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Proves once per batch that every row it can write has its parents, where the foreign keys are
 * made of the lane and the fan-out's values alone.
 *
 * <p>Asked row by row, the engine's own check costs a tenth of a migration; asked here, inside the
 * same transaction under the write lock, the answer can't change before the commit.
 */
public final class ParentProof {
  private ParentProof() {}

  /**
   * A condition that holds when all parents exist; empty where it can't be said in advance, so that
   * the engine must check each row.
   */
  public static Optional<SqlFragment> of(MigrationQuery query) {
    SqlFragment all = SqlFragment.of("TRUE");
    for (ForeignKey key : query.step().target().foreignKeys()) {
      if (isLeftNull(query, key)) {
        continue;
      }
      Optional<SqlFragment> one = proof(query, key);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all = all.then(" AND ").then(one.get());
    }
    return Optional.of(all);
  }

  private static Optional<SqlFragment> proof(MigrationQuery query, ForeignKey key) {
    if (key.parentColumns().size() != key.columns().size()) {
      return Optional.empty();
    }
    List<List<Object>> rows = new ArrayList<>();
    int combinations = Math.max(1, query.lane().entries().size());
    for (int entry = 0; entry < combinations; entry++) {
      List<Object> row = new ArrayList<>();
      for (String column : key.columns()) {
        Optional<Object> constant = constant(query, column, entry);
        if (constant.isEmpty()) {
          return Optional.empty();
        }
        row.add(constant.get());
      }
      if (!rows.contains(row)) {
        rows.add(row);
      }
    }
    return Optional.of(SqlFragment.of(exists(query.dialect(), key, rows)));
  }

  private static String exists(Dialect dialect, ForeignKey key, List<List<Object>> rows) {
    List<String> names = new ArrayList<>();
    StringBuilder equal = new StringBuilder();
    for (int i = 0; i < key.columns().size(); i++) {
      names.add("v" + i);
      equal
          .append(i == 0 ? "" : " AND ")
          .append("p.")
          .append(dialect.quote(key.parentColumns().get(i)));
      equal.append(" = child.v").append(i);
    }
    return "NOT EXISTS (SELECT 1 FROM "
        + dialect.constants(names, rows, "child")
        + " WHERE NOT EXISTS (SELECT 1 FROM "
        + dialect.quote(key.parent())
        + " AS p WHERE "
        + equal
        + "))";
  }

  private static boolean isLeftNull(MigrationQuery query, ForeignKey key) {
    Table target = query.step().target();
    return key.columns().stream()
        .filter(column -> query.columns().stream().noneMatch(column::equalsIgnoreCase))
        .filter(column -> target.rowNumber().filter(column::equalsIgnoreCase).isEmpty())
        .map(column -> target.column(column).orElseThrow())
        .anyMatch(column -> column.defaultValue() == null && !column.generated());
  }

  private static Optional<Object> constant(MigrationQuery query, String column, int entry) {
    MigrateRows step = query.step();
    boolean fanned =
        step.fanOut().isPresent() && step.fanOut().get().column().sql().equalsIgnoreCase(column);
    Column child = step.target().column(column).orElseThrow();
    if (child.generated()) {
      return Optional.empty(); // what the database computes is what will stand there
    }
    if (fanned) {
      return Optional.ofNullable(query.lane().entries().get(entry).value())
          .filter(value -> isStoredAsItIs(value, child));
    }
    boolean perEntry =
        query.lane().entries().stream().anyMatch(each -> each.columns().containsKey(column));
    if (perEntry || namesSeveralValues(step, query.lane().value())) {
      return Optional.empty();
    }
    ColumnSpec spec = step.columns().get(column);
    boolean isLane =
        spec != null
            && step.lane().isPresent()
            && MigrationQuery.isName(spec.value().sql(), step.lane().get());
    return isLane
        ? Optional.ofNullable(query.lane().value()).filter(value -> isStoredAsItIs(value, child))
        : Optional.empty();
  }

  /** Only of such a value is it known what the engine would look for among the parents. */
  private static boolean isStoredAsItIs(Object value, Column child) {
    String type = child.type().toUpperCase(Locale.ROOT);
    boolean whole = type.contains("INT");
    boolean text = type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT");
    return (value instanceof Long && whole) || (value instanceof String && text && !whole);
  }

  /** Under NOCASE one lane holds 'a' and 'A', which may have different parents. */
  private static boolean namesSeveralValues(MigrateRows step, Object lane) {
    Table source = step.source();
    return lane instanceof String
        && (source.view() || source.sql().toUpperCase(Locale.ROOT).contains("COLLATE"));
  }
}
