package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Relation;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.KeyKind;
import dev.cairn.catalog.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a link between two relations covers the key that it goes through. */
final class Coverage {
  private final Catalog catalog;
  private final Groups groups;

  Coverage(Catalog catalog, Groups groups) {
    this.catalog = catalog;
    this.groups = groups;
  }

  /** The gap in the link that this comparison makes; empty where there is none. */
  Optional<Gap> gap(Relation a, Relation b, Facts facts, Edge edge) {
    if (!a.isTable() || !b.isTable() || isDetermined(a, b, facts) || isDetermined(b, a, facts)) {
      return Optional.empty();
    }
    List<Gap> gaps = new ArrayList<>();
    for (Candidate candidate : candidates(a, b)) {
      State state = new State(candidate, facts);
      boolean declared =
          candidate.kind == Gap.Kind.FOREIGN_KEY
              || (candidate.kind == Gap.Kind.SIBLINGS && !a.table().equals(b.table()));
      if ((declared && state.isWhole()) || state.isCovered()) {
        return Optional.empty();
      }
      state.gap(edge).filter(gap -> isAsked(gap, state, facts)).ifPresent(gaps::add);
    }
    boolean self = a.table().equals(b.table());
    Comparator<Gap> order =
        Comparator.<Gap, Boolean>comparing(gap -> self && gap.kind() != Gap.Kind.NAMES)
            .thenComparing(Gap::kind)
            .thenComparing(gap -> gap.missing().size())
            .thenComparing(gap -> -gap.linked().size());
    Optional<Gap> best = gaps.stream().min(order);
    return best.map(
        gap ->
            gaps.stream().anyMatch(other -> rivals(gap, other, order)) ? gap.oneOfSeveral() : gap);
  }

  /** Whether two keys fit equally well, so that nobody can say which one is meant. */
  private static boolean rivals(Gap gap, Gap other, Comparator<Gap> order) {
    return !gap.equals(other)
        && gap.kind() != Gap.Kind.NAMES
        && order.compare(gap, other) == 0
        && gap.linked().equals(other.linked())
        && !gap.missing().equals(other.missing());
  }

  /** A key that a link between two relations may go through. */
  private static final class Candidate {
    final Gap.Kind kind;
    final Relation one;
    final Relation other;
    final String keyTable;
    final List<String> key;
    final List<String> oneColumns;
    final List<String> otherColumns;
    final boolean primary;

    Candidate(
        Gap.Kind kind,
        Relation one,
        Relation other,
        String keyTable,
        List<String> key,
        List<String> oneColumns,
        List<String> otherColumns,
        boolean primary) {
      this.kind = kind;
      this.one = one;
      this.other = other;
      this.keyTable = keyTable;
      this.key = key;
      this.oneColumns = oneColumns;
      this.otherColumns = otherColumns;
      this.primary = primary;
    }
  }

  private List<Candidate> candidates(Relation a, Relation b) {
    List<Candidate> found = new ArrayList<>();
    foreignKeys(a, b, found);
    if (!a.table().equals(b.table())) {
      foreignKeys(b, a, found);
    }
    names(a, b, found);
    names(b, a, found);
    siblings(a, b, found);
    return found;
  }

  private void foreignKeys(Relation child, Relation parent, List<Candidate> found) {
    for (ForeignKey key : child.table().get().foreignKeys()) {
      if (key.columns().size() > 1
          && key.columns().size() == key.parentColumns().size()
          && key.parent().equalsIgnoreCase(parent.table().get().name())) {
        List<Integer> order = order(parent.table().get(), key.parentColumns());
        found.add(
            new Candidate(
                Gap.Kind.FOREIGN_KEY,
                child,
                parent,
                parent.table().get().name(),
                pick(key.parentColumns(), order),
                pick(key.columns(), order),
                pick(key.parentColumns(), order),
                true));
      }
    }
  }

