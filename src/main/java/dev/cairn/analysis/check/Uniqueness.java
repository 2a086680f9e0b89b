package dev.cairn.analysis.check;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.Output;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.CompareOp;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells how many rows of a block's tables can belong together: starting from what is given, a table
 * has one row at most when a whole key of it equals what is given or known already. What nobody
 * knows here (a function, an unknown table) counts as one.
 */
final class Uniqueness {
  private static final int DEPTH = 24;
  private static final Set<String> REVERSIBLE = Set.of("+", "-", "*", "COLLATE");

  private final Block block;
  private final Set<Relation> known = new HashSet<>();
  private final Set<String> bound = new HashSet<>();
  private final int depth;

  private Uniqueness(Block block, int depth) {
    this.block = block;
    this.depth = depth;
  }

  /** The relations of the block that may have several rows for one row of the given one. */
  static List<Relation> repeating(Block block, Relation given) {
    Uniqueness uniqueness = new Uniqueness(block, 0);
    uniqueness.known.add(given);
    return uniqueness.rest();
  }

  /** Whether the query has one row at most for each row of the blocks around it. */
  static boolean oneRow(QueryScope query) {
    return oneRow(query, Set.of(), 0);
  }

  /**
   * Whether no two rows of the query agree in these of its columns.
   *
   * @param columns their places
   */
  static boolean tellsApart(QueryScope query, Set<Integer> columns) {
    return oneRow(query, columns, 0);
  }

  private static boolean oneRow(QueryScope scope, Set<Integer> fixed, int depth) {
    Query query = scope.query();
    boolean limited =
        query
            .limit()
            .filter(limit -> limit instanceof Expr.Literal one && one.text().equals("1"))
            .isPresent();
    if (limited || scope.blocks().isEmpty() || depth > DEPTH) {
      return true;
    }
    if (scope.blocks().size() > 1) {
      return deduplicates(query.body()) && fixed.size() >= scope.outputs().size();
    }
    Block block = scope.blocks().get(0);
    return block.body().orElse(null) instanceof Query.Values values
        ? rowsDiffer(values, fixed)
        : block.select().isEmpty() || oneRow(block, block.select().get(), fixed, depth);
  }

  /** UNION without ALL at the top leaves no two rows alike. */
  private static boolean deduplicates(Query.Body body) {
    return body instanceof Query.SetOperation operation && !operation.all();
  }

  private static boolean rowsDiffer(Query.Values values, Set<Integer> fixed) {
    Set<List<String>> seen = new HashSet<>();
    for (List<Expr> row : values.rows()) {
      List<String> key = new ArrayList<>();
      for (int place : fixed) {
        if (place >= row.size() || !(row.get(place) instanceof Expr.Literal literal)) {
          return true; // a parameter or an expression: nobody knows
        }
        key.add(literal.text());
      }
      if (!seen.add(key)) {
        return false;
      }
    }
    return true;
  }

  private static boolean oneRow(Block block, Query.Select select, Set<Integer> fixed, int depth) {
    boolean allFixed = fixed.size() >= block.outputs().size() && !block.open();
    if ((select.distinct() && allFixed) || numbersRows(block, fixed)) {
      return true;
    }
    Uniqueness inner = new Uniqueness(block, depth + 1);
    for (int place : fixed) {
      if (place < block.outputs().size()) {
        inner.fix(block.outputs().get(place));
      }
    }
    if (!select.distinctOn().isEmpty()) {
      return inner.areGiven(select.distinctOn());
    }
    if (!select.groupBy().isEmpty() && inner.areGiven(select.groupBy())) {
      return true;
    }
    boolean whole =
        select.groupBy().isEmpty()
            && select.items().stream().anyMatch(item -> Aggregates.in(item.expr()));
    return whole || inner.rest().isEmpty();
  }

