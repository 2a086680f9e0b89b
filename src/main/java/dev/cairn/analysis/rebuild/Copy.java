package dev.cairn.analysis.rebuild;

import dev.cairn.analysis.Probe;
import dev.cairn.analysis.check.Aggregates;
import dev.cairn.analysis.check.Nullability;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Output;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.analysis.scope.Resolver;
import dev.cairn.analysis.scope.Views;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The INSERT … SELECT that carries the rows over. */
final class Copy {

  /** Something that the copy may leave behind. */
  record Loss(String message, Span span, Optional<Probe> probe) {}

  private final Script script;
  private final Parts parts;
  private final Insert insert;
  private final String text;
  private final Table target;
  private final Optional<QueryScope> source;
  private final boolean askable;

  Copy(Script script, Parts parts, int place, Insert insert) {
    this.script = script;
    this.parts = parts;
    this.insert = insert;
    this.text = script.text(place);
    Catalog catalog = script.before(place);
    this.target = catalog.table(parts.newName()).orElse(parts.made());
    this.source = source(catalog);
    this.askable = parts.oldName().equalsIgnoreCase(parts.name()) && readsAtStart();
  }

  private Optional<QueryScope> source(Catalog catalog) {
    Resolution resolution =
        Resolver.resolve(insert, catalog, script.flavour(), new Views(script.flavour()));
    return resolution.block(insert).flatMap(block -> insert.source().flatMap(block::query));
  }

  /** Whether the copy's query can be asked before the script runs. */
  private boolean readsAtStart() {
    Resolution resolution =
        Resolver.resolve(insert, script.start(), script.flavour(), new Views(script.flavour()));
    return resolution.unresolved().isEmpty()
        && source(script.start())
            .filter(query -> !query.open())
            .filter(
                query ->
                    query.blocks().stream()
                        .flatMap(each -> each.relations().stream())
                        .noneMatch(Relation::open))
            .isPresent();
  }

  boolean readsOld() {
    return source
        .map(query -> query.blocks().stream().flatMap(block -> block.relations().stream()))
        .filter(
            relations -> relations.anyMatch(each -> each.title().equalsIgnoreCase(parts.oldName())))
        .isPresent();
  }

  List<Loss> losses() {
    List<Loss> losses = new ArrayList<>();
    rows(losses);
    if (source.get().blocks().size() == 1) {
      values(losses);
      nulls(losses);
    }
    keys(losses);
    conditions(losses);
    return losses;
  }

  private void rows(List<Loss> losses) {
    if (!carriesAll()) {
      String old = QuotedName.of(parts.name());
      String message = "the copy may leave rows of " + parts.name() + " behind";
      losses.add(
          new Loss(
              message,
              insert.source().get().span(),
              probe(
                  "SELECT (SELECT count(*) FROM " + old + ") - (SELECT count(*) FROM cairn_copy)",
                  "the copy has {n} rows less than " + parts.name())));
    }
  }

  /** A plain SELECT from the old table alone. */
  private boolean carriesAll() {
    Query query = insert.source().get();
    boolean plain = query.limit().isEmpty() && query.offset().isEmpty() && query.with().isEmpty();
    return plain
        && query.body() instanceof Query.Select select
        && !select.distinct()
        && select.distinctOn().isEmpty()
        && select.where().isEmpty()
        && select.groupBy().isEmpty()
        && select.having().isEmpty()
        && select.from().filter(From.TableRef.class::isInstance).isPresent()
        && select.items().stream().noneMatch(item -> Aggregates.in(item.expr()));
  }

  private List<String> columns() {
    return insert.columns().isEmpty()
        ? target.columns().stream().filter(each -> !each.generated()).map(Column::name).toList()
        : insert.columns().stream().map(Name::text).toList();
  }

  /** Each column that both tables have must get its own values. */
  private void values(List<Loss> losses) {
    Block block = source.get().blocks().get(0);
    List<String> columns = columns();
    List<String> left = new ArrayList<>();
    for (Column column : target.columns()) {
      boolean listed = columns.stream().anyMatch(column.name()::equalsIgnoreCase);
      boolean both =
          parts.old().column(column.name()).filter(each -> !each.generated()).isPresent();
      if (both && !listed && !column.generated()) {
        left.add(column.name());
      }
    }
    if (!left.isEmpty()) {
      losses.add(
          new Loss(
              "the values of " + Losses.list(left) + " aren't copied",
              insert.target().span(),
              Optional.empty()));
    }
    for (int i = 0; i < columns.size() && i < block.outputs().size(); i++) {
      Output output = block.outputs().get(i);
      Optional<String> from = column(output, block);
      String to = columns.get(i);
      boolean swapped =
          from.isPresent()
              && !from.get().equalsIgnoreCase(to)
              && parts.old().column(to).isPresent()
              && target.column(from.get()).isPresent();
      if (swapped) {
        losses.add(
            new Loss(
                "the values of `" + from.get() + "` go into `" + to + "`",
                output.span(),
                Optional.empty()));
      }
    }
  }

