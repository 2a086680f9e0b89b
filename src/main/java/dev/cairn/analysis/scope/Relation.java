package dev.cairn.analysis.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One use of a table, a view, a common table, a derived table or a function that yields rows. Two
 * uses of one table are two relations. The same text can be used several times over (a common table
 * that two FROMs name): each use has relations of its own for what stands inside it.
 */
public final class Relation {

  /** What its rows come from. */
  public enum Kind {
    TABLE,
    VIEW,
    /** A common table expression; also the RETURNING of one that changes rows. */
    CTE,
    DERIVED,
    FUNCTION,
    /** A name that the catalog doesn't know. */
    UNKNOWN,
    /** The row that ON CONFLICT refused. */
    EXCLUDED,
    /** NEW of a trigger. */
    NEW,
    /** OLD of a trigger. */
    OLD
  }

  private static final List<String> ROW_NUMBERS = List.of("rowid", "_rowid_", "oid");

  private final int id;
  private final Kind kind;
  private final String label;
  private final Optional<Table> table;
  private final Optional<From> node;
  private final Block block;
  private final List<String> columns = new ArrayList<>();
  private final boolean rowNumbers;
  private boolean open;
  private QueryScope body;
  private Block returning;
  private With.Cte common;

  Relation(
      int id,
      Kind kind,
      String label,
      Optional<Table> table,
      Optional<From> node,
      Block block,
      boolean rowNumbers) {
    this.id = id;
    this.kind = kind;
    this.label = label;
    this.table = table;
    this.node = node;
    this.block = block;
    this.rowNumbers = rowNumbers;
    table.ifPresent(each -> each.columns().stream().map(Column::name).forEach(columns::add));
    this.open = table.isEmpty();
  }

  void holds(QueryScope query) {
    body = query;
    names(query.outputs(), query.open());
  }

  void holdsReturning(Block statement) {
    returning = statement;
    names(statement.outputs(), statement.open());
  }

  void isUseOf(With.Cte cte) {
    common = cte;
  }

  private void names(List<Output> outputs, boolean unknown) {
    if (columns.isEmpty()) {
      outputs.forEach(output -> columns.add(output.name()));
      open = unknown;
    }
  }

  void rename(List<Name> aliases) {
    for (int i = 0; i < aliases.size(); i++) {
      if (i < columns.size()) {
        columns.set(i, aliases.get(i).text());
      } else if (open) {
        columns.add(aliases.get(i).text());
      }
    }
  }

  /** A number that tells it from all others of the statement. */
  public int id() {
    return id;
  }

  /** What its rows come from. */
  public Kind kind() {
    return kind;
  }

  /** What its columns are qualified with: the alias, or else the table's name. */
  public String label() {
    return label;
  }

  /** The table or view as the catalog knows it. */
  public Optional<Table> table() {
    return table;
  }

  /** Whether it is a real table, the refused row of one, or a trigger's row of one. */
  public boolean isTable() {
    return table.isPresent() && kind != Kind.VIEW;
  }

  /** Where the tree names it; empty for what nobody writes down, such as excluded. */
  public Optional<From> node() {
    return node;
  }

  /** The block whose FROM it stands in, or whose target it is. */
  public Block block() {
    return block;
  }

  /** The query that yields its rows: of a view, a common table or a derived table. */
  public Optional<QueryScope> body() {
    return Optional.ofNullable(body);
  }

  /** The common table that it is a use of. */
  public Optional<With.Cte> common() {
    return Optional.ofNullable(common);
  }

  /** The statement whose RETURNING yields its rows. */
  public Optional<Block> returning() {
    return Optional.ofNullable(returning);
  }

  /** Its columns in their order, as far as they are known. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Whether it may have columns that nobody knows here. */
  public boolean open() {
    return open;
  }

  /** Where the statement names it; the block's own place where it doesn't. */
  public Span span() {
    return node.map(From::span).orElse(block.span());
  }

  /** The place of a column among its columns, or -1. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether it surely has that column. */
  public boolean has(String column) {
    return indexOf(column) >= 0;
  }

  /** Whether that is the row's number under one of SQLite's names for it. */
  public boolean isRowNumber(String column) {
    return rowNumbers
        && ROW_NUMBERS.contains(column.toLowerCase(Locale.ROOT))
        && table.filter(each -> !each.view() && !each.withoutRowid()).isPresent();
  }

  /** The column's name as the catalog has it, whatever it is called here. */
  public String declared(String column) {
    int index = indexOf(column);
    if (table.isPresent() && index >= 0 && index < table.get().columns().size()) {
      return table.get().columns().get(index).name();
    }
    return isRowNumber(column) ? table.flatMap(Table::rowNumber).orElse("rowid") : column;
  }

  /** How messages call it: the table's name, else the label. */
  public String title() {
    return table.map(Table::name).orElse(label);
  }

  @Override
  public String toString() {
    return kind + " " + label + "#" + id;
  }
}
