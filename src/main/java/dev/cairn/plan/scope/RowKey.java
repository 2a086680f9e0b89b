package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import java.util.List;
import java.util.Optional;

/**
 * What names one row of a table: its primary key where none of its columns can be NULL, else the
 * row's own number, else a unique key without NULLs.
 *
 * @param columns the columns, or the one name that the row's number goes by
 * @param rowNumber whether it is the row's own number, which is no column of the table
 */
public record RowKey(List<String> columns, boolean rowNumber) {
  private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

  public RowKey {
    columns = List.copyOf(columns);
  }

  /** The key of a table's rows; empty for a view and for a table that has none. */
  public static Optional<RowKey> of(Table table, Flavour flavour) {
    if (table.view()) {
      return Optional.empty();
    }
    List<String> primary = table.primaryKey();
    if (!primary.isEmpty() && (table.withoutRowid() || notNull(table, primary))) {
      return Optional.of(new RowKey(primary, false));
    }
    Optional<String> number = rowNumber(table, flavour);
    if (number.isPresent()) {
      return Optional.of(new RowKey(List.of(number.get()), true));
    }
    return table.keys().stream()
        .map(Key::columns)
        .filter(columns -> notNull(table, columns))
        .findFirst()
        .map(columns -> new RowKey(columns, false));
  }

  /**
   * The column by which rows are told apart for people: the first of the composite key that a
   * careless link leaves out. Empty where every key has one column.
   */
  public static Optional<String> leading(Table table) {
    List<String> primary = table.primaryKey();
    if (primary.size() > 1) {
      return Optional.of(primary.get(0));
    }
    return table.foreignKeys().stream()
        .map(ForeignKey::columns)
        .filter(columns -> columns.size() > 1)
        .findFirst()
        .or(
            () ->
                table.keys().stream()
                    .map(Key::columns)
                    .filter(columns -> columns.size() > 1 && notNull(table, columns))
                    .findFirst())
        .map(columns -> columns.get(0));
  }

  /** The name that a row's own number has here; empty where rows have none. */
  static Optional<String> rowNumber(Table table, Flavour flavour) {
    return flavour != Flavour.SQLITE || table.withoutRowid() || table.view()
        ? Optional.empty()
        : ROW_NUMBERS.stream().filter(name -> table.column(name).isEmpty()).findFirst();
  }

  private static boolean notNull(Table table, List<String> columns) {
    return (table.rowNumber().isPresent() && columns.equals(table.primaryKey()))
        || columns.stream().allMatch(name -> table.column(name).map(Column::notNull).orElse(false));
  }
}
