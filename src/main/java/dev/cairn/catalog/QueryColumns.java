package dev.cairn.catalog;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The columns that a query yields, as far as its own words and the tables in it tell. */
final class QueryColumns {
  private static final int DEEPEST = 50;

  private final Function<String, Optional<Table>> tables;
  private final Map<String, List<Column>> named;
  private final String text;
  private final int depth;

  /**
   * @param tables how tables are found by name
   * @param text the statement in which the query's places are
   */
  QueryColumns(Function<String, Optional<Table>> tables, String text) {
    this(tables, Map.of(), text, 0);
  }

  private QueryColumns(
      Function<String, Optional<Table>> tables,
      Map<String, List<Column>> named,
      String text,
      int depth) {
    this.tables = tables;
    this.named = named;
    this.text = text;
    this.depth = depth;
  }

  /** The columns in their order; those of tables that nobody knows are missing. */
  List<Column> of(Query query) {
    if (depth > DEEPEST) {
      return List.of();
    }
    Map<String, List<Column>> known = new HashMap<>(named);
    QueryColumns inside = new QueryColumns(tables, known, text, depth + 1);
    for (With.Cte cte : query.with().map(With::ctes).orElse(List.of())) {
      List<Column> columns = cte.body() instanceof Query body ? inside.of(body) : List.of();
      known.put(cte.name().folded(), renamed(columns, cte.columns()));
    }
    return inside.ofBody(query.body());
  }

  private List<Column> ofBody(Query.Body body) {
    Query.Body first = body;
    while (first instanceof Query.SetOperation set) {
      first = set.left();
    }
    if (first instanceof Query.Select select) {
      return ofSelect(select);
    }
    if (first instanceof Query.Nested nested) {
      return of(nested.query());
    }
    List<Column> columns = new ArrayList<>();
    List<List<Expr>> rows = ((Query.Values) first).rows();
    for (int i = 0; !rows.isEmpty() && i < rows.get(0).size(); i++) {
      columns.add(column("column" + (i + 1), "", ""));
    }
    return columns;
  }

  private List<Column> ofSelect(Query.Select select) {
    Map<String, List<Column>> sources = new LinkedHashMap<>();
    select.from().ifPresent(from -> collect(from, sources));
    List<Column> columns = new ArrayList<>();
    for (Query.SelectItem item : select.items()) {
      if (item.expr() instanceof Expr.Star star) {
        star(star, sources, columns);
      } else {
        columns.add(ofItem(item, sources));
      }
    }
    return columns;
  }

  private static void star(
      Expr.Star star, Map<String, List<Column>> sources, List<Column> columns) {
    String wanted = star.qualifier().map(Name::folded).orElse("");
    sources.forEach(
        (label, own) -> {
          if (wanted.isEmpty() || wanted.equals(label)) {
            own.forEach(each -> columns.add(column(each.name(), each.type(), each.collation())));
          }
        });
  }

  private Column ofItem(Query.SelectItem item, Map<String, List<Column>> sources) {
    Optional<Column> source =
        item.expr() instanceof Expr.ColumnRef reference
            ? find(reference, sources)
            : Optional.empty();
    boolean unknown = sources.isEmpty() || sources.values().stream().anyMatch(List::isEmpty);
    if (item.expr() instanceof Expr.ColumnRef reference
        // To SQLite "nosuch" is a text.
        && (source.isPresent() || unknown || !reference.column().quoted())) {
      String name =
          item.alias()
              .map(Name::text)
              .orElse(source.map(Column::name).orElse(reference.column().text()));
      return column(
          name, source.map(Column::type).orElse(""), source.map(Column::collation).orElse(""));
    }
    return column(item.alias().map(Name::text).orElse(item.expr().span().in(text)), "", "");
  }

  private static Optional<Column> find(
      Expr.ColumnRef reference, Map<String, List<Column>> sources) {
    return sources.entrySet().stream()
        .filter(
            each ->
                reference.qualifier().map(name -> name.folded().equals(each.getKey())).orElse(true))
        .flatMap(each -> each.getValue().stream())
        .filter(each -> reference.column().is(each.name()))
        .findFirst();
  }

  private void collect(From from, Map<String, List<Column>> sources) {
    if (from instanceof From.TableRef table) {
      List<Column> columns = named.get(table.name().folded());
      if (columns == null) {
        columns = tables.apply(table.name().text()).map(Table::columns).orElse(List.of());
      }
      sources.put(table.label().folded(), renamed(columns, table.columnAliases()));
    } else if (from instanceof From.DerivedTable derived) {
      sources.put(
          derived.alias().map(Name::folded).orElse("\0" + sources.size()),
          renamed(of(derived.query()), derived.columnAliases()));
    } else if (from instanceof From.Join join) {
      collect(join.left(), sources);
      Map<String, List<Column>> right = new LinkedHashMap<>();
      collect(join.right(), right);
      Set<String> shared = new HashSet<>();
      join.using().forEach(name -> shared.add(name.folded()));
      if (join.natural()) {
        sources.values().forEach(all -> all.forEach(each -> shared.add(fold(each))));
      }
      // A shared column stands in a * once.
      right.forEach(
          (label, all) ->
              sources.put(
                  label, all.stream().filter(each -> !shared.contains(fold(each))).toList()));
    }
  }

  private static String fold(Column column) {
    return column.name().toLowerCase(Locale.ROOT);
  }

  /** The columns under other names, where some are given. */
  static List<Column> renamed(List<Column> columns, List<Name> names) {
    List<Column> renamed = new ArrayList<>();
    for (int i = 0; i < Math.max(columns.size(), names.size()); i++) {
      Column column = i < columns.size() ? columns.get(i) : column("", "", "");
      String name = i < names.size() ? names.get(i).text() : column.name();
      renamed.add(column(name, column.type(), column.collation()));
    }
    return renamed;
  }

  private static Column column(String name, String type, String collation) {
    return new Column(name, type, false, null, 0, false, collation);
  }
}
