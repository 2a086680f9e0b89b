package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.CompareOp;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads conditions into a context. */
final class Conditions {
  private static final Set<String> JOINING =
      Set.of("||", "concat", "concat_ws", "printf", "format");

  private final Contexts contexts;
  private final Sides sides;

  Conditions(Contexts contexts, Sides sides) {
    this.contexts = contexts;
    this.sides = sides;
  }

  /** A condition that holds in this context; the join is the one whose ON it stands in. */
  void holds(Expr expr, Facts facts, Block block, Optional<From.Join> join) {
    holds(expr, facts, block, join, true);
  }

  private void holds(Expr expr, Facts facts, Block block, Optional<From.Join> join, boolean bare) {
    if (expr instanceof Expr.And and) {
      and.operands().forEach(each -> holds(each, facts, block, join, true));
    } else if (expr instanceof Expr.Compare compare) {
      compare(compare, facts, block, join, bare);
      operand(compare.left(), compare, facts, block);
      operand(compare.right(), compare, facts, block);
    } else if (expr instanceof Expr.InQuery in) {
      explore(in.value(), facts, block);
      within(in.value(), in.query(), expr, facts, block, join, bare);
    } else if (expr instanceof Expr.Quantified some && isMembership(some)) {
      explore(some.value(), facts, block);
      within(some.value(), some.query(), expr, facts, block, join, bare);
    } else if (expr instanceof Expr.InList list) {
      list(list, facts, block);
      explore(list, facts, block);
    } else if (expr instanceof Expr.Or or) {
      new Alternatives(this, contexts, sides).of(or, facts, block, join);
    } else if (expr instanceof Expr.Not not) {
      contexts.inside(facts, here -> holds(not.operand(), here, block, join, false));
    } else if (expr instanceof Expr.Operation operation) {
      operation(operation, facts, block);
      explore(operation, facts, block);
    } else {
      explore(expr, facts, block);
    }
  }

  /** A subquery that is linked by the comparison is read with that link, and only so. */
  private void operand(Expr operand, Expr.Compare compare, Facts facts, Block block) {
    if (!(operand instanceof Expr.ScalarQuery) || !isEquality(compare)) {
      explore(operand, facts, block);
    }
  }

  private static boolean isEquality(Expr.Compare compare) {
    return compare.op() == CompareOp.EQUAL || compare.op() == CompareOp.IS;
  }

  private static boolean isMembership(Expr.Quantified quantified) {
    return quantified.all()
        ? quantified.op() == CompareOp.NOT_EQUAL
        : quantified.op() == CompareOp.EQUAL || quantified.op() == CompareOp.IS;
  }

  private void compare(
      Expr.Compare compare, Facts facts, Block block, Optional<From.Join> join, boolean bare) {
    boolean equal = isEquality(compare);
    if (equal && compare.right() instanceof Expr.ScalarQuery scalar) {
      scalar(compare.left(), scalar, compare, facts, block, join, bare);
    }
    if (equal && compare.left() instanceof Expr.ScalarQuery scalar) {
      scalar(compare.right(), scalar, compare, facts, block, join, bare);
    }
    List<Expr> left = ExprParts.items(compare.left());
    List<Expr> right = ExprParts.items(compare.right());
    for (int i = 0; i < left.size() && left.size() == right.size(); i++) {
      if (equal) {
        equate(left.get(i), right.get(i), compare, facts, block, join, bare);
      } else {
        relate(left.get(i), right.get(i), facts, block);
      }
    }
  }

  private void equate(
      Expr left,
      Expr right,
      Expr.Compare compare,
      Facts facts,
      Block block,
      Optional<From.Join> join,
      boolean bare) {
    List<Expr> ones = joined(left);
    List<Expr> others = joined(right);
    if (ones.size() > 1 && ones.size() == others.size()) {
      for (int i = 0; i < ones.size(); i++) {
        equate(ones.get(i), others.get(i), compare, facts, block, join, bare);
      }
      return;
    }
    link(
        new Edge(
            sides.of(left, block),
            sides.of(right, block),
            Edge.Form.COMPARE,
            block,
            compare.span(),
            Optional.of(compare),
            bare,
            Optional.empty(),
            join),
        facts);
  }

