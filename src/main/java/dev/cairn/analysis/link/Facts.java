package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Origin;
import dev.cairn.sql.tree.Expr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds in one context: classes of equal columns, constants, and what is said besides. */
final class Facts {

  /** A parameter without a name: whoever writes it on both sides means the same value. */
  static final String ANY_PARAMETER = "?";

  private final Map<Node, Node> up = new HashMap<>();
  private final Map<Node, Set<String>> constants = new HashMap<>();
  private final Set<Node> bounded = new HashSet<>();
  private final Set<Set<Node>> compared = new HashSet<>();
  private final Set<Node> soft = new HashSet<>();
  private final List<Edge> edges = new ArrayList<>();
  private final List<Pin> pins = new ArrayList<>();

  /**
   * A column compared with a constant or a list of them.
   *
   * @param side the column's side
   * @param at the comparison
   */
  record Pin(Side side, Expr at) {}

  Facts() {}

  /** A context inside another one: all that holds there holds here too. */
  Facts(Facts around) {
    up.putAll(around.up);
    around.constants.forEach((node, values) -> constants.put(node, new HashSet<>(values)));
    bounded.addAll(around.bounded);
    compared.addAll(around.compared);
    soft.addAll(around.soft);
  }

  void add(Edge edge) {
    edges.add(edge);
    if (edge.links()) {
      unite(edge.left().base().get(), edge.right().base().get());
      soften(edge.left());
      soften(edge.right());
    }
  }

  private void soften(Side side) {
    if (side.strength() == Origin.Strength.AGGREGATED) {
      soft.add(side.base().get());
    }
  }

  /** Whether the column is only linked as the least or greatest of a group. */
  boolean isSoft(Node node) {
    return soft.contains(node);
  }

  void add(Pin pin) {
    pins.add(pin);
  }

  void unite(Node left, Node right) {
    Node one = root(left);
    Node other = root(right);
    if (!one.equals(other)) {
      up.put(one, other);
      Set<String> values = constants.remove(one);
      if (values != null) {
        constants.computeIfAbsent(other, each -> new HashSet<>()).addAll(values);
      }
    }
  }

  void pin(Node node, String constant) {
    constants.computeIfAbsent(root(node), each -> new HashSet<>()).add(constant);
  }

  void bound(Node node) {
    know(node);
    bounded.add(node);
  }

  void compare(Node left, Node right) {
    if (!left.equals(right)) {
      compared.add(Set.of(left, right));
    }
  }

  private void know(Node node) {
    up.putIfAbsent(node, node);
  }

  private Node root(Node node) {
    Node at = node;
    Node next = up.get(at);
    if (next == null) {
      up.put(node, node);
      return node;
    }
    while (!next.equals(at)) {
      at = next;
      next = up.get(at);
    }
    up.put(node, at);
    return at;
  }

  /** The links that this context adds to those around it. */
  List<Edge> edges() {
    return edges;
  }

  List<Pin> pins() {
    return pins;
  }

  Collection<Node> nodes() {
    return List.copyOf(up.keySet());
  }

  boolean linked(Node left, Node right) {
    return up.containsKey(left) && up.containsKey(right) && root(left).equals(root(right));
  }

  boolean sameConstant(Node left, Node right) {
    Set<String> one = constants(left);
    Set<String> other = constants(right);
    return one.stream().anyMatch(other::contains);
  }

  boolean isPinned(Node node) {
    return !constants(node).isEmpty();
  }

  boolean isBounded(Node node) {
    return bounded.contains(node);
  }

  /** Whether the column is compared with a list of constants. */
  boolean isListed(Node node) {
    return pins.stream().anyMatch(pin -> pin.side().base().filter(node::equals).isPresent());
  }

  /** Whether the two are compared in some other way, so that somebody thought of them. */
  boolean areCompared(Node left, Node right) {
    return !left.equals(right) && compared.contains(Set.of(left, right));
  }

  boolean isCompared(Node node) {
    return compared.stream().anyMatch(pair -> pair.contains(node));
  }

  /** Whether the column is equal to one of another relation. */
  boolean isLinked(Node node) {
    return up.containsKey(node)
        && nodes().stream()
            .anyMatch(other -> other.relation() != node.relation() && linked(node, other));
  }

  private Set<String> constants(Node node) {
    return up.containsKey(node) || constants.containsKey(node)
        ? constants.getOrDefault(root(node), Set.of())
        : Set.of();
  }
}