  /** A foreign key may list its columns in another order than the key that it refers to. */
  private static List<Integer> order(Table parent, List<String> columns) {
    List<Integer> given = Stream.iterate(0, i -> i + 1).limit(columns.size()).toList();
    for (Key key : parent.keys()) {
      if (key.covers(columns)) {
        return given.stream()
            .sorted(Comparator.comparing(i -> indexOf(key.columns(), columns.get(i))))
            .toList();
      }
    }
    return given;
  }

  private static List<String> pick(List<String> names, List<Integer> order) {
    return order.stream().map(names::get).toList();
  }

  private static void names(Relation bearer, Relation owner, List<Candidate> found) {
    for (Key key : owner.table().get().keys()) {
      if (key.composite()) {
        found.add(
            new Candidate(
                Gap.Kind.NAMES,
                bearer,
                owner,
                owner.table().get().name(),
                key.columns(),
                key.columns(),
                key.columns(),
                key.kind() == KeyKind.PRIMARY));
      }
    }
  }

  private void siblings(Relation a, Relation b, List<Candidate> found) {
    for (ForeignKey one : a.table().get().foreignKeys()) {
      for (ForeignKey other : b.table().get().foreignKeys()) {
        if (one.columns().size() > 1
            && one.parent().equalsIgnoreCase(other.parent())
            && one.columns().size() == one.parentColumns().size()
            && other.columns().size() == other.parentColumns().size()
            && folded(one.parentColumns()).equals(folded(other.parentColumns()))) {
          found.add(sibling(a, one, b, other));
        }
      }
    }
  }

  private Candidate sibling(Relation a, ForeignKey one, Relation b, ForeignKey other) {
    Optional<Table> parent = catalog.table(one.parent());
    List<Integer> order =
        parent
            .map(table -> order(table, one.parentColumns()))
            .orElse(Stream.iterate(0, i -> i + 1).limit(one.columns().size()).toList());
    List<String> key = pick(one.parentColumns(), order);
    List<String> others =
        key.stream()
            .map(name -> other.columns().get(indexOf(other.parentColumns(), name)))
            .toList();
    return new Candidate(
        Gap.Kind.SIBLINGS,
        a,
        b,
        parent.map(Table::name).orElse(one.parent()),
        key,
        pick(one.columns(), order),
        others,
        true);
  }

  /** What is known of each column of a candidate's key. */
  private static final class State {
    final Candidate candidate;
    final Facts facts;
    final List<Gap.Part> linked = new ArrayList<>();
    final List<Gap.Part> missing = new ArrayList<>();
    final Set<String> held = new HashSet<>();
    boolean soft = true;
    boolean apart;
    int spoken;

    State(Candidate candidate, Facts facts) {
      this.candidate = candidate;
      this.facts = facts;
      for (int i = 0; i < candidate.key.size(); i++) {
        read(i);
      }
    }

    private void read(int index) {
      String name = candidate.key.get(index);
      Node other = Node.of(candidate.other, candidate.otherColumns.get(index));
      Optional<Node> one = one(index, other);
      boolean equated = one.isPresent() && facts.linked(one.get(), other);
      if (equated) {
        linked.add(new Gap.Part(name, one.get(), other));
        if (!facts.isSoft(one.get()) && !facts.isSoft(other)) {
          soft = false;
          held.add(name);
        }
      } else if (one.isPresent()
          && (facts.sameConstant(one.get(), other) || facts.areCompared(one.get(), other))) {
        held.add(name);
        spoken++;
      } else if (one.isPresent()) {
        missing.add(new Gap.Part(name, one.get(), other));
        apart |= facts.isPinned(one.get()) && facts.isPinned(other);
      }
    }

    private Optional<Node> one(int index, Node other) {
      String name = candidate.oneColumns.get(index);
      if (candidate.kind == Gap.Kind.NAMES) {
        Optional<Node> any =
            facts.nodes().stream()
                .filter(node -> node.relation() == candidate.one)
                .filter(node -> facts.linked(node, other))
                .min(Comparator.comparing(Node::column));
        if (any.isPresent()) {
          return any;
        }
      }
      return candidate.one.has(name) ? Optional.of(Node.of(candidate.one, name)) : Optional.empty();
    }

    boolean isWhole() {
      return missing.isEmpty() && !linked.isEmpty();
    }

