package dev.cairn.analysis.cascade;

import dev.cairn.analysis.cascade.ReachedRows.Edge;
import dev.cairn.analysis.cascade.ReachedRows.Node;
import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the queries of the rows that foreign keys reach. Each set of rows is a common table
 * expression over those it is reached from; sets that reach each other are one recursive expression
 * whose UNION ends it.
 */
final class CascadeSql {
  private final ReachedRows reached;
  private final StartRows start;
  private final Catalog catalog;
  private final Flavour flavour;
  private final Map<Node, String> names = new LinkedHashMap<>();
  private final Map<Node, List<String>> carried = new LinkedHashMap<>();

  CascadeSql(ReachedRows reached, StartRows start, Catalog catalog, Flavour flavour) {
    this.reached = reached;
    this.start = start;
    this.catalog = catalog;
    this.flavour = flavour;
    for (Node node : reached.nodes()) {
      names.put(node, "cairn_" + names.size());
      Set<String> columns = new LinkedHashSet<>();
      reached.outOf(node).forEach(edge -> columns.addAll(edge.key().parentColumns()));
      carried.put(node, List.copyOf(columns));
    }
  }

  /** The tables that are reached beyond the statement's own rows. */
  List<Cascade> cascades() {
    List<Cascade> cascades = new ArrayList<>();
    for (Node node : reached.nodes()) {
      if (!node.equals(reached.root()) || reached.onOneCircle(node, node)) {
        cascades.add(cascade(node));
      }
    }
    return cascades;
  }

  private Cascade cascade(Node node) {
    Node deleted = new Node(node.table(), CascadeAction.DELETE, Set.of());
    boolean alsoDeleted = !node.equals(deleted) && names.containsKey(deleted);
    Set<Node> needed = new LinkedHashSet<>();
    List<String> conditions = new ArrayList<>();
    if (reached.onOneCircle(node, node)) {
      needed.add(node);
      conditions.add(isIn(node, names.get(node)));
      if (node.equals(reached.root())) {
        conditions.add("NOT " + isIn(node, "cairn_start"));
      }
    } else {
      reached.into(node).forEach(edge -> needed.add(edge.from()));
      conditions.add(joined(reached.into(node), "x"));
    }
    if (alsoDeleted) {
      needed.add(deleted);
      conditions.add("NOT " + isIn(node, names.get(deleted)));
    }
    List<Edge> into = reached.into(node);
    return new Cascade(
        node.table(),
        node.action(),
        into.get(0).key().columns(),
        reached.path(node),
        with(needed),
        QuotedName.of(node.table()) + " AS x WHERE " + String.join(" AND ", conditions));
  }

  private String isIn(Node node, String name) {
    List<String> identity = identity(node);
    String own = identity.stream().map(each -> "x." + each).collect(Collectors.joining(", "));
    String theirs = keyNames(identity.size());
    return (identity.size() == 1 ? own : "(" + own + ")")
        + " IN (SELECT "
        + theirs
        + " FROM "
        + name
        + ")";
  }

