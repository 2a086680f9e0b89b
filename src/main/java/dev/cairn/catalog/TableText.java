package dev.cairn.catalog;

import dev.cairn.sql.DdlParser;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl.CreateTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What only the text of a table's declaration tells, as SQLite keeps it: how its columns compare,
 * and what its keys do about a conflict. Where the text isn't understood, nothing is known.
 */
public final class TableText {
  private final Optional<Table> declared;

  private TableText(Optional<Table> declared) {
    this.declared = declared;
  }

  /** The text of SQLite's CREATE TABLE. */
  public static TableText of(String sql) {
    return new TableText(
        DdlParser.outline(sql, Flavour.SQLITE)
            .filter(CreateTable.class::isInstance)
            .map(CreateTable.class::cast)
            .map(table -> declared(table, sql)));
  }

  private static Table declared(CreateTable table, String sql) {
    TableEdit edit = new TableEdit(SchemaReplay.bare(table.path()), false, sql);
    new DeclaredTable(Flavour.SQLITE, edit).declare(table);
    return edit.table();
  }

  /** The collation of a column in upper case; empty for the engine's own way. */
  public String collation(String column) {
    return declared.flatMap(table -> table.column(column)).map(Column::collation).orElse("");
  }

  static String collationName(String written) {
    String upper = written.toUpperCase(Locale.ROOT);
    return upper.equals("BINARY") ? "" : upper;
  }

  /** What a primary key that is taken leads to; empty for an error. */
  public String primaryConflict() {
    return declared.map(Table::primaryConflict).orElse("");
  }

  /** What a conflict over the key behind this index of SQLite's leads to; empty for an error. */
  public String conflict(String index) {
    return index(index).map(Index::onConflict).orElse("");
  }

  /** The terms of that key as they are written; its columns' names where it can't be found. */
  public List<String> parts(String index, List<String> columns) {
    return index(index).map(Index::parts).orElse(columns);
  }

  private Optional<Index> index(String name) {
    return declared.stream()
        .flatMap(table -> table.indexes().stream())
        .filter(index -> index.name().equalsIgnoreCase(name))
        .findFirst();
  }

  static String action(String onConflict) {
    return onConflict.equals("ABORT") ? "" : onConflict;
  }
}
