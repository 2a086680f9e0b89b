package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.Resolution;
import dev.cairn.analysis.scope.Usage;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.With;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out how a real table's column can be named at some place of the text. */
final class References {
  private final String text;
  private final Flavour flavour;
  private final Resolution resolution;
  private final Sides sides;
  private final Places places;
  private final Deque<Relation> handing = new ArrayDeque<>();
  private String reason = "";

  References(String text, Flavour flavour, Resolution resolution, Sides sides, Places places) {
    this.text = text;
    this.flavour = flavour;
    this.resolution = resolution;
    this.sides = sides;
    this.places = places;
  }

  /** Why the last column that was asked for can't be named. */
  String reason() {
    return reason;
  }

  /** How the column is named in the block; empty where it can't be seen from there. */
  Optional<Reference> of(Node column, Block block) {
    for (Optional<Block> at = Optional.of(block); at.isPresent(); at = at.get().outer()) {
      for (Relation relation : at.get().relations()) {
        if (relation == column.relation() || holds(relation, column.relation())) {
          return isHidden(relation, block)
              ? no("`" + relation.label() + "` means another table there; give one an alias")
              : reference(relation, column, at.get(), block);
        }
      }
    }
    return no("`" + column.relation().title() + "` can't be named there");
  }

  private Optional<Reference> no(String why) {
    reason = why;
    return Optional.empty();
  }

  private static boolean holds(Relation outer, Relation inner) {
    return outer.body().isPresent()
        && outer.body().get().blocks().stream().anyMatch(block -> block.contains(inner.block()));
  }

  private static boolean isHidden(Relation relation, Block from) {
    for (Optional<Block> at = Optional.of(from); at.isPresent(); at = at.get().outer()) {
      Optional<Relation> first = at.get().labelled(relation.label());
      if (first.isPresent()) {
        return first.get() != relation;
      }
    }
    return true;
  }

  private Optional<Reference> reference(Relation relation, Node column, Block at, Block from) {
    if (relation == column.relation()) {
      return Optional.of(written(relation, visible(relation, column), at, from, List.of()));
    }
    for (String name : relation.columns()) {
      if (leadsTo(relation, name, column)) {
        return Optional.of(written(relation, name, at, from, List.of()));
      }
    }
    return exposed(relation, column, at, from);
  }

  private static String visible(Relation relation, Node column) {
    return relation.columns().stream()
        .filter(name -> relation.declared(name).equalsIgnoreCase(column.column()))
        .findFirst()
        .orElse(relation.declared(column.column()));
  }

  private boolean leadsTo(Relation relation, String name, Node column) {
    return sides.of(relation, name, relation.block()).base().filter(column::equals).isPresent();
  }

  private Reference written(
      Relation relation, String name, Block at, Block from, List<Edit> edits) {
    String label = label(relation);
    String column = Quoting.name(name, flavour);
    long named = at.relations().stream().filter(each -> each.has(name)).count();
    boolean shadowed = at != from && from.relations().stream().anyMatch(each -> each.has(name));
    return new Reference(
        label.isEmpty() ? column : label + "." + column,
        column,
        named <= 1 && !shadowed,
        edits,
        Optional.empty());
  }

  /** The label as the person wrote it, quotes and all. */
  String label(Relation relation) {
    if (relation.node().isEmpty()) {
      return relation.label();
    }
    Optional<Name> name = Optional.empty();
    if (relation.node().get() instanceof From.TableRef ref) {
      name = Optional.of(ref.label());
    } else if (relation.node().get() instanceof From.DerivedTable derived) {
      name = derived.alias();
    }
    return name.map(each -> each.span().in(text)).orElse("");
  }

  /** Has a derived table or a common table hand out one column more. */
  private Optional<Reference> exposed(Relation relation, Node column, Block at, Block from) {
    List<Block> branches = relation.body().orElseThrow().blocks();
    if (relation.kind() == Relation.Kind.VIEW || !branches.get(0).written()) {
      return no(
          "the view `" + relation.title() + "` doesn't hand out `" + column.column() + "`; add it");
    }
    if (isStarred(relation, 0)) {
      return no("`" + relation.label() + "` doesn't hand out `" + column.column() + "`; add it");
    }
    handing.push(relation);
    Exposure exposure = new Exposure(freeName(column));
    boolean done = true;
    for (Block branch : branches) {
      Optional<Node> own = ownColumn(column, branch);
      done = done && own.isPresent() && handOut(relation, own.get(), branch, exposure);
    }
    handing.pop();
    if (!done) {
      return no(
          reason.isEmpty()
              ? "`" + relation.label() + "` doesn't hand out `" + column.column() + "`; add it"
              : reason);
    }
    aliases(relation, exposure.name).ifPresent(exposure.edits::add);
    Reference made = written(relation, exposure.name, at, from, exposure.edits);
    return Optional.of(
        new Reference(
            made.qualified(), made.bare(), made.unambiguous(), made.edits(), exposure.question));
  }

  /** One column more, while it is added to each branch. */
  private static final class Exposure {
    final List<Edit> edits = new ArrayList<>();
    String name;
    Optional<String> question = Optional.empty();

