package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that take what undo needs: one for each target, its columns named as the target's for
 * values as they were, with {@code cairn_new_} in front for values as they were written. None
 * changes what is stored in it.
 */
final class UndoTables {
  /** Stands for the row's own number where no column names a row. */
  static final String ROW_NUMBER = TouchedTable.ROW_NUMBER;

  private static final String OWN =
      "cairn_run {number} NOT NULL, cairn_lane {number} NOT NULL,"
          + " cairn_batch {number} NOT NULL, cairn_kind TEXT NOT NULL";

  private UndoTables() {}

  /** The table for one target. */
  static String name(Table target) {
    return name(target.name());
  }

  /** The table for the target of that name. */
  static String name(String target) {
    return "cairn_undo_" + target;
  }

  /** The column that takes what was written into a column of the target. */
  static String written(String column) {
    return TouchedTable.written(column);
  }

  /** The columns for the rows of a change. */
  static Set<String> columns(TouchedTable touched) {
    Set<String> columns = new LinkedHashSet<>(touched.before());
    touched.key().forEach(column -> columns.add(written(column)));
    touched.after().forEach(column -> columns.add(written(column)));
    if (touched.key().isEmpty()) {
      columns.add(ROW_NUMBER);
      columns.add(written("rowid"));
    }
    return columns;
  }

  /** The statements that make the table, or give it the columns that it lacks. */
  static List<SqlFragment> create(
      Catalog catalog, Table target, Collection<String> columns, Dialect dialect) {
    String name = name(target);
    Table existing = catalog.table(name).orElse(null);
    List<SqlFragment> statements = new ArrayList<>();
    if (existing == null) {
      StringBuilder ddl = new StringBuilder("CREATE TABLE IF NOT EXISTS " + dialect.quote(name));
      ddl.append(" (").append(dialect.declaredOrder()).append(dialect.ownColumns().in(OWN));
      columns.forEach(column -> ddl.append(", ").append(declared(column, target, dialect)));
      statements.add(SqlFragment.of(ddl.append(")").toString()));
      dialect.keepingAnything(name).ifPresent(sql -> statements.add(SqlFragment.of(sql)));
      return statements;
    }
    for (String column : columns) {
      if (existing.column(column).isEmpty()) {
        statements.add(
            SqlFragment.of(
                "ALTER TABLE "
                    + dialect.quote(name)
                    + " ADD COLUMN "
                    + declared(column, target, dialect)));
      }
    }
    if (!statements.isEmpty()) {
      dialect.keepingAnything(name).ifPresent(sql -> statements.add(SqlFragment.of(sql)));
    }
    return statements;
  }

  /** The words that begin what notes rows in it: whose they are, their kind, then the columns. */
  static SqlFragment insert(Table target, List<String> columns, Dialect dialect) {
    String names = columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
    return SqlFragment.of(
        "INSERT INTO "
            + dialect.quote(name(target))
            + " (cairn_run, cairn_lane, cairn_batch, cairn_kind, "
            + names
            + ") ");
  }

  /** What is noted of a row of the given label, as a list. */
  static SqlFragment values(
      BatchPlace place, String kind, List<String> columns, String from, Dialect dialect) {
    String list =
        columns.stream().map(c -> from + "." + dialect.quote(c)).collect(Collectors.joining(", "));
    return SqlFragment.of(
        "?, ?, ?, " + dialect.literal(kind) + ", " + list,
        place.run(),
        (long) place.lane(),
        place.batch());
  }

  /** A column as it is declared, of the type of the target's where it needs one. */
  private static String declared(String column, Table target, Dialect dialect) {
    String type = TouchedTable.keeping(column, target, dialect);
    return (dialect.quote(column) + " " + type).strip();
  }
}
