package dev.cairn.analysis.check;

import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.sql.tree.Expr;
import java.util.Set;

/** Tells expressions that make one value of many rows. */
public final class Aggregates {
  private static final Set<String> NAMES =
      Set.of(
          "count",
          "sum",
          "avg",
          "total",
          "group_concat",
          "string_agg",
          "array_agg",
          "json_agg",
          "jsonb_agg",
          "json_group_array",
          "json_group_object",
          "bool_and",
          "bool_or",
          "every");

  private Aggregates() {}

  /** Whether an aggregate stands in the expression, not in a window and not in a query of it. */
  public static boolean in(Expr expr) {
    boolean[] found = {false};
    ExprParts.walk(expr, part -> found[0] |= is(part), (query, usage) -> {});
    return found[0];
  }

  /** SQLite's min and max of several values compare these and no rows. */
  private static boolean is(Expr expr) {
    return expr instanceof Expr.Function function
        && !function.over()
        && (NAMES.contains(function.name())
            || (Set.of("min", "max").contains(function.name())
                && function.arguments().size() == 1));
  }
}
