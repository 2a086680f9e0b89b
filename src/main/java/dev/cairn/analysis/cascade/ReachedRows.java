package dev.cairn.analysis.cascade;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which rows reach which, by the declarations alone: a graph whose first node is the target. */
final class ReachedRows {

  /**
   * Rows of one table to which the same happens.
   *
   * @param changed the columns that change, empty where rows are deleted
   */
  record Node(String table, CascadeAction action, Set<String> changed) {}

  /** One foreign key between two of them. */
  record Edge(Node from, Node to, ForeignKey key) {}

  private final Catalog catalog;
  private final Map<Node, List<String>> paths = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Node root;

  ReachedRows(Catalog catalog, Node root) {
    this.catalog = catalog;
    this.root = root;
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    paths.put(root, List.of(root.table()));
    while (!open.isEmpty()) {
      Node node = open.removeFirst();
      for (ForeignKey key : catalog.referencesTo(node.table())) {
        reached(node, key).ifPresent(next -> follow(node, next, key, open));
      }
    }
  }

  private void follow(Node node, Node next, ForeignKey key, Deque<Node> open) {
    edges.add(new Edge(node, next, key));
    if (!paths.containsKey(next)) {
      List<String> path = new ArrayList<>(paths.get(node));
      path.add(next.table());
      paths.put(next, List.copyOf(path));
      open.addLast(next);
    }
  }

  private Optional<Node> reached(Node node, ForeignKey key) {
    boolean readable =
        catalog.table(key.table()).isPresent()
            && key.columns().size() == key.parentColumns().size();
    if (node.action() == CascadeAction.RESTRICT || !readable) {
      return Optional.empty();
    }
    boolean deletes = node.action() == CascadeAction.DELETE;
    Set<String> followed = deletes ? folded(key.columns()) : following(node, key);
    if (followed.isEmpty()) {
      return Optional.empty();
    }
    String declared = deletes ? key.onDelete() : key.onUpdate();
    CascadeAction action =
        switch (declared.toUpperCase(Locale.ROOT)) {
          case "CASCADE" -> deletes ? CascadeAction.DELETE : CascadeAction.UPDATE;
          case "SET NULL" -> CascadeAction.SET_NULL;
          case "SET DEFAULT" -> CascadeAction.SET_DEFAULT;
          default -> CascadeAction.RESTRICT;
        };
    Set<String> changed =
        switch (action) {
          case DELETE, RESTRICT -> Set.of();
          case UPDATE -> followed;
          default -> folded(key.columns());
        };
    return Optional.of(new Node(tableName(key.table()), action, changed));
  }

  /** The referring columns whose counterpart in the parent's key changes. */
  private static Set<String> following(Node node, ForeignKey key) {
    Set<String> columns = new HashSet<>();
    for (int i = 0; i < key.columns().size(); i++) {
      if (node.changed().contains(fold(key.parentColumns().get(i)))) {
        columns.add(fold(key.columns().get(i)));
      }
    }
    return columns;
  }

  private String tableName(String name) {
    return catalog.table(name).orElseThrow().name();
  }

  Node root() {
    return root;
  }

  /** Every node, the target's first, in the order of their distance from it. */
  List<Node> nodes() {
    return List.copyOf(paths.keySet());
  }

  /** The foreign keys that lead to a node. */
  List<Edge> into(Node node) {
    return edges.stream().filter(edge -> edge.to().equals(node)).toList();
  }

  /** The foreign keys that lead on from a node. */
  List<Edge> outOf(Node node) {
    return edges.stream().filter(edge -> edge.from().equals(node)).toList();
  }

  /** The tables on the shortest way from the target to a node. */
  List<String> path(Node node) {
    return paths.get(node);
  }

  /** Whether both nodes reach each other, or a node itself. */
  boolean onOneCircle(Node left, Node right) {
    return after(left).contains(right) && after(right).contains(left);
  }

  private Set<Node> after(Node start) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (Edge edge : outOf(open.removeFirst())) {
        if (seen.add(edge.to())) {
          open.addLast(edge.to());
        }
      }
    }
    return seen;
  }

  private static Set<String> folded(List<String> names) {
    Set<String> result = new HashSet<>();
    names.forEach(name -> result.add(fold(name)));
    return result;
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
