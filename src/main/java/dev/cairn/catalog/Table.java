package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table or view as the database declares it.
 *
 * @param name as declared
 * @param view whether it is a view
 * @param withoutRowid whether rows have no number of their own (SQLite)
 * @param primaryConflict what a row with a primary key that is taken leads to where nothing else is
 *     said (SQLite): REPLACE, IGNORE, FAIL, ROLLBACK; empty for an error
 * @param sql the text that made it
 */
public record Table(
    String name,
    boolean view,
    boolean withoutRowid,
    List<Column> columns,
    List<Index> indexes,
    List<ForeignKey> foreignKeys,
    List<Trigger> triggers,
    String primaryConflict,
    String sql) {

  public Table {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    triggers = List.copyOf(triggers);
  }

  /** The column of that name, whatever its case. */
  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(wanted)).findFirst();
  }

  /** That it has no column of that name, with exit 1 and the nearest one. */
  public CairnException noColumn(String wanted) {
    return Catalog.missing(
        "no-such-column",
        name + " has no column " + wanted,
        Catalog.nearest(wanted, columns.stream().map(Column::name).toList()),
        "`describe " + name + "` lists them");
  }

  /** The primary key's columns in key order; empty where there is none. */
  public List<String> primaryKey() {
    return columns.stream()
        .filter(column -> column.keyPosition() > 0)
        .sorted((left, right) -> Integer.compare(left.keyPosition(), right.keyPosition()))
        .map(Column::name)
        .toList();
  }

  /** Every set of columns that names one row: the primary key, then whole unique indexes. */
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    List<String> primary = primaryKey();
    if (!primary.isEmpty()) {
      keys.add(new Key(KeyKind.PRIMARY, primaryIndexName(), primary));
    }
    for (Index index : indexes) {
      if (index.unique() && !index.partial() && !index.primary() && !index.columns().contains("")) {
        keys.add(new Key(KeyKind.UNIQUE, index.name(), index.columns()));
      }
    }
    return keys;
  }

  /**
   * The single column that is the row's number (SQLite's INTEGER PRIMARY KEY), which only grows
   * while rows are appended.
   */
  public Optional<String> rowNumber() {
    List<String> primary = primaryKey();
    if (withoutRowid || primary.size() != 1) {
      return Optional.empty();
    }
    return column(primary.get(0))
        .filter(column -> column.type().equalsIgnoreCase("INTEGER"))
        // INTEGER PRIMARY KEY DESC is no alias: it has an index of its own.
        .filter(column -> indexes.stream().noneMatch(Index::primary))
        .map(Column::name);
  }

  private String primaryIndexName() {
    return indexes.stream().filter(Index::primary).map(Index::name).findFirst().orElse("");
  }
}