  /** The columns that are strung together to one text, so that several are compared at once. */
  private static List<Expr> joined(Expr expr) {
    List<Expr> parts = new ArrayList<>();
    if (expr instanceof Expr.Operation operation && JOINING.contains(operation.operator())) {
      operation.operands().forEach(each -> parts.addAll(joined(each)));
    } else if (expr instanceof Expr.Function function && JOINING.contains(function.name())) {
      function.arguments().forEach(each -> parts.addAll(joined(each)));
    } else if (!ExprParts.isConstant(expr)) {
      parts.add(expr);
    }
    return parts;
  }

  /** Takes in a link, or the constant that one of its sides is. */
  void link(Edge edge, Facts facts) {
    facts.add(edge);
    pin(edge.left(), edge.right(), edge, facts);
    pin(edge.right(), edge.left(), edge, facts);
    // A derived column that is a constant inside its table.
    constant(edge.left(), facts);
    constant(edge.right(), facts);
  }

  private static void constant(Side side, Facts facts) {
    if (side.base().isPresent() && side.constant().isPresent()) {
      facts.pin(side.base().get(), side.constant().get());
    }
  }

  private static void pin(Side column, Side value, Edge edge, Facts facts) {
    boolean constant = value.base().isEmpty() && value.constant().isPresent();
    if (column.base().isPresent() && constant) {
      facts.pin(column.base().get(), value.constant().get());
      edge.expr().ifPresent(expr -> facts.add(new Facts.Pin(column, expr)));
    }
  }

  private void relate(Expr left, Expr right, Facts facts, Block block) {
    Side one = sides.of(left, block);
    Side other = sides.of(right, block);
    if (one.base().isPresent() && other.base().isPresent()) {
      facts.compare(one.base().get(), other.base().get());
    } else {
      one.base().ifPresent(facts::bound);
      other.base().ifPresent(facts::bound);
    }
  }

  private void operation(Expr.Operation operation, Facts facts, Block block) {
    List<Expr> operands = operation.operands();
    for (int i = 1; i < operands.size(); i++) {
      relate(operands.get(0), operands.get(i), facts, block);
    }
  }

  private void list(Expr.InList list, Facts facts, Block block) {
    if (list.negated()) {
      return;
    }
    List<Expr> columns = ExprParts.items(list.value());
    for (int i = 0; i < columns.size(); i++) {
      Side side = sides.of(columns.get(i), block);
      if (side.base().isPresent()) {
        facts.bound(side.base().get());
        item(side, list, i, facts, block);
      }
    }
  }

  private void item(Side side, Expr.InList list, int index, Facts facts, Block block) {
    if (list.items().size() == 1) {
      List<Expr> items = ExprParts.items(list.items().get(0));
      if (index < items.size()) {
        Side value = sides.of(items.get(index), block);
        link(
            new Edge(
                side,
                value,
                Edge.Form.COMPARE,
                block,
                list.span(),
                Optional.of(list),
                true,
                Optional.empty(),
                Optional.empty()),
            facts);
      }
    } else if (list.items().stream().limit(50).allMatch(ExprParts::isConstant)) {
      facts.add(new Facts.Pin(side, list));
    }
  }

  private void within(
      Expr value,
      Query query,
      Expr whole,
      Facts facts,
      Block block,
      Optional<From.Join> join,
      boolean bare) {
    block
        .query(query)
        .ifPresent(
            scope ->
                outputs(
                    ExprParts.items(value),
                    scope,
                    new Asked(Edge.Form.IN, whole, block, join, bare),
                    facts));
  }