  /** {@code row_number() OVER (PARTITION BY k …) = 1}: the window's parts stand among the fixed. */
  private static boolean numbersRows(Block block, Set<Integer> fixed) {
    return fixed.stream()
        .filter(place -> place < block.outputs().size())
        .map(place -> block.outputs().get(place).expr().orElse(null))
        .anyMatch(
            expr ->
                expr instanceof Expr.Function function
                    && function.over()
                    && function.name().equals("row_number"));
  }

  private boolean areGiven(List<Expr> expressions) {
    return expressions.stream().allMatch(this::isGiven);
  }

  /** Whether a group's expression is one of the fixed columns, a constant, or made of both. */
  private boolean isGiven(Expr expr) {
    if (expr instanceof Expr.Literal place && place.text().matches("[0-9]{1,4}")) {
      int index = Integer.parseInt(place.text()) - 1;
      return index < 0 || index >= block.outputs().size() || bound.contains("#" + index);
    }
    if (expr instanceof Expr.ColumnRef ref) {
      Optional<ResolvedColumn> column = block.column(ref);
      if (column.isPresent()) {
        propagate();
        return column.get().outer() || bound.contains(name(column.get()));
      }
      return block
          .alias(ref)
          .filter(each -> bound.contains("#" + block.outputs().indexOf(each)))
          .isPresent();
    }
    SameExpression same = new SameExpression(block);
    for (int i = 0; i < block.outputs().size(); i++) {
      Expr output = block.outputs().get(i).expr().orElse(null);
      if (bound.contains("#" + i)
          && output != null
          && (same.of(expr, output) || alike(expr, output))) {
        return true;
      }
    }
    return ExprParts.isConstant(expr);
  }

  /** The same function of the same columns, which SameExpression doesn't vouch for. */
  private boolean alike(Expr left, Expr right) {
    return left instanceof Expr.Function a
        && right instanceof Expr.Function b
        && a.name().equals(b.name())
        && new SameExpression(block).of(a.arguments(), b.arguments());
  }

  private void fix(Output output) {
    bound.add("#" + block.outputs().indexOf(output));
    if (output.relation().isPresent()) {
      bound.add(name(output.relation().get(), output.column()));
    } else {
      output.expr().flatMap(this::reversible).ifPresent(column -> bound.add(name(column)));
    }
  }

  /** The one column that a value tells: itself, or plus, minus or times a constant. */
  private Optional<ResolvedColumn> reversible(Expr expr) {
    if (expr instanceof Expr.ColumnRef ref) {
      return block.column(ref).filter(column -> !column.outer());
    }
    if (expr instanceof Expr.Cast cast) {
      return reversible(cast.operand());
    }
    if (expr instanceof Expr.Operation operation && REVERSIBLE.contains(operation.operator())) {
      List<Expr> open =
          operation.operands().stream().filter(each -> !ExprParts.isConstant(each)).toList();
      return open.size() == 1 ? reversible(open.get(0)) : Optional.empty();
    }
    return Optional.empty();
  }

  private List<Relation> rest() {
    propagate();
    return block.relations().stream()
        .filter(relation -> !known.contains(relation))
        .filter(relation -> relation.kind() != Relation.Kind.EXCLUDED)
        .toList();
  }

  private void propagate() {
    List<Expr> conditions = new ArrayList<>(BlockParts.conditions(block));
    BlockParts.from(block).ifPresent(from -> outerJoins(from, conditions));
    boolean grown = true;
    while (grown) {
      int before = bound.size() + known.size();
      conditions.forEach(this::bind);
      BlockParts.from(block).ifPresent(this::bindShared);
      block.relations().stream().filter(this::isKnown).forEach(known::add);
      grown = bound.size() + known.size() > before;
    }
  }

  /** For how many rows meet, an outer join's condition counts like an inner one's. */
  private static void outerJoins(From from, List<Expr> all) {
    if (from instanceof From.Join join) {
      boolean outer =
          join.kind() == From.JoinKind.LEFT
              || join.kind() == From.JoinKind.RIGHT
              || join.kind() == From.JoinKind.FULL;
      if (outer) {
        join.on().ifPresent(on -> all.addAll(BlockParts.conjuncts(on)));
      }
      outerJoins(join.left(), all);
      outerJoins(join.right(), all);
    }
  }

