package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Origin;
import dev.cairn.analysis.scope.Origins;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links that USING and NATURAL make. */
final class SharedColumns {
  private final Block block;

  SharedColumns(Block block) {
    this.block = block;
  }

  List<Edge> of(From.Join join) {
    List<Relation> left = relations(join.left());
    List<Relation> right = relations(join.right());
    List<Edge> edges = new ArrayList<>();
    if (join.natural()) {
      for (Relation each : right) {
        for (String column : each.columns()) {
          edge(left, right, column, join, Edge.Form.NATURAL).ifPresent(edges::add);
        }
      }
    }
    for (Name name : join.using()) {
      edge(left, right, name.text(), join, Edge.Form.USING).ifPresent(edges::add);
    }
    return edges;
  }

  private Optional<Edge> edge(
      List<Relation> left, List<Relation> right, String column, From.Join join, Edge.Form form) {
    Optional<Relation> one = having(left, column);
    Optional<Relation> other = having(right, column);
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Edge(
            side(one.get(), column),
            side(other.get(), column),
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

  private Side side(Relation relation, String column) {
    Node visible = Node.of(relation, column);
    List<Origin> origins = Origins.of(relation, column);
    Optional<Node> base =
        origins.stream().findFirst().map(each -> Node.of(each.relation(), each.column()));
    return new Side(
        block,
        Optional.empty(),
        Optional.of(visible),
        base.or(() -> Optional.of(visible)),
        origins.isEmpty() ? Origin.Strength.PLAIN : origins.get(0).strength(),
        Optional.empty());
  }

  /** The relations of this block that stand in a part of its FROM. */
  List<Relation> relations(From from) {
    if (from instanceof From.Join join) {
      List<Relation> both = new ArrayList<>(relations(join.left()));
      both.addAll(relations(join.right()));
      return both;
    }
    return block.relations().stream()
        .filter(relation -> relation.node().filter(node -> node == from).isPresent())
        .toList();
  }
}
