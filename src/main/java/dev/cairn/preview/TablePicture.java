package dev.cairn.preview;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells whether anything in a table changed: its columns, how many rows it has, and a hash
 * over every value with its type, whatever the order of the rows. Texts count byte for byte.
 *
 * @param columns the names of its columns, in order
 * @param rows how many rows it has
 * @param hash equal where the rows are equal, each as often
 */
public record TablePicture(List<String> columns, long rows, String hash) {

  /** Reads all of a table in one view. Fails with exit 1 where the engine says no. */
  public static TablePicture of(ReadView view, Dialect dialect, Table table) {
    List<String> values = new ArrayList<>();
    for (Column column : table.columns()) {
      String name = dialect.quote(column.name());
      values.add(dialect.typeOf(name));
      // A text that is no sound Unicode would be read as another.
      values.add(
          "CASE %s WHEN 'text' THEN CAST(%s AS BLOB) ELSE %s END"
              .formatted(dialect.typeOf(name), name, name));
    }
    RowsDigest digest =
        RowsDigest.of(
            view,
            SqlFragment.of(
                "SELECT %s FROM %s.%s"
                    .formatted(
                        String.join(", ", values),
                        dialect.quote(dialect.mainSchema()),
                        dialect.quote(table.name()))));
    return new TablePicture(
        table.columns().stream().map(Column::name).toList(), digest.count(), digest.hex());
  }
}
