package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gaps in the links of one statement. */
final class Links {

  /** Branches of UNIONs in FROMs are looked at one by one; more of them than anybody writes. */
  private static final int MOST_BRANCHES = 32;

  /** Pairs of tables that are looked at, more than a statement of any sense has. */
  private static final int MOST_PAIRS = 4_000;

  private final Resolution resolution;
  private final Catalog catalog;
  private final String text;
  private final Map<String, Gap> gaps = new LinkedHashMap<>();
  private final Map<String, LonePin> pins = new LinkedHashMap<>();
  private int pairs;

  private Links(Resolution resolution, Catalog catalog, String text) {
    this.resolution = resolution;
    this.catalog = catalog;
    this.text = text;
  }

  static Links of(Resolution resolution, Catalog catalog, String text) {
    Links links = new Links(resolution, catalog, text);
    links.read(Map.of());
    int looked = 0;
    for (Relation relation : resolution.relations()) {
      int branches = relation.body().map(body -> body.blocks().size()).orElse(1);
      for (int i = 1; i < branches && looked++ < MOST_BRANCHES; i++) {
        Map<Relation, Integer> chosen = new HashMap<>();
        chosen.put(relation, i);
        links.read(chosen);
      }
    }
    return links;
  }

  /** In the order of their places. */
  List<Gap> gaps() {
    List<Gap> found = new ArrayList<>(gaps.values());
    found.sort(Comparator.comparing(gap -> gap.edge().at().start()));
    return found;
  }

  /** Constants on a later column of a key whose leading one is left open. */
  List<LonePin> pins() {
    return List.copyOf(pins.values());
  }

  /** Whether there was more than could be looked at. */
  boolean cut() {
    return pairs > MOST_PAIRS || resolution.cut();
  }

  private void read(Map<Relation, Integer> branches) {
    Sides sides = new Sides(text, branches);
    Coverage coverage = new Coverage(catalog, new Groups(sides));
    LonePins lone = new LonePins();
    new Contexts(
            resolution,
            sides,
            facts -> {
              edges(facts, coverage);
              lone.in(facts).forEach(pin -> pins.putIfAbsent(pin.identity(), pin));
            })
        .read();
  }

  private void edges(Facts facts, Coverage coverage) {
    Set<Set<Relation>> seen = new HashSet<>();
    List<Gap> found = new ArrayList<>();
    for (Edge edge : facts.edges()) {
      if (edge.links() && edge.form() != Edge.Form.INSERT) {
        Relation left = edge.left().base().get().relation();
        Relation right = edge.right().base().get().relation();
        if (seen.add(Set.of(left, right))) {
          gap(left, right, facts, edge, coverage).ifPresent(found::add);
        }
      }
    }
    if (found.isEmpty()) {
      indirect(facts, coverage, seen, found);
    }
    found.forEach(this::add);
    if (found.isEmpty()) {
      inserted(facts, coverage);
    }
  }

  /** Two tables can be linked through a third one that has no key of its own. */
  private void indirect(Facts facts, Coverage coverage, Set<Set<Relation>> seen, List<Gap> found) {
    for (Edge edge : facts.edges()) {
      if (!edge.links() || edge.form() == Edge.Form.INSERT) {
        continue;
      }
      Node left = edge.left().base().get();
      for (Node other : facts.nodes()) {
        if (facts.linked(left, other)) {
          for (Node end : List.of(left, edge.right().base().get())) {
            if (other.relation() != end.relation()
                && seen.add(Set.of(other.relation(), end.relation()))) {
              gap(other.relation(), end.relation(), facts, edge, coverage).ifPresent(found::add);
            }
          }
        }
      }
    }
  }

  /** The rows that an INSERT makes are judged where their source is in order. */
  private void inserted(Facts facts, Coverage coverage) {
    Set<Set<Relation>> seen = new HashSet<>();
    for (Edge edge : facts.edges()) {
      if (edge.links() && edge.form() == Edge.Form.INSERT) {
        Relation target = edge.left().base().get().relation();
        Relation source = edge.right().base().get().relation();
        if (seen.add(Set.of(target, source))) {
          gap(target, source, facts, edge, coverage)
              .filter(gap -> writes(gap, target, facts))
              .ifPresent(this::add);
        }
      }
    }
  }

  /** Whether the INSERT says what the target's missing columns are to be. */
  private static boolean writes(Gap gap, Relation target, Facts facts) {
    return gap.missing().stream()
        .map(part -> part.one().relation() == target ? part.one() : part.other())
        .allMatch(
            node ->
                facts.edges().stream()
                    .anyMatch(
                        edge ->
                            edge.form() == Edge.Form.INSERT
                                && edge.left().base().filter(node::equals).isPresent()));
  }

  private Optional<Gap> gap(
      Relation one, Relation other, Facts facts, Edge edge, Coverage coverage) {
    return pairs++ < MOST_PAIRS ? coverage.gap(one, other, facts, edge) : Optional.empty();
  }

  private void add(Gap gap) {
    String identity =
        gap.edge().at()
            + gap.kind().name()
            + gap.one().title()
            + gap.other().title()
            + gap.missing().stream().map(Gap.Part::key).toList();
    gaps.putIfAbsent(identity, gap);
  }
}