    /** Whether each column of the key is linked, or spoken of in some other way. */
    boolean isCovered() {
      return !linked.isEmpty()
          && missing.isEmpty()
          && linked.size() + spoken == candidate.key.size();
    }

    /** Whether what is linked is the front of the key, so that it names a group of rows. */
    boolean isFront() {
      int length = 0;
      while (length < candidate.key.size() && held.contains(candidate.key.get(length))) {
        length++;
      }
      return length > 0 && length == held.size();
    }

    Optional<Gap> gap(Edge edge) {
      if (linked.isEmpty() || missing.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Gap(
              candidate.kind,
              candidate.one,
              candidate.other,
              candidate.keyTable,
              candidate.key,
              List.copyOf(linked),
              List.copyOf(missing),
              edge,
              apart,
              false));
    }
  }

  /** Whether the rows that the gap lets in are asked for at all. */
  private boolean isAsked(Gap gap, State state, Facts facts) {
    boolean inserted = gap.edge().form() == Edge.Form.INSERT;
    boolean foreign = gap.kind() == Gap.Kind.FOREIGN_KEY;
    if (gap.apart() && (inserted || !foreign)) {
      // One value here and another there, each said by name: a copy from one to the other.
      return false;
    }
    if (state.soft && !foreign && !groups.isGrouped(gap.edge())) {
      return false;
    }
    if (!state.isFront()) {
      return true;
    }
    if (inserted || groups.onlyGroup(gap, facts)) {
      return false;
    }
    boolean ownNumber =
        gap.missing().stream().allMatch(part -> part.key().toLowerCase(Locale.ROOT).equals("id"));
    return foreign
        || gap.kind() == Gap.Kind.SIBLINGS
        || (!ownNumber && isDirect(gap) && (state.candidate.primary || isKeyOfBoth(gap)));
  }

  /** Whether the two are compared themselves, not by way of a third one. */
  private static boolean isDirect(Gap gap) {
    Set<Relation> compared =
        Set.of(
            gap.edge().left().base().orElseThrow().relation(),
            gap.edge().right().base().orElseThrow().relation());
    return compared.contains(gap.one()) && compared.contains(gap.other());
  }

  /** Whether the columns that are linked and those that are missing make up keys of both tables. */
  private static boolean isKeyOfBoth(Gap gap) {
    List<String> columns = new ArrayList<>();
    gap.linked().forEach(part -> columns.add(part.one().column()));
    gap.missing().forEach(part -> columns.add(part.one().column()));
    return gap.one().table().get().keys().stream()
        .anyMatch(key -> folded(key.columns()).containsAll(columns));
  }

  /** Whether the links, and constants behind them, name at most one row of a relation. */
  private static boolean isDetermined(Relation relation, Relation by, Facts facts) {
    Table table = relation.table().get();
    if (isLinkedTo(Node.of(relation, "rowid"), by, facts) && relation.isRowNumber("rowid")) {
      return true;
    }
    for (Key key : table.keys()) {
      boolean linked = false;
      boolean pinned = false;
      boolean whole = true;
      for (int i = 0; i < key.columns().size() && whole; i++) {
        Node node = Node.of(relation, key.columns().get(i));
        boolean equated = isLinkedTo(node, by, facts) || shares(node, by, facts);
        linked |= equated;
        // A constant behind what is linked picks one row of the group; in front of it, a group.
        whole = equated ? !pinned : linked && facts.isPinned(node);
        pinned |= !equated;
      }
      if (whole && linked) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLinkedTo(Node node, Relation by, Facts facts) {
    return facts.nodes().stream()
        .anyMatch(other -> other.relation() == by && facts.linked(node, other));
  }

  private static boolean shares(Node node, Relation by, Facts facts) {
    return facts.isPinned(node)
        && facts.nodes().stream()
            .filter(other -> other.relation() == by && other.column().equals(node.column()))
            .anyMatch(other -> facts.sameConstant(node, other));
  }

  private static int indexOf(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new HashSet<>();
    names.forEach(name -> folded.add(name.toLowerCase(Locale.ROOT)));
    return folded;
  }
}
