package dev.cairn.plan;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table that a change may write, and what must be kept of its rows so that they can be put back.
 *
 * @param table the table
 * @param key the columns that name a row; empty where the row's own number does
 * @param rowNumber the name that the row's own number goes by where the key is empty, else empty
 * @param before the columns kept as they were, the key's among them
 * @param after the columns kept as they were written
 */
public record TouchedTable(
    Table table, List<String> key, String rowNumber, List<String> before, List<String> after) {
  /** Stands for the row's own number among the columns kept, where no column names a row. */
  public static final String ROW_NUMBER = "cairn_rowid";

  private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

  public TouchedTable {
    key = List.copyOf(key);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Fails with exit 1 where the journal can't keep rows of the table. */
  public static void refuseUnkept(Table table) {
    String why = unkept(table);
    if (!why.isEmpty()) {
      throw CairnException.failed(
          "not-journalled", "what this changes can't be journalled: " + why);
    }
  }

  private static String unkept(Table table) {
    if (table.sql().toUpperCase(Locale.ROOT).startsWith("CREATE VIRTUAL")) {
      return table.name() + " is a virtual table";
    }
    boolean ours =
        table.columns().stream()
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            // The journal's rows are told apart by their own numbers, which such a column would
            // hide.
            .anyMatch(name -> name.startsWith("cairn_") || name.equals("rowid"));
    return ours ? "a column of " + table.name() + " is named as the journal's own" : "";
  }

  /** The name under which what was written into a column is kept. */
  public static String written(String column) {
    return "cairn_new_" + column;
  }

  /** The type for a column that keeps values of the table's under one of both names, or empty. */
  public static String keeping(String column, Table table, Dialect dialect) {
    return table.columns().stream()
        .filter(each -> column.equals(each.name()) || column.equals(written(each.name())))
        .map(each -> dialect.keeping(each.type()))
        .findFirst()
        .orElse("");
  }

  /** Every column, before and after; empty where nothing names a row of the table. */
  public static Optional<TouchedTable> whole(Table table) {
    List<String> all =
        table.columns().stream().filter(column -> !column.generated()).map(Column::name).toList();
    return of(table, all, all);
  }

  /** These columns and the key; empty where nothing names a row of the table. */
  public static Optional<TouchedTable> of(Table table, List<String> before, List<String> after) {
    List<String> key = keyOf(table);
    if (!key.isEmpty()) {
      List<String> kept = new ArrayList<>(key);
      before.stream().filter(column -> !key.contains(column)).forEach(kept::add);
      return Optional.of(new TouchedTable(table, key, "", kept, after));
    }
    if (table.withoutRowid() || table.view()) {
      return Optional.empty();
    }
    return ROW_NUMBERS.stream()
        .filter(name -> table.column(name).isEmpty())
        .findFirst()
        .map(number -> new TouchedTable(table, List.of(), number, before, after));
  }

  /**
   * A key without NULLs: the primary key, else a unique one; empty where there is none. A generated
   * column in it would be no column that can be written back.
   */
  private static List<String> keyOf(Table table) {
    List<String> primary = table.primaryKey();
    if (!primary.isEmpty() && (table.withoutRowid() || table.rowNumber().isPresent())) {
      return primary;
    }
    return table.keys().stream()
        .map(each -> each.columns())
        .filter(columns -> columns.stream().allMatch(name -> isSure(table, name)))
        .findFirst()
        .map(columns -> columns.stream().map(c -> table.column(c).orElseThrow().name()).toList())
        .orElse(List.of());
  }

  private static boolean isSure(Table table, String name) {
    return table.column(name).filter(column -> column.notNull() && !column.generated()).isPresent();
  }
}