  /** The rows of a table that any of these foreign keys leads to. */
  private String joined(List<Edge> edges, String alias) {
    return edges.stream()
        .map(edge -> refers(edge, alias))
        .distinct()
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private String refers(Edge edge, String alias) {
    List<String> parent = carried.get(edge.from());
    String own =
        edge.key().columns().stream()
            .map(column -> alias + "." + QuotedName.of(column))
            .collect(Collectors.joining(", "));
    String theirs =
        edge.key().parentColumns().stream()
            .map(column -> "c" + (parent.indexOf(column) + 1))
            .collect(Collectors.joining(", "));
    boolean one = edge.key().columns().size() == 1;
    return (one ? own : "(" + own + ")")
        + " IN (SELECT "
        + theirs
        + " FROM "
        + names.get(edge.from())
        + ")";
  }

  private String with(Set<Node> needed) {
    List<String> ctes = new ArrayList<>();
    Set<Node> written = new HashSet<>();
    boolean recursive = start.recursive();
    if (!start.ctes().isEmpty()) {
      ctes.add(start.ctes());
    }
    ctes.add(startRows());
    for (Node node : needed) {
      recursive |= write(node, written, ctes);
    }
    return (recursive ? "WITH RECURSIVE " : "WITH ") + String.join(", ", ctes) + " ";
  }

  /** Writes the node's expression behind those that it needs. */
  private boolean write(Node node, Set<Node> written, List<String> ctes) {
    if (!written.add(node)) {
      return false;
    }
    List<Node> circle =
        reached.nodes().stream().filter(other -> reached.onOneCircle(node, other)).toList();
    written.addAll(circle);
    boolean recursive = !circle.isEmpty();
    for (Node member : circle.isEmpty() ? List.of(node) : circle) {
      for (Edge edge : reached.into(member)) {
        if (!circle.contains(edge.from())) {
          recursive |= write(edge.from(), written, ctes);
        }
      }
    }
    if (circle.isEmpty()) {
      String rows =
          node.equals(reached.root())
              ? "SELECT * FROM cairn_start"
              : plain("SELECT ", node, List.of(), reached.into(node));
      ctes.add(head(node) + " AS (" + rows + ")");
    } else {
      writeCircle(circle, ctes);
    }
    return recursive;
  }

  private void writeCircle(List<Node> circle, List<String> ctes) {
    String name = names.get(circle.get(0)) + "_circle";
    int width = circle.stream().mapToInt(this::width).max().orElseThrow();
    List<String> first = new ArrayList<>();
    List<String> again = new ArrayList<>();
    for (Node node : circle) {
      String tag = Integer.toString(circle.indexOf(node));
      List<String> padding = Collections.nCopies(width - width(node), "NULL");
      if (node.equals(reached.root())) {
        first.add(listed("SELECT " + tag + ", *", padding) + " FROM cairn_start");
      }
      List<Edge> outside =
          reached.into(node).stream().filter(edge -> !circle.contains(edge.from())).toList();
      if (!outside.isEmpty()) {
        first.add(plain("SELECT " + tag + ", ", node, padding, outside));
      }
      for (Node from : circle) {
        List<Edge> inside =
            reached.into(node).stream().filter(edge -> edge.from().equals(from)).toList();
        if (!inside.isEmpty()) {
          again.add(step(name, circle.indexOf(from), tag, node, padding, inside));
        }
      }
    }
    first.addAll(again);
    String columns =
        IntStream.rangeClosed(1, width).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
    ctes.add(name + "(node, " + columns + ") AS (" + String.join(" UNION ", first) + ")");
    for (Node node : circle) {
      String own =
          IntStream.rangeClosed(1, width(node))
              .mapToObj(i -> "v" + i)
              .collect(Collectors.joining(", "));
      ctes.add(
          head(node)
              + " AS (SELECT "
              + own
              + " FROM "
              + name
              + " WHERE node = "
              + circle.indexOf(node)
              + ")");
    }
  }

  /** One round of a circle: the rows that refer to rows already found. */
  private String step(
      String name, int from, String tag, Node node, List<String> padding, List<Edge> edges) {
    String condition =
        edges.stream().map(this::matches).distinct().collect(Collectors.joining(" OR ", "(", ")"));
    return listed("SELECT " + tag + ", " + columns(node, "x"), padding)
        + " FROM "
        + name
        + " AS s CROSS JOIN "
        + QuotedName.of(node.table())
        + " AS x WHERE s.node = "
        + from
        + " AND "
        + condition;
  }

  private String matches(Edge edge) {
    int keys = identity(edge.from()).size();
    List<String> parent = carried.get(edge.from());
    return IntStream.range(0, edge.key().columns().size())
        .mapToObj(
            i ->
                "x."
                    + QuotedName.of(edge.key().columns().get(i))
                    + " = s.v"
                    + (keys + 1 + parent.indexOf(edge.key().parentColumns().get(i))))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  private String plain(String select, Node node, List<String> padding, List<Edge> edges) {
    return listed(select + columns(node, "x"), padding)
        + " FROM "
        + QuotedName.of(node.table())
        + " AS x WHERE "
        + joined(edges, "x");
  }

  private String startRows() {
    return "cairn_start"
        + header(reached.root())
        + " AS ("
        + start.select(columns(reached.root(), start.label()))
        + ")";
  }

  private String head(Node node) {
    return names.get(node) + header(node);
  }

  private String header(Node node) {
    String columns =
        IntStream.rangeClosed(1, carried.get(node).size())
            .mapToObj(i -> ", c" + i)
            .collect(Collectors.joining());
    return "(" + keyNames(identity(node).size()) + columns + ")";
  }

  private String columns(Node node, String alias) {
    List<String> all = new ArrayList<>();
    identity(node).forEach(each -> all.add(alias + "." + each));
    carried.get(node).forEach(each -> all.add(alias + "." + QuotedName.of(each)));
    return String.join(", ", all);
  }

  private int width(Node node) {
    return identity(node).size() + carried.get(node).size();
  }

  private static String listed(String head, List<String> padding) {
    return padding.isEmpty() ? head : head + ", " + String.join(", ", padding);
  }

  private static String keyNames(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
  }

  /** What tells a row from every other of its table, as SQL. */
  private List<String> identity(Node node) {
    return RowIdentity.of(catalog.table(node.table()).orElseThrow(), flavour);
  }
}
