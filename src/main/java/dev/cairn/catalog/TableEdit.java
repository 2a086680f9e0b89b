package dev.cairn.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table while it is being put together or changed. */
final class TableEdit {
  String name;
  final boolean view;
  boolean withoutRowid;
  String primaryConflict;
  String sql;
  final List<Column> columns;
  final List<Index> indexes;
  final List<ForeignKey> foreignKeys;
  final List<Trigger> triggers;

  TableEdit(String name, boolean view, String sql) {
    this(new Table(name, view, false, List.of(), List.of(), List.of(), List.of(), "", sql));
  }

  TableEdit(Table table) {
    name = table.name();
    view = table.view();
    withoutRowid = table.withoutRowid();
    primaryConflict = table.primaryConflict();
    sql = table.sql();
    columns = new ArrayList<>(table.columns());
    indexes = new ArrayList<>(table.indexes());
    foreignKeys = new ArrayList<>(table.foreignKeys());
    triggers = new ArrayList<>(table.triggers());
  }

  Table table() {
    // In the order in which a live catalog lists them.
    triggers.sort(Comparator.comparing(Trigger::name));
    return new Table(
        name, view, withoutRowid, columns, indexes, foreignKeys, triggers, primaryConflict, sql);
  }

  /** The column's name as it is declared; the name as given where there is none. */
  String declared(String column) {
    return columns.stream()
        .map(Column::name)
        .filter(each -> each.equalsIgnoreCase(column))
        .findFirst()
        .orElse(column);
  }

  String collation(String column) {
    return columns.stream()
        .filter(each -> each.name().equalsIgnoreCase(column))
        .map(Column::collation)
        .findFirst()
        .orElse("");
  }

  /** Puts these columns into the primary key, in this order. */
  void primaryKey(List<String> key, boolean notNull) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      int position = 0;
      for (int k = key.size(); k > 0; k--) {
        position = key.get(k - 1).equalsIgnoreCase(column.name()) ? k : position;
      }
      columns.set(
          i,
          new Column(
              column.name(),
              column.type(),
              column.notNull() || (notNull && position > 0),
              column.defaultValue(),
              position,
              column.generated(),
              column.collation()));
    }
  }
}
