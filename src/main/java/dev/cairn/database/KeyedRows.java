package dev.cairn.database;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table's rows in the binary order of their key, as one side of a {@link MergeJoin}.
 *
 * @param view where they are read
 * @param dialect its SQL
 * @param table the table
 * @param columns the columns to read, the key's first
 * @param keys how many of them are the key
 * @param unique whether no two rows have the same key, 1 and 1.0 being the same
 * @param where a condition on the rows, empty for all of them
 */
public record KeyedRows(
    ReadView view,
    Dialect dialect,
    Table table,
    List<String> columns,
    int keys,
    boolean unique,
    Optional<String> where) {

  public KeyedRows {
    columns = List.copyOf(columns);
  }

  RowStream open() {
    return view.exactly(query());
  }

  /** The query behind it. */
  public SqlFragment query() {
    String list = columns.stream().map(dialect::quote).collect(Collectors.joining(", "));
    List<String> key = columns.subList(0, keys).stream().map(dialect::quote).toList();
    Stream<String> values = columns.subList(0, keys).stream().map(this::order);
    // 'integer' comes before 'real', as it must
    Stream<String> types = unique ? Stream.of() : key.stream().map(dialect::typeOf);
    String order = Stream.concat(values, types).collect(Collectors.joining(", "));
    // The line's end closes a comment that the condition may end with.
    String condition = where.map(text -> " WHERE (" + text + "\n)").orElse("");
    return SqlFragment.of(
        "SELECT "
            + list
            + " FROM "
            + dialect.table(table.name())
            + condition
            + " ORDER BY "
            + order);
  }

  private String order(String column) {
    String type = table.column(column).map(Column::type).orElse("");
    return dialect.binaryOrder(dialect.quote(column), type);
  }
}