    Exposure(String name) {
      this.name = name;
    }
  }

  /** The same column in another branch of a UNION. */
  private static Optional<Node> ownColumn(Node column, Block branch) {
    if (branch.contains(column.relation().block())) {
      return Optional.of(column);
    }
    return branch.relations().stream()
        .filter(relation -> relation.table().equals(column.relation().table()))
        .filter(Relation::isTable)
        .findFirst()
        .map(relation -> new Node(relation, column.column()));
  }

  private boolean handOut(Relation relation, Node column, Block inside, Exposure exposure) {
    if (inside.select().isEmpty()) {
      return false;
    }
    Query.Select select = inside.select().get();
    boolean limited = inside.query().flatMap(Query::limit).isPresent();
    if (limited || (Groups.aggregates(inside) && select.groupBy().isEmpty())) {
      reason =
          "`"
              + relation.label()
              + "` is cut down before `"
              + column.column()
              + "` is known; write it for each "
              + column.column();
      return false;
    }
    Optional<Reference> within = of(column, inside);
    if (within.isEmpty()) {
      return false;
    }
    Reference found = within.get();
    exposure.edits.addAll(found.edits());
    exposure.question = exposure.question.or(found::question);
    if (select.items().stream().anyMatch(item -> item.expr() instanceof Expr.Star)) {
      // The star hands it on under the name that it has inside.
      exposure.name = found.bare();
      return true;
    }
    String item = inside.relations().size() > 1 ? found.qualified() : found.shortest();
    String last = item.substring(item.lastIndexOf('.') + 1);
    String name = Quoting.name(exposure.name, flavour);
    Span end = places.balanced(select.items().get(select.items().size() - 1).span());
    exposure.edits.add(
        Edit.before(end.end(), ", " + item + (last.equalsIgnoreCase(name) ? "" : " AS " + name)));
    if (!select.groupBy().isEmpty()) {
      Span first = places.balanced(select.groupBy().get(0).span());
      exposure.edits.add(Edit.before(first.start(), item + ", "));
      exposure.question = Optional.of(Questions.grouped(relation.label(), column.column()));
    }
    return true;
  }

  /** A name that no relation which hands it on has, nor anybody uses for another column. */
  private String freeName(Node column) {
    String name = column.column();
    if (isFree(name)) {
      return name;
    }
    String table = column.relation().title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    String longer = table + "_" + name;
    while (!isFree(longer)) {
      longer += "_";
    }
    return longer;
  }

  private boolean isFree(String name) {
    return handing.stream().noneMatch(each -> each.has(name) || isUsed(name, each));
  }

  /** Whether a name without a table in front would become ambiguous. */
  private boolean isUsed(String name, Relation relation) {
    return resolution.columns().stream()
        .filter(column -> !column.qualified() && column.ref().column().is(name))
        .anyMatch(column -> sees(column.block(), relation));
  }

  private static boolean sees(Block block, Relation relation) {
    for (Optional<Block> at = Optional.of(block); at.isPresent(); at = at.get().outer()) {
      if (at.get().relations().stream().anyMatch(each -> isSame(each, relation))) {
        return true;
      }
    }
    return false;
  }

  private Optional<Edit> aliases(Relation relation, String name) {
    List<Name> given = List.of();
    if (relation.node().orElse(null) instanceof From.DerivedTable derived) {
      given = derived.columnAliases();
    } else {
      given = relation.common().map(With.Cte::columns).orElse(List.of());
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    int end = given.get(given.size() - 1).span().end();
    return Optional.of(new Edit(new Span(end, end), ", " + Quoting.name(name, flavour)));
  }

  /** Whether some star would show the new column where nobody expects it. */
  private boolean isStarred(Relation relation, int depth) {
    for (Block block : resolution.blocks()) {
      boolean starred =
          block.outputs().stream()
              .anyMatch(
                  output -> output.relation().filter(each -> isSame(each, relation)).isPresent());
      if (starred && block.usage() != Usage.EXISTS && !isHandedOn(block, depth)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a star only hands the column on to a derived table that nobody stars in turn. */
  private boolean isHandedOn(Block block, int depth) {
    return block.usage() == Usage.DERIVED
        && depth < 8
        && resolution.relations().stream()
            .filter(each -> each.body().filter(body -> body.blocks().contains(block)).isPresent())
            .allMatch(
                each ->
                    each.body().get().blocks().size() == 1
                        && aliases(each, "x").isEmpty()
                        && !isStarred(each, depth + 1));
  }

  private static boolean isSame(Relation one, Relation other) {
    return one == other
        || (one.kind() == Relation.Kind.CTE
            && other.kind() == Relation.Kind.CTE
            && one.body().isPresent()
            && other.body().isPresent()
            && one.body().get().query().equals(other.body().get().query()));
  }

  /** Whether a column is written with its table in front. */
  static boolean isQualified(Optional<Expr> expr) {
    return expr.filter(Expr.ColumnRef.class::isInstance)
        .map(each -> ((Expr.ColumnRef) each).path().size() > 1)
        .orElse(false);
  }
}
