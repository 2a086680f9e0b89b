package dev.cairn.analysis.scope;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import java.util.List;
import java.util.Optional;

/** Makes the relations of a FROM and of a statement's target. */
final class Relations {
  private final Resolver resolver;
  private final Resolution resolution;
  private final Catalog catalog;
  private final Flavour flavour;
  private final Views views;
  private final Names names;
  private int viewDepth;

  Relations(
      Resolver resolver,
      Resolution resolution,
      Catalog catalog,
      Flavour flavour,
      Views views,
      Names names) {
    this.resolver = resolver;
    this.resolution = resolution;
    this.catalog = catalog;
    this.flavour = flavour;
    this.views = views;
    this.names = names;
  }

  /** A statement's target: always a table or view, never a common table. */
  Relation target(From.TableRef target, Block block) {
    Optional<Table> table = catalog.table(target.name().text());
    Relation.Kind kind =
        table.isEmpty()
            ? Relation.Kind.UNKNOWN
            : table.get().view() ? Relation.Kind.VIEW : Relation.Kind.TABLE;
    return add(kind, target.label().text(), table, Optional.of(target), block);
  }

  void excluded(Relation target, Block block) {
    add(Relation.Kind.EXCLUDED, "excluded", target.table(), Optional.empty(), block);
  }

  void triggerRows(Ddl.CreateTrigger trigger, Block block) {
    if (trigger.table().isEmpty()) {
      return;
    }
    Optional<Table> table = catalog.table(trigger.table().get(trigger.table().size() - 1).text());
    add(Relation.Kind.NEW, "NEW", table, Optional.empty(), block);
    add(Relation.Kind.OLD, "OLD", table, Optional.empty(), block);
  }

  void from(From from, Block block, CommonTables common) {
    if (from instanceof From.Join join) {
      from(join.left(), block, common);
      from(join.right(), block, common);
      join.on().ifPresent(on -> names.read(on, block, common));
    } else if (from instanceof From.TableRef ref) {
      table(ref, block, common);
    } else if (from instanceof From.DerivedTable derived) {
      derived(derived, block, common);
    } else if (from instanceof From.FunctionTable function) {
      names.read(function.call(), block, common);
      String label = function.alias().map(Name::text).orElse("");
      Relation made =
          add(Relation.Kind.FUNCTION, label, Optional.empty(), Optional.of(from), block);
      made.rename(function.columnAliases());
    }
  }

  private void table(From.TableRef ref, Block block, CommonTables common) {
    Optional<CommonTables.Common> found =
        ref.path().size() > 1 ? Optional.empty() : common.find(ref.name().text());
    if (found.isPresent() && found.get().beingRead && !found.get().recursive) {
      found = Optional.empty();
    }
    if (found.isPresent()) {
      common(found.get(), ref, block);
      return;
    }
    Optional<Table> table = catalog.table(ref.name().text());
    Relation made;
    if (table.isPresent() && table.get().view()) {
      made = add(Relation.Kind.VIEW, ref.label().text(), table, Optional.of(ref), block);
      view(made, table.get(), block);
    } else {
      Relation.Kind kind = table.isPresent() ? Relation.Kind.TABLE : Relation.Kind.UNKNOWN;
      made = add(kind, ref.label().text(), table, Optional.of(ref), block);
    }
    made.rename(ref.columnAliases());
  }

  private void view(Relation relation, Table view, Block block) {
    Optional<Views.Definition> definition = views.of(view);
    if (definition.isEmpty() || viewDepth > 16) {
      return;
    }
    viewDepth++;
    Place place =
        new Place(
            Optional.empty(),
            Optional.of(block),
            Usage.DERIVED,
            Optional.empty(),
            CommonTables.NONE,
            false,
            false);
    relation.holds(resolver.query(definition.get().query(), place));
    viewDepth--;
  }

  private void common(CommonTables.Common common, From.TableRef ref, Block block) {
    Relation made =
        add(Relation.Kind.CTE, ref.label().text(), Optional.empty(), Optional.of(ref), block);
    made.isUseOf(common.cte);
    if (common.change.isPresent()) {
      made.holdsReturning(common.change.get());
    } else if (common.cte.body() instanceof Query query) {
      Place place = common.sight.place(common, Usage.DERIVED, Optional.of(block));
      if (!common.beingRead) {
        common.used = true;
        common.beingRead = true;
        made.holds(resolver.query(query, place));
        common.beingRead = false;
      } else if (!common.anchorBeingRead) {
        common.anchorBeingRead = true;
        anchor(query).ifPresent(anchor -> made.holds(resolver.query(anchor, place)));
        common.anchorBeingRead = false;
      }
    }
    made.rename(common.cte.columns());
    made.rename(ref.columnAliases());
  }

  /** What a recursive table begins with: its rows are of the same kind as those that follow. */
  private static Optional<Query> anchor(Query query) {
    Query.Body body = query.body();
    while (body instanceof Query.SetOperation operation) {
      body = operation.left();
    }
    return body == query.body()
        ? Optional.empty()
        : Optional.of(
            new Query(
                query.with(), body, List.of(), Optional.empty(), Optional.empty(), body.span()));
  }

  private void derived(From.DerivedTable derived, Block block, CommonTables common) {
    Place place =
        new Place(
            derived.lateral() ? Optional.of(block) : block.outer(),
            Optional.of(block),
            Usage.DERIVED,
            Optional.empty(),
            common,
            block.written(),
            block.copy());
    QueryScope query = resolver.query(derived.query(), place);
    String label = derived.alias().map(Name::text).orElse("");
    Relation made =
        add(Relation.Kind.DERIVED, label, Optional.empty(), Optional.of(derived), block);
    made.holds(query);
    made.rename(derived.columnAliases());
  }

  private Relation add(
      Relation.Kind kind, String label, Optional<Table> table, Optional<From> node, Block block) {
    boolean rowNumbers = flavour == Flavour.SQLITE;
    Relation made =
        new Relation(resolution.relations().size(), kind, label, table, node, block, rowNumbers);
    resolution.add(made);
    block.add(made);
    return made;
  }
}
