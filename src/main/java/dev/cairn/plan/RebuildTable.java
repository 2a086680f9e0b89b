package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaObject;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that is made anew with other columns and takes its rows along, in one transaction.
 *
 * @param old the table as it is
 * @param made the table as it shall be
 * @param key the columns that name a row, before and after; they keep their values
 * @param columns the columns written into the new table, in its order
 * @param rows yields the new rows
 * @param swap what becomes of the schema
 * @param forward each new column as an expression over the old row, as far as there is one
 * @param inverse each old column as an expression over the new row, as far as there is one
 * @param undoes the run that it takes back; 0 for none
 */
public record RebuildTable(
    Table old,
    Table made,
    List<String> key,
    List<String> columns,
    Rows rows,
    Swap swap,
    Map<String, String> forward,
    Map<String, String> inverse,
    long undoes)
    implements PlanStep {

  public RebuildTable {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    forward = new LinkedHashMap<>(forward);
    inverse = new LinkedHashMap<>(inverse);
  }

  @Override
  public String tableName() {
    return old.name();
  }

  /** What is kept of each row: as it was, and as it was written. */
  public TouchedTable kept() {
    TouchedTable whole = TouchedTable.whole(old).orElseThrow();
    return new TouchedTable(old, key, "", whole.before(), columns);
  }

  /** The written columns that name no row. */
  public List<String> values() {
    return columns.stream()
        .filter(column -> key.stream().noneMatch(column::equalsIgnoreCase))
        .toList();
  }

  /** The new rows as long as the old table has its name. */
  public SqlFragment newRows(Dialect dialect) {
    return rows.from(dialect.quote(old.name()));
  }

  /** Tables whose rows refer to it, itself too where it does. */
  public List<String> children(Catalog catalog) {
    return catalog.referencesTo(old.name()).stream().map(each -> each.table()).distinct().toList();
  }

  /**
   * A query in two halves, between which the name of the old table stands, which changes while it
   * is made anew.
   */
  public record Rows(SqlFragment head, SqlFragment tail) {

    /** The query over the table of that name, which is quoted. */
    public SqlFragment from(String table) {
      return head.then(" " + table + " ").then(tail);
    }
  }

  /**
   * What becomes of the schema.
   *
   * @param create the text of the new table
   * @param before the table and what goes with it or is given another text
   * @param after what is made behind it: indexes, triggers, views
   * @param given of {@code after}, what the plan itself gives the text of
   * @param unchanged everything else
   * @param children tables whose rows refer to it
   * @param watched views and triggers that speak of it, as statements that must compile behind it
   * @param numbered whether the new table never gives a number twice (AUTOINCREMENT)
   * @param wasNumbered whether the old one never did
   */
  public record Swap(
      String create,
      List<SchemaObject> before,
      List<SchemaObject> after,
      List<String> given,
      List<SchemaObject> unchanged,
      List<String> children,
      Map<String, String> watched,
      boolean numbered,
      boolean wasNumbered) {

    public Swap {
      before = List.copyOf(before);
      after = List.copyOf(after);
      given = List.copyOf(given);
      unchanged = List.copyOf(unchanged);
      children = List.copyOf(children);
      watched = new LinkedHashMap<>(watched);
    }

    /** The whole schema as it must be before the first statement. */
    public List<SchemaObject> all() {
      List<SchemaObject> all = new ArrayList<>(unchanged);
      all.addAll(before);
      return all;
    }
  }
}
