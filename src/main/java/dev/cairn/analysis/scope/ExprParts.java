package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What an expression consists of, one level down. */
public final class ExprParts {

  private ExprParts() {}

  /** Hands over each operand, and each query with what it is asked for. */
  public static void each(Expr expr, Consumer<Expr> operand, BiConsumer<Query, Usage> query) {
    if (expr instanceof Expr.And and) {
      and.operands().forEach(operand);
    } else if (expr instanceof Expr.Or or) {
      or.operands().forEach(operand);
    } else if (expr instanceof Expr.Not not) {
      operand.accept(not.operand());
    } else if (expr instanceof Expr.Compare compare) {
      operand.accept(compare.left());
      operand.accept(compare.right());
    } else if (expr instanceof Expr.InList list) {
      operand.accept(list.value());
      list.items().forEach(operand);
    } else if (expr instanceof Expr.RowValue row) {
      row.items().forEach(operand);
    } else if (expr instanceof Expr.Cast cast) {
      operand.accept(cast.operand());
    } else if (expr instanceof Expr.Operation operation) {
      operation.operands().forEach(operand);
    } else if (expr instanceof Expr.Case choice) {
      choice.operand().ifPresent(operand);
      for (Expr.When when : choice.whens()) {
        operand.accept(when.condition());
        operand.accept(when.result());
      }
      choice.otherwise().ifPresent(operand);
    } else if (expr instanceof Expr.Function function) {
      function.arguments().forEach(operand);
      function.filter().ifPresent(operand);
      function.windowParts().forEach(operand);
    } else {
      queries(expr, operand, query);
    }
  }

  private static void queries(Expr expr, Consumer<Expr> operand, BiConsumer<Query, Usage> query) {
    if (expr instanceof Expr.InQuery in) {
      operand.accept(in.value());
      query.accept(in.query(), Usage.IN);
    } else if (expr instanceof Expr.Quantified quantified) {
      operand.accept(quantified.value());
      query.accept(quantified.query(), Usage.QUANTIFIED);
    } else if (expr instanceof Expr.Exists exists) {
      query.accept(exists.query(), Usage.EXISTS);
    } else if (expr instanceof Expr.ScalarQuery scalar) {
      query.accept(scalar.query(), Usage.SCALAR);
    }
  }

  /** Hands over the expression and everything in it, but nothing of its queries. */
  public static void walk(Expr expr, Consumer<Expr> visitor, BiConsumer<Query, Usage> query) {
    visitor.accept(expr);
    each(expr, part -> walk(part, visitor, query), query);
  }

  /** Whether a column or a query stands anywhere in it. */
  public static boolean isConstant(Expr expr) {
    boolean[] constant = {true};
    walk(
        expr,
        part -> constant[0] &= !(part instanceof Expr.ColumnRef || part instanceof Expr.Star),
        (query, usage) -> constant[0] = false);
    return constant[0];
  }

  /** The items of a row value, or the expression alone. */
  public static List<Expr> items(Expr expr) {
    return expr instanceof Expr.RowValue row ? row.items() : List.of(expr);
  }
}