  private void scalar(
      Expr value,
      Expr.ScalarQuery scalar,
      Expr whole,
      Facts facts,
      Block block,
      Optional<From.Join> join,
      boolean bare) {
    block
        .query(scalar.query())
        .ifPresent(
            scope ->
                outputs(
                    ExprParts.items(value),
                    scope,
                    new Asked(Edge.Form.SCALAR, whole, block, join, bare),
                    facts));
  }

  /** How a subquery is asked for its columns. */
  private record Asked(
      Edge.Form form, Expr whole, Block block, Optional<From.Join> join, boolean bare) {}

  private void outputs(List<Expr> values, QueryScope query, Asked asked, Facts facts) {
    contexts.branches(
        query,
        facts,
        here -> {
          Block branch = here.branch();
          for (int i = 0; i < values.size() && i < branch.outputs().size(); i++) {
            List<Expr> ones = joined(values.get(i));
            List<Expr> others =
                branch.outputs().get(i).expr().map(Conditions::joined).orElse(List.of());
            if (ones.size() > 1 && ones.size() == others.size()) {
              for (int k = 0; k < ones.size(); k++) {
                link(
                    edge(
                        sides.of(ones.get(k), asked.block()),
                        sides.of(others.get(k), branch),
                        query,
                        asked),
                    here.facts());
              }
            } else {
              link(
                  edge(
                      sides.of(values.get(i), asked.block()),
                      sides.of(branch.outputs().get(i), branch),
                      query,
                      asked),
                  here.facts());
            }
          }
        });
  }

  private static Edge edge(Side left, Side right, QueryScope query, Asked asked) {
    return new Edge(
        left,
        right,
        asked.form(),
        asked.block(),
        asked.whole().span(),
        Optional.of(asked.whole()),
        asked.bare(),
        Optional.of(query),
        asked.join());
  }

  /** Looks for subqueries and conditions in an expression that says nothing by itself. */
  void explore(Expr expr, Facts facts, Block block) {
    if (expr instanceof Expr.Case choice) {
      cases(choice, facts, block);
    } else if (expr instanceof Expr.Compare
        || expr instanceof Expr.And
        || expr instanceof Expr.Or
        || expr instanceof Expr.Not
        || expr instanceof Expr.InQuery
        || (expr instanceof Expr.Quantified some && isMembership(some))) {
      contexts.inside(facts, here -> holds(expr, here, block, Optional.empty(), false));
    } else {
      if (expr instanceof Expr.Function function && function.filter().isPresent()) {
        contexts.inside(
            facts, here -> holds(function.filter().get(), here, block, Optional.empty(), true));
      }
      ExprParts.each(
          expr,
          part -> explore(part, facts, block),
          (query, usage) ->
              block.query(query).ifPresent(scope -> contexts.branches(scope, facts, branch -> {})));
    }
  }

  private void cases(Expr.Case choice, Facts facts, Block block) {
    choice.operand().ifPresent(operand -> explore(operand, facts, block));
    for (Expr.When when : choice.whens()) {
      if (isCheap(when.condition()) && isCheap(when.result())) {
        continue;
      }
      contexts.inside(
          facts,
          here -> {
            if (choice.operand().isEmpty()) {
              holds(when.condition(), here, block, Optional.empty(), true);
            } else {
              explore(when.condition(), here, block);
            }
            explore(when.result(), here, block);
          });
    }
    choice.otherwise().ifPresent(otherwise -> explore(otherwise, facts, block));
  }

  /** Whether nothing in it can link two tables. */
  static boolean isCheap(Expr expr) {
    if (expr instanceof Expr.Literal
        || expr instanceof Expr.ColumnRef
        || expr instanceof Expr.Parameter) {
      return true;
    }
    return expr instanceof Expr.Compare compare
        && (ExprParts.isConstant(compare.left()) || ExprParts.isConstant(compare.right()))
        && isSimple(compare.left())
        && isSimple(compare.right());
  }

  private static boolean isSimple(Expr expr) {
    return expr instanceof Expr.Literal
        || expr instanceof Expr.ColumnRef
        || expr instanceof Expr.Parameter;
  }
}
