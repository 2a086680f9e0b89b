package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.sql.SqlExpression;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the assignments of a SET write, column by column. */
final class NewValues {
  private final StatementText text;
  private final Table table;
  private final Map<String, NewValue> values = new LinkedHashMap<>();

  private NewValues(StatementText text, Table table) {
    this.text = text;
    this.table = table;
  }

  /** The values in the order of the SET; of a column that is set twice the last, as engines do. */
  static List<NewValue> of(List<Assignment> assignments, StatementText text, Table table) {
    NewValues result = new NewValues(text, table);
    assignments.forEach(result::add);
    return new ArrayList<>(result.values.values());
  }

  private void add(Assignment assignment) {
    List<String> names = assignment.columns().stream().map(name -> name.text()).toList();
    Expr value = assignment.value();
    if (names.size() == 1) {
      put(names.get(0), value, text.of(value));
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      if (value instanceof Expr.RowValue row && i < row.items().size()) {
        put(names.get(i), row.items().get(i), text.of(row.items().get(i)));
      } else if (value instanceof Expr.ScalarQuery scalar) {
        put(names.get(i), value, oneOf(names.size(), i, text.of(scalar.query().span())));
      } else {
        throw new IllegalArgumentException("a value for several columns that is no row");
      }
    }
  }

  /** One column of a query that is assigned to several together. */
  private static String oneOf(int count, int index, String query) {
    String names =
        IntStream.range(0, count).mapToObj(i -> "cairn_c" + i).collect(Collectors.joining(", "));
    return "(WITH cairn_v("
        + names
        + ") AS ("
        + query
        + ") SELECT cairn_c"
        + index
        + " FROM cairn_v)";
  }

  private void put(String name, Expr expr, String sql) {
    Dialect dialect = text.dialect();
    Column column =
        table
            .column(name)
            // SET rowid = …: the row's number is written, though it is no column of the table.
            .orElseGet(() -> new Column(name, "INTEGER", true, null, 0, false, ""));
    String folded = column.name().toLowerCase(Locale.ROOT);
    values.remove(folded);
    values.put(
        folded,
        new NewValue(
            column,
            sql,
            expr instanceof Expr.Literal,
            SqlExpression.varies(sql, dialect.flavour()),
            asksQuery(sql, dialect)));
  }

  private static boolean asksQuery(String sql, Dialect dialect) {
    return StatementText.words(sql, dialect).anyMatch(word -> word.equals("select"));
  }
}