  private void bind(Expr condition) {
    if (condition instanceof Expr.Compare compare
        && (compare.op() == CompareOp.EQUAL || compare.op() == CompareOp.IS)) {
      List<Expr> left = ExprParts.items(compare.left());
      List<Expr> right = ExprParts.items(compare.right());
      for (int i = 0; i < left.size() && left.size() == right.size(); i++) {
        bind(left.get(i), right.get(i));
        bind(right.get(i), left.get(i));
      }
    } else if (condition instanceof Expr.InList list
        && !list.negated()
        && list.items().size() == 1) {
      bind(list.value(), list.items().get(0));
    } else if (condition instanceof Expr.InQuery in && !in.negated()) {
      boolean one = block.query(in.query()).filter(Uniqueness::oneRow).isPresent();
      if (one) {
        ExprParts.items(in.value())
            .forEach(item -> bind(item, new Expr.Parameter("?", item.span())));
      }
    }
  }

  private void bind(Expr column, Expr value) {
    if (isKnown(value)) {
      reversible(column).ifPresent(found -> bound.add(name(found)));
    }
  }

  /** Whether a value is the same for all rows that belong together. */
  private boolean isKnown(Expr value) {
    boolean[] all = {true};
    ExprParts.walk(
        value,
        part -> {
          if (part instanceof Expr.ColumnRef ref) {
            all[0] &= block.column(ref).filter(this::isKnown).isPresent();
          }
        },
        (query, usage) ->
            all[0] &= block.query(query).filter(each -> each.blocks().size() == 1).isPresent());
    return all[0];
  }

  private boolean isKnown(ResolvedColumn column) {
    return column.outer() || known.contains(column.relation()) || bound.contains(name(column));
  }

  /** USING and NATURAL: what both sides share is equal. */
  private void bindShared(From from) {
    if (!(from instanceof From.Join join)) {
      return;
    }
    bindShared(join.left());
    bindShared(join.right());
    for (Name shared : join.using()) {
      List<Relation> both =
          block.relations().stream()
              .filter(each -> each.has(shared.text()))
              .filter(each -> each.node().filter(node -> holds(join, node)).isPresent())
              .toList();
      boolean given =
          both.stream()
              .anyMatch(each -> known.contains(each) || bound.contains(name(each, shared.text())));
      if (given) {
        both.forEach(each -> bound.add(name(each, shared.text())));
      }
    }
  }

  private static boolean holds(From from, From wanted) {
    return from == wanted
        || (from instanceof From.Join join
            && (holds(join.left(), wanted) || holds(join.right(), wanted)));
  }

  private boolean isKnown(Relation relation) {
    if (known.contains(relation)) {
      return true;
    }
    Optional<Table> table = relation.table();
    if (relation.isTable() && table.isPresent()) {
      boolean number =
          table.get().rowNumber().isEmpty() && bound.contains(relation.id() + ".rowid");
      return number
          || table.get().keys().stream()
              .map(Key::columns)
              .anyMatch(
                  key ->
                      key.stream().allMatch(column -> bound.contains(declared(relation, column))));
    }
    Set<Integer> fixed = new HashSet<>();
    for (int i = 0; i < relation.columns().size(); i++) {
      if (bound.contains(name(relation, relation.columns().get(i)))) {
        fixed.add(i);
      }
    }
    return relation.body().map(body -> oneRow(body, fixed, depth + 1)).orElse(true);
  }

  private static String declared(Relation relation, String column) {
    return relation.id() + "." + column.toLowerCase(Locale.ROOT);
  }

  private static String name(ResolvedColumn column) {
    return name(column.relation(), column.column());
  }

  private static String name(Relation relation, String column) {
    return declared(relation, relation.isTable() ? relation.declared(column) : column);
  }
}
