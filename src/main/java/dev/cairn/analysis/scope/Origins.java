package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a value to the columns of real tables that it comes from. */
public final class Origins {

  /** Functions whose first argument is still the value, made ready to be compared. */
  private static final Set<String> SAME_VALUE =
      Set.of(
          "coalesce",
          "ifnull",
          "nullif",
          "lower",
          "upper",
          "trim",
          "ltrim",
          "rtrim",
          "abs",
          "round",
          "floor",
          "ceil",
          "ceiling",
          "likely",
          "unlikely",
          "likelihood",
          "to_char",
          "text",
          "cast",
          "any_value");

  private static final Set<String> OF_GROUP =
      Set.of("min", "max", "first_value", "last_value", "nth_value", "lag", "lead");

  private static final int DEPTH = 64;

  private Origins() {}

  /** The columns of real tables behind an expression; more than one where a UNION is behind it. */
  public static List<Origin> of(Expr expr, Block block) {
    List<Origin> found = new ArrayList<>();
    follow(expr, block, Origin.Strength.PLAIN, found, 0);
    return found;
  }

  /** The columns of real tables behind a relation's column. */
  public static List<Origin> of(Relation relation, String column) {
    List<Origin> found = new ArrayList<>();
    follow(relation, column, Origin.Strength.PLAIN, found, 0);
    return found;
  }

  /**
   * The one column in an expression that its value is made from, and how; empty where there is none
   * or where two go into it.
   */
  public static Optional<Part> column(Expr expr) {
    return column(expr, Origin.Strength.PLAIN);
  }

  /**
   * A column or a query that an expression's value is made from.
   *
   * @param expr a {@link Expr.ColumnRef} or a {@link Expr.ScalarQuery}
   * @param strength how near the value still is to it
   */
  public record Part(Expr expr, Origin.Strength strength) {}

  private static Optional<Part> column(Expr expr, Origin.Strength strength) {
    if (expr instanceof Expr.ColumnRef || expr instanceof Expr.ScalarQuery) {
      return Optional.of(new Part(expr, strength));
    }
    if (expr instanceof Expr.Cast cast) {
      return column(cast.operand(), weaker(strength, Origin.Strength.DERIVED));
    }
    if (expr instanceof Expr.Operation operation) {
      return only(operation.operands(), weaker(strength, Origin.Strength.DERIVED));
    }
    if (expr instanceof Expr.Function function && !function.arguments().isEmpty()) {
      if (OF_GROUP.contains(function.name())) {
        return function.arguments().size() == 1 || function.over()
            ? column(function.arguments().get(0), Origin.Strength.AGGREGATED)
            : Optional.empty();
      }
      if (SAME_VALUE.contains(function.name())) {
        return column(function.arguments().get(0), weaker(strength, Origin.Strength.DERIVED));
      }
      return only(function.arguments(), weaker(strength, Origin.Strength.DERIVED));
    }
    return Optional.empty();
  }

  private static Optional<Part> only(List<Expr> operands, Origin.Strength strength) {
    Optional<Part> found = Optional.empty();
    for (Expr operand : operands) {
      if (!ExprParts.isConstant(operand)) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = column(operand, strength);
        if (found.isEmpty()) {
          return found;
        }
      }
    }
    return found;
  }

  private static Origin.Strength weaker(Origin.Strength left, Origin.Strength right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  private static void follow(
      Expr expr, Block block, Origin.Strength strength, List<Origin> found, int depth) {
    Optional<Part> part = column(expr, strength);
    if (part.isEmpty() || depth > DEPTH) {
      return;
    }
    Origin.Strength now = part.get().strength();
    if (part.get().expr() instanceof Expr.ColumnRef ref) {
      Optional<ResolvedColumn> column = block.column(ref);
      if (column.isPresent()) {
        follow(column.get().relation(), column.get().column(), now, found, depth + 1);
      } else {
        block
            .alias(ref)
            .flatMap(Output::expr)
            .ifPresent(alias -> follow(alias, block, now, found, depth + 1));
      }
    } else if (part.get().expr() instanceof Expr.ScalarQuery scalar) {
      query(block, scalar.query())
          .ifPresent(query -> query.blocks().forEach(each -> output(each, 0, now, found, depth)));
    }
  }

  private static Optional<QueryScope> query(Block block, Query query) {
    return block.query(query);
  }

  private static void follow(
      Relation relation, String column, Origin.Strength strength, List<Origin> found, int depth) {
    if (depth > DEPTH) {
      return;
    }
    int index = relation.indexOf(column);
    if (relation.body().isPresent() && index >= 0) {
      for (Block branch : relation.body().get().blocks()) {
        output(branch, index, strength, found, depth);
      }
    } else if (relation.returning().isPresent() && index >= 0) {
      output(relation.returning().get(), index, strength, found, depth);
    } else if (relation.isTable() && (index >= 0 || relation.isRowNumber(column))) {
      found.add(new Origin(relation, relation.declared(column), strength));
    }
  }

  private static void output(
      Block block, int index, Origin.Strength strength, List<Origin> found, int depth) {
    if (index >= block.outputs().size()) {
      return;
    }
    Output output = block.outputs().get(index);
    if (output.relation().isPresent()) {
      follow(output.relation().get(), output.column(), strength, found, depth + 1);
    } else {
      output.expr().ifPresent(expr -> follow(expr, block, strength, found, depth + 1));
    }
  }
}
