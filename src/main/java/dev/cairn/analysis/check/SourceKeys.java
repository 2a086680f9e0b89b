package dev.cairn.analysis.check;

import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks at an upsert or REPLACE from a query: two rows of the source with one key write the same
 * row one after the other. A plain INSERT would fail there, and one that does nothing keeps the
 * first.
 */
final class SourceKeys {
  private final CheckContext context;
  private final Block block;
  private final Insert insert;

  SourceKeys(CheckContext context, Block block, Insert insert) {
    this.context = context;
    this.block = block;
    this.insert = insert;
  }

  Optional<Finding> finding(String check) {
    Relation target = block.relations().get(0);
    Optional<Table> table = target.table().filter(each -> !each.view());
    Optional<QueryScope> source = insert.source().flatMap(block::query);
    boolean overwrites =
        insert.orAction().equals("REPLACE")
            || insert.onConflict().stream().anyMatch(each -> !each.doesNothing());
    if (table.isEmpty() || source.isEmpty() || source.get().open() || !overwrites) {
      return Optional.empty();
    }
    for (Key key : keys(table.get())) {
      List<Integer> places = places(table.get(), key);
      if (!places.contains(-1)
          && places.stream().allMatch(place -> place < source.get().outputs().size())
          && !Uniqueness.tellsApart(source.get(), new HashSet<>(places))) {
        return Optional.of(found(check, table.get(), key, places, source.get()));
      }
    }
    return Optional.empty();
  }

  /** The keys in which a row may be overwritten. */
  private List<Key> keys(Table table) {
    if (insert.orAction().equals("REPLACE")) {
      return table.keys();
    }
    return insert.onConflict().stream()
        .filter(each -> !each.doesNothing())
        .flatMap(
            conflict -> {
              List<String> columns =
                  conflict.target().stream()
                      .filter(Expr.ColumnRef.class::isInstance)
                      .map(each -> ((Expr.ColumnRef) each).column().text())
                      .toList();
              return table.keys().stream().filter(key -> key.covers(columns));
            })
        .toList();
  }

  private List<Integer> places(Table table, Key key) {
    List<String> columns =
        insert.columns().isEmpty()
            ? table.columns().stream().filter(each -> !each.generated()).map(Column::name).toList()
            : insert.columns().stream().map(Name::text).toList();
    return key.columns().stream().map(column -> place(columns, column)).toList();
  }

  private static int place(List<String> columns, String wanted) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).equalsIgnoreCase(wanted))
        .findFirst()
        .orElse(-1);
  }

  private Finding found(
      String check, Table table, Key key, List<Integer> places, QueryScope source) {
    String columns = "(" + String.join(", ", key.columns()) + ")";
    String several = "several rows of the source may have one " + columns + " of " + table.name();
    return context.finding(
        check,
        context.severity(Severity.WARNING),
        several + ", and the last of them wins",
        source.query().span(),
        probe(source.query(), source.outputs().size(), places, columns));
  }

  private Optional<Probe> probe(Query query, int width, List<Integer> places, String columns) {
    if (Parameters.in(context)) {
      return Optional.empty();
    }
    String names =
        IntStream.range(0, width).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
    Set<String> key =
        places.stream()
            .map(place -> "n" + place)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String present =
        key.stream().map(each -> each + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String rows = "cairn_source(" + names + ") AS (" + query.span().in(context.text()) + ")";
    return Optional.of(
        new Probe(
            StatementText.with(context, rows)
                + "SELECT count(*) FROM (SELECT 1 FROM cairn_source WHERE "
                + present
                + " GROUP BY "
                + String.join(", ", key)
                + " HAVING count(*) > 1) AS q",
            "{n} values of " + columns + " come several times, and the last of them wins"));
  }
}
