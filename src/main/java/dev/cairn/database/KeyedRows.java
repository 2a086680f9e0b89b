package dev.cairn.database;

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
 * @param table the table's name
 * @param columns the columns to read, the key's first
 * @param keys how many of them are the key
 * @param unique whether no two rows have the same key, 1 and 1.0 being the same
 * @param where a condition on the rows, empty for all of them
 */
public record KeyedRows(
    ReadView view,
    Dialect dialect,
    String table,
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
    Stream<String> values = key.stream().map(dialect::binaryOrder);
    // 'integer' comes before 'real', as it must
    Stream<String> types = unique ? Stream.of() : key.stream().map(dialect::typeOf);
    String order = Stream.concat(values, types).collect(Collectors.joining(", "));
    // The line's end closes a comment that the condition may end with.
    String condition = where.map(text -> " WHERE (" + text + "\n)").orElse("");
    return SqlFragment.of(
        "SELECT " + list + " FROM " + dialect.quote(table) + condition + " ORDER BY " + order);
  }
}