  /** The old table's column that stands there as it is. */
  private Optional<String> column(Output output, Block block) {
    if (output.relation().isPresent()) {
      return Optional.of(output.column());
    }
    return output
        .expr()
        .filter(Expr.ColumnRef.class::isInstance)
        .flatMap(expr -> block.column((Expr.ColumnRef) expr))
        .map(ResolvedColumn::column);
  }

  /** A NULL that the new table refuses ends the copy, and a shell that goes on drops the rows. */
  private void nulls(List<Loss> losses) {
    Block block = source.get().blocks().get(0);
    List<String> columns = columns();
    List<String> refused = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    Optional<String> number = target.rowNumber();
    for (int i = 0; i < columns.size() && i < block.outputs().size(); i++) {
      String name = columns.get(i);
      boolean notNull = target.column(name).filter(Column::notNull).isPresent();
      boolean assigned = number.filter(name::equalsIgnoreCase).isPresent(); // NULL makes a new one
      if (notNull && !assigned && !Nullability.output(block, i)) {
        refused.add(name);
        conditions.add("n" + i + " IS NULL");
      }
    }
    if (!refused.isEmpty()) {
      String what = Losses.list(refused) + " of " + parts.name();
      String consequence =
          ", which the new table refuses: the copy fails and the rows go with DROP TABLE";
      losses.add(
          new Loss(
              what + " may be NULL" + consequence,
              insert.source().get().span(),
              probe(
                  "SELECT count(*) FROM cairn_copy WHERE " + String.join(" OR ", conditions),
                  "in {n} rows " + what + " is NULL" + consequence)));
    }
  }

  /** A key that the old table lacks. */
  private void keys(List<Loss> losses) {
    List<String> columns = columns();
    boolean skips =
        insert.orAction().equals("IGNORE")
            || insert.orAction().equals("REPLACE")
            || !insert.onConflict().isEmpty();
    for (Key key : target.keys()) {
      boolean known =
          parts.old().keys().stream()
              .anyMatch(each -> folded(key.columns()).containsAll(folded(each.columns())));
      boolean generated =
          key.columns().stream()
              .noneMatch(column -> columns.stream().anyMatch(column::equalsIgnoreCase));
      if (!known && !generated) {
        List<String> parts =
            IntStream.range(0, columns.size())
                .filter(i -> key.columns().stream().anyMatch(columns.get(i)::equalsIgnoreCase))
                .mapToObj(i -> "n" + i)
                .toList();
        String whole = "(" + String.join(", ", key.columns()) + ")";
        losses.add(
            new Loss(
                "rows may share the new key "
                    + whole
                    + (skips ? ", and all but one of them go without a word" : ": the copy fails"),
                insert.target().span(),
                probe(
                    "SELECT count(*) FROM (SELECT 1 FROM cairn_copy WHERE "
                        + parts.stream()
                            .map(each -> each + " IS NOT NULL")
                            .collect(Collectors.joining(" AND "))
                        + " GROUP BY "
                        + String.join(", ", parts)
                        + " HAVING count(*) > 1) AS q",
                    "{n} values of the new key " + whole + " come several times")));
      }
    }
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** CHECKs and references that the old table lacks. */
  private void conditions(List<Loss> losses) {
    if (checks(target.sql()) > checks(parts.old().sql())) {
      losses.add(
          new Loss(
              "the new table's CHECK may refuse rows: the copy fails",
              insert.target().span(),
              Optional.empty()));
    }
    for (ForeignKey key : target.foreignKeys()) {
      boolean known =
          parts.old().foreignKeys().stream()
              .anyMatch(
                  each ->
                      each.parent().equalsIgnoreCase(key.parent())
                          && each.columns().toString().equalsIgnoreCase(key.columns().toString()));
      if (!known && script.flavour() == Flavour.SQLITE) {
        losses.add(
            new Loss(
                "rows without their row in " + key.parent() + " are refused: the copy fails",
                insert.target().span(),
                Optional.empty()));
      }
    }
  }

  private long checks(String sql) {
    return sql == null
        ? 0
        : Lexer.tokens(sql, script.flavour()).stream()
            .filter(token -> token.is(sql, "CHECK"))
            .count();
  }

  private Optional<Probe> probe(String sql, String message) {
    if (!askable) {
      return Optional.empty();
    }
    String names =
        IntStream.range(0, source.get().outputs().size())
            .mapToObj(i -> "n" + i)
            .collect(Collectors.joining(", "));
    String rows = insert.source().get().span().in(text);
    return Optional.of(
        new Probe("WITH cairn_copy(" + names + ") AS (" + rows + ") " + sql, message));
  }
}
