package dev.cairn.plan.scope;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.plan.scope.ChangedRows.Kind;
import dev.cairn.plan.scope.ChangedRows.Parts;
import dev.cairn.plan.scope.InsertedRows.Policy;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Insert.OnConflict;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes an INSERT apart: where its rows come from, and what it does where their keys are there. */
final class InsertScope {
  private final Insert insert;
  private final Table table;
  private final StatementText text;
  private final Dialect dialect;
  private final List<Column> columns;
  private final String with;

  private InsertScope(Insert insert, Table table, StatementText text, Query source) {
    this.insert = insert;
    this.table = table;
    this.text = text;
    this.dialect = text.dialect();
    this.columns = columns();
    this.with = with(text.of(source.span()));
  }

  /** Fails with an IllegalArgumentException, for people, where the rows can't be asked for. */
  static StatementScope of(Insert insert, Table table, StatementText text) {
    Query source =
        insert
            .source()
            .orElseThrow(() -> new IllegalArgumentException("it is one row of default values"));
    return new InsertScope(insert, table, text, source).scope();
  }

  private InsertedRows scope() {
    Optional<OnConflict> clause =
        insert.onConflict().stream()
            .filter(each -> !each.doesNothing())
            .findFirst()
            .or(() -> insert.onConflict().stream().findFirst());
    ConflictKeys keys =
        ConflictKeys.of(
            table, columns, clause.map(InsertScope::keyNames).orElse(List.of()), dialect);
    Policy policy = policy(clause);
    boolean matches = !keys.isEmpty() && !table.view();
    return new InsertedRows(
        table,
        policy,
        with,
        columns,
        keys,
        matches ? Optional.of(matched(keys, clause, policy)) : Optional.empty(),
        matches && policy == Policy.REPLACE ? Optional.of(replaced(keys)) : Optional.empty(),
        dialect);
  }

  private Policy policy(Optional<OnConflict> clause) {
    if (clause.isPresent()) {
      return clause.get().doesNothing() ? Policy.IGNORE : Policy.UPDATE;
    }
    String action = insert.orAction().isEmpty() ? table.primaryConflict() : insert.orAction();
    return switch (action) {
      case "REPLACE" -> Policy.REPLACE;
      case "IGNORE" -> Policy.IGNORE;
      default -> Policy.FAIL;
    };
  }

  private ChangedRows matched(ConflictKeys keys, Optional<OnConflict> clause, Policy policy) {
    String label = text.of(insert.target().label());
    String match = keys.matchFirst(label);
    List<NewValue> values = new ArrayList<>();
    if (policy == Policy.UPDATE) {
      for (NewValue value : NewValues.of(clause.get().assignments(), text, table)) {
        values.add(
            new NewValue(
                value.column(),
                proposed(value.sql()),
                value.literal(),
                value.varies(),
                value.heavy()));
      }
      match += clause.get().where().map(where -> " AND " + proposed(text.of(where))).orElse("");
    } else {
      for (int i = 0; i < columns.size(); i++) {
        String value = InsertedRows.SOURCE + ".cairn_c" + (i + 1);
        values.add(new NewValue(columns.get(i), value, false, false, false));
      }
    }
    return new ChangedRows(Kind.UPDATE, table, joined(match, label), values, dialect);
  }

  private ChangedRows replaced(ConflictKeys keys) {
    String label = text.of(insert.target().label());
    return new ChangedRows(
        Kind.DELETE, table, joined(keys.matchAny(label), label), List.of(), dialect);
  }

  private Parts joined(String match, String label) {
    String from = text.target(insert.target(), insert.with()) + ", " + InsertedRows.SOURCE;
    return new Parts(with, from, match, label, true, true);
  }

  /** What DO UPDATE calls {@code excluded.x} is a column of the source here. */
  private String proposed(String sql) {
    return StatementText.replaceQualified(
        sql,
        dialect,
        "excluded",
        name ->
            IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equalsIgnoreCase(name))
                .mapToObj(i -> InsertedRows.SOURCE + ".cairn_c" + (i + 1))
                .findFirst()
                .orElseGet(() -> usual(name)));
  }

  private String usual(String name) {
    String value = table.column(name).map(Column::defaultValue).orElse(null);
    return value == null ? "NULL" : "(" + value + ")";
  }

  private static List<String> keyNames(OnConflict clause) {
    return clause.target().stream()
        .filter(Expr.ColumnRef.class::isInstance)
        .map(column -> ((Expr.ColumnRef) column).column().text())
        .toList();
  }

  private String with(String source) {
    String names =
        IntStream.rangeClosed(1, columns.size())
            .mapToObj(i -> "cairn_c" + i)
            .collect(Collectors.joining(", "));
    String own = InsertedRows.SOURCE + "(" + names + ") AS (" + source + ") ";
    return insert.with().map(clause -> text.of(clause.span()) + ", " + own).orElse("WITH " + own);
  }

  private List<Column> columns() {
    if (insert.columns().isEmpty()) {
      return table.columns().stream().filter(column -> !column.generated()).toList();
    }
    return insert.columns().stream()
        .map(
            name ->
                table
                    .column(name.text())
                    .or(() -> table.rowNumber().flatMap(table::column))
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "the column " + name.text() + " is not one of the table's own")))
        .toList();
  }
}
