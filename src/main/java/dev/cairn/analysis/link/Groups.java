package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.Output;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Usage;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a link over the front of a key asks of the other side no more than its group of rows:
 * whether there is one, how many, the newest.
 */
final class Groups {
  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "total",
          "avg",
          "min",
          "max",
          "group_concat",
          "string_agg",
          "array_agg",
          "json_group_array",
          "json_group_object",
          "json_agg",
          "jsonb_agg",
          "json_object_agg",
          "jsonb_object_agg",
          "bool_and",
          "bool_or",
          "every",
          "bit_and",
          "bit_or",
          "stddev",
          "stddev_pop",
          "stddev_samp",
          "variance",
          "var_pop",
          "var_samp",
          "median",
          "mode",
          "percentile",
          "percentile_cont",
          "percentile_disc",
          "any_value",
          "regr_slope",
          "corr");

  private final Sides sides;

  Groups(Sides sides) {
    this.sides = sides;
  }

  /** Whether the subquery that a comparison asks has a GROUP BY. */
  boolean isGrouped(Edge edge) {
    return edge.right().block().select().filter(each -> !each.groupBy().isEmpty()).isPresent();
  }

  boolean onlyGroup(Gap gap, Facts facts) {
    return asksGroup(gap.one(), gap.other(), gap, facts)
        || asksGroup(gap.other(), gap.one(), gap, facts);
  }

  /** Whether a subquery between the relation and the one outside it reduces it to its group. */
  private boolean asksGroup(Relation inner, Relation outer, Gap gap, Facts facts) {
    for (Block block : between(inner.block(), outer.block())) {
      if (reduces(block, inner, outer, gap, facts)) {
        return true;
      }
    }
    return false;
  }

  private static List<Block> between(Block inner, Block outer) {
    List<Block> found = new ArrayList<>();
    for (Optional<Block> at = Optional.of(inner);
        at.isPresent() && !at.get().contains(outer);
        at = at.get().holder()) {
      found.add(at.get());
    }
    return found;
  }

  private boolean reduces(Block block, Relation inner, Relation outer, Gap gap, Facts facts) {
    return switch (block.usage()) {
      case EXISTS -> true;
      case IN, QUANTIFIED -> isGroupOrDistinct(block) || !isSelf(inner, outer, gap);
      case SCALAR ->
          aggregates(block)
              || isGroupOrDistinct(block)
              || block
                  .query()
                  .filter(query -> !query.orderBy().isEmpty() && query.limit().isPresent())
                  .isPresent();
      case DERIVED, INSERT_SOURCE ->
          (aggregates(block) && groupBy(block).isEmpty()) || isByGroup(block, inner, gap, facts);
      default -> false;
    };
  }

  /** Rows of a table that are chosen by other rows of the same one, by less than a key. */
  private static boolean isSelf(Relation inner, Relation outer, Gap gap) {
    boolean target =
        outer.block().usage() != Usage.IN
            && outer.block().statement().isPresent()
            && outer.block().relations().get(0) == outer;
    return target
        && gap.edge().form() == Edge.Form.IN
        && inner.table().equals(outer.table())
        && inner.block().select().flatMap(Query.Select::where).isPresent();
  }

  private static boolean isGroupOrDistinct(Block block) {
    return block.select().filter(each -> each.distinct() || !each.groupBy().isEmpty()).isPresent();
  }

  private static List<Expr> groupBy(Block block) {
    return block.select().map(Query.Select::groupBy).orElse(List.of());
  }

  /** Whether a derived table has one row for each group that the link names, and no finer. */
  private boolean isByGroup(Block block, Relation inner, Gap gap, Facts facts) {
    if (!isGroupOrDistinct(block)) {
      return false;
    }
    List<Side> keys = new ArrayList<>();
    if (groupBy(block).isEmpty()) {
      block.outputs().forEach(output -> keys.add(sides.of(output, block)));
    } else {
      groupBy(block).forEach(expr -> keys.add(key(expr, block)));
    }
    return keys.stream()
        .allMatch(
            key ->
                key.base()
                    .filter(node -> node.relation() != inner || isLinkedPart(node, gap, facts))
                    .isPresent());
  }

  /** A group's key may be written as the number of a result column. */
  private Side key(Expr expr, Block block) {
    if (expr instanceof Expr.Literal literal && literal.text().matches("[0-9]{1,4}")) {
      int index = Integer.parseInt(literal.text()) - 1;
      List<Output> outputs = block.outputs();
      if (index >= 0 && index < outputs.size()) {
        return sides.of(outputs.get(index), block);
      }
    }
    return sides.of(expr, block);
  }

  private static boolean isLinkedPart(Node node, Gap gap, Facts facts) {
    return gap.linked().stream()
        .anyMatch(part -> facts.linked(node, part.one()) || facts.linked(node, part.other()));
  }

  /** Whether each of its columns is an aggregate of all its rows. */
  static boolean aggregates(Block block) {
    return !block.outputs().isEmpty()
        && block.select().filter(each -> each.groupBy().isEmpty()).isPresent()
        && block.outputs().stream()
            .allMatch(output -> output.expr().filter(Groups::holdsAggregate).isPresent());
  }

  static boolean holdsAggregate(Expr expr) {
    boolean[] found = {false};
    ExprParts.walk(
        expr,
        part ->
            found[0] |=
                part instanceof Expr.Function function
                    && !function.over()
                    && AGGREGATES.contains(function.name())
                    && (function.arguments().size() < 2
                        || !Set.of("min", "max").contains(function.name())),
        (query, usage) -> {});
    return found[0];
  }
}
