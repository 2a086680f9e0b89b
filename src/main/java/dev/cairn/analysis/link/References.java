package dev.cairn.analysis.link;

import dev.cairn.analysis.Edit;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Output;
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
import java.util.ArrayList;
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
    if (relation.kind() == Relation.Kind.VIEW || !relation.body().get().blocks().get(0).written()) {
      return no(
          "the view `" + relation.title() + "` doesn't hand out `" + column.column() + "`; add it");
    }
    List<Block> branches = relation.body().get().blocks();
    if (branches.size() > 1 || branches.get(0).select().isEmpty() || isStarred(relation)) {
      return no("`" + relation.label() + "` doesn't hand out `" + column.column() + "`; add it");
    }
    Block inside = branches.get(0);
    Query.Select select = inside.select().get();
    boolean limited = inside.query().flatMap(Query::limit).isPresent();
    if (limited || (Groups.aggregates(inside) && select.groupBy().isEmpty())) {
      return no(
          "`"
              + relation.label()
              + "` is cut down before `"
              + column.column()
              + "` is known; write it for each "
              + column.column());
    }
    Optional<Reference> within = of(column, inside);
    return within.map(found -> handedOut(relation, column, found, inside, at, from));
  }

  private Reference handedOut(
      Relation relation, Node column, Reference found, Block inside, Block at, Block from) {
    String name = freeName(relation, column);
    Query.Select select = inside.select().orElseThrow();
    String item = inside.relations().size() > 1 ? found.qualified() : found.shortest();
    String last = item.substring(item.lastIndexOf('.') + 1);
    String as = last.equalsIgnoreCase(Quoting.name(name, flavour)) ? "" : " AS " + name;
    List<Edit> edits = new ArrayList<>(found.edits());
    Span end = places.balanced(select.items().get(select.items().size() - 1).span());
    edits.add(new Edit(new Span(end.end(), end.end()), ", " + item + as));
    Optional<String> question = found.question();
    if (!select.groupBy().isEmpty()) {
      Span first = places.balanced(select.groupBy().get(0).span());
      edits.add(new Edit(new Span(first.start(), first.start()), item + ", "));
      question = Optional.of(Questions.grouped(relation.label(), column.column()));
    }
    aliases(relation, name).ifPresent(edits::add);
    Reference made = written(relation, name, at, from, edits);
    return new Reference(made.qualified(), made.bare(), made.unambiguous(), made.edits(), question);
  }

  private static String freeName(Relation relation, Node column) {
    String plain = column.column();
    return relation.has(plain)
        ? column.relation().title().toLowerCase(Locale.ROOT) + "_" + plain
        : plain;
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
  private boolean isStarred(Relation relation) {
    for (Block block : resolution.blocks()) {
      for (Output output : block.outputs()) {
        if (block.usage() != Usage.EXISTS
            && output.relation().filter(each -> isSame(each, relation)).isPresent()) {
          return true;
        }
      }
    }
    return false;
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
