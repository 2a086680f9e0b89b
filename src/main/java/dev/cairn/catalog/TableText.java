package dev.cairn.catalog;

import dev.cairn.sql.DdlParser;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl.ColumnDefinition;
import dev.cairn.sql.tree.Ddl.Constraint;
import dev.cairn.sql.tree.Ddl.ConstraintKind;
import dev.cairn.sql.tree.Ddl.CreateTable;
import dev.cairn.sql.tree.Ddl.KeyPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What only the text of a table's declaration tells, as SQLite keeps it: how its columns compare,
 * and what its keys do about a conflict. Where the text isn't understood, nothing is known.
 */
public final class TableText {
  private final Optional<CreateTable> table;

  private TableText(Optional<CreateTable> table) {
    this.table = table;
  }

  /** The text of SQLite's CREATE TABLE. */
  public static TableText of(String sql) {
    return new TableText(
        DdlParser.outline(sql, Flavour.SQLITE)
            .filter(CreateTable.class::isInstance)
            .map(CreateTable.class::cast));
  }

  TableText(CreateTable table) {
    this(Optional.of(table));
  }

  /** Whether the text is understood. */
  public boolean understood() {
    return table.isPresent();
  }

  /** The collation of a column in upper case; empty for the engine's own way. */
  public String collation(String column) {
    return table.stream()
        .flatMap(each -> each.columns().stream())
        .filter(each -> each.name().is(column))
        .findFirst()
        .map(ColumnDefinition::collation)
        .map(TableText::collationName)
        .orElse("");
  }

  static String collationName(String written) {
    String upper = written.toUpperCase(Locale.ROOT);
    return upper.equals("BINARY") ? "" : upper;
  }

  /** What a primary key that is taken leads to; empty for an error. */
  public String primaryConflict() {
    return table.stream()
        .flatMap(each -> each.constraints().stream())
        .filter(each -> each.kind() == ConstraintKind.PRIMARY)
        .map(Constraint::onConflict)
        .map(TableText::action)
        .findFirst()
        .orElse("");
  }

  /** What a conflict over the key or UNIQUE of these columns leads to; empty for an error. */
  public String conflict(List<String> columns) {
    return table.stream()
        .flatMap(each -> each.constraints().stream())
        .filter(each -> each.kind() != ConstraintKind.FOREIGN && same(each.columns(), columns))
        .map(Constraint::onConflict)
        .map(TableText::action)
        .filter(each -> !each.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The terms of that key as they are written; its columns' names where it can't be found. */
  public List<String> parts(List<String> columns) {
    return table.stream()
        .flatMap(each -> each.constraints().stream())
        .filter(each -> each.kind() != ConstraintKind.FOREIGN && same(each.columns(), columns))
        .findFirst()
        .map(each -> each.parts().stream().map(KeyPart::text).toList())
        .orElse(columns);
  }

  static String action(String onConflict) {
    return onConflict.equals("ABORT") ? "" : onConflict;
  }

  private static boolean same(List<String> left, List<String> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).equalsIgnoreCase(right.get(i))) {
        return false;
      }
    }
    return true;
  }
}
