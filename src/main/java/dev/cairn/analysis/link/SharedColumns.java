package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The links that USING and NATURAL make. */
final class SharedColumns {
  private final Block block;

  SharedColumns(Block block) {
    this.block = block;
  }

  /** The links that a join says by names alone, of the branches that are looked at. */
  List<Edge> of(From.Join join, Sides sides) {
    if (!join.natural() && join.using().isEmpty()) {
      return List.of();
    }
    List<Relation> left = relations(join.left());
    List<Relation> right = relations(join.right());
    List<Edge> edges = new ArrayList<>();
    if (join.natural()) {
      for (Relation each : right) {
        for (String column : each.columns()) {
          edge(left, right, column, join, Edge.Form.NATURAL, sides).ifPresent(edges::add);
        }
      }
    }
    for (Name name : join.using()) {
      edge(left, right, name.text(), join, Edge.Form.USING, sides).ifPresent(edges::add);
    }
    return edges;
  }

  private Optional<Edge> edge(
      List<Relation> left,
      List<Relation> right,
      String column,
      From.Join join,
      Edge.Form form,
      Sides sides) {
    Optional<Relation> one = having(left, column);
    Optional<Relation> other = having(right, column);
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Edge(
            sides.of(one.get(), column, block),
            sides.of(other.get(), column, block),
            form,
            block,
            join.using().isEmpty() ? join.span() : join.using().get(0).span(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.of(join)));
  }

  private static Optional<Relation> having(List<Relation> relations, String column) {
    return relations.stream().filter(relation -> relation.has(column)).findFirst();
  }

  /** The relations of this block that stand in a part of its FROM. */
  List<Relation> relations(From from) {
    Set<From> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(from, leaves);
    return block.relations().stream()
        .filter(relation -> relation.node().filter(leaves::contains).isPresent())
        .toList();
  }

  private static void collect(From from, Set<From> leaves) {
    if (from instanceof From.Join join) {
      collect(join.left(), leaves);
      collect(join.right(), leaves);
    } else {
      leaves.add(from);
    }
  }
}
