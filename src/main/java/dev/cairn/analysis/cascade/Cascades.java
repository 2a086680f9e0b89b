package dev.cairn.analysis.cascade;

import dev.cairn.analysis.cascade.ReachedRows.Node;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a statement does to other tables by foreign keys: deletes that cascade, references
 * that are cleared, keys that are followed, and rows that stand in the way. Assumes that the engine
 * enforces foreign keys.
 */
public final class Cascades {
  private final Catalog catalog;
  private final Flavour flavour;

  /** For one catalog; the queries are written for the flavour's engine. */
  public Cascades(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
  }

  /**
   * Returns the tables that one part of a statement reaches, nearest first; none for a part that
   * neither deletes rows nor changes a key that others refer to.
   *
   * @param text the whole statement
   * @param outer the WITH clauses around the part, outermost first
   * @param part the UPDATE, DELETE, REPLACE, MERGE, DROP TABLE or TRUNCATE
   */
  public List<Cascade> of(String text, List<With> outer, Statement part) {
    StartText start = new StartText(text, outer, flavour);
    if (part instanceof Delete delete) {
      return deleting(delete.target().name(), start.of(delete));
    }
    if (part instanceof Update update) {
      return updating(update, start);
    }
    if (part instanceof Insert insert && insert.orAction().equals("REPLACE")) {
      return table(insert.target().name())
          .flatMap(table -> start.replaced(insert, table))
          .map(rows -> deleting(insert.target().name(), rows))
          .orElse(List.of());
    }
    if (part instanceof Merge merge) {
      return start
          .deleted(merge)
          .map(rows -> deleting(merge.target().name(), rows))
          .orElse(List.of());
    }
    if (part instanceof Ddl.Drop drop && drop.kind().equals("TABLE")) {
      return whole(drop.paths());
    }
    return part instanceof Ddl.Truncate truncate ? whole(truncate.paths()) : List.of();
  }

  /** Returns the tables that are reached when every row of a table is deleted. */
  public List<Cascade> ofAll(String table) {
    return catalog
        .table(table)
        .filter(each -> !each.view())
        .map(
            each ->
                reached(
                    new Node(each.name(), CascadeAction.DELETE, Set.of()),
                    StartText.whole(QuotedName.of(each.name()))))
        .orElse(List.of());
  }

  /**
   * Returns the tables that are reached from rows of a table that are deleted.
   *
   * @param rows the name of a table expression that holds them, its columns named as the table's
   */
  public List<Cascade> deleted(String table, String rows) {
    return reached(new Node(table, CascadeAction.DELETE, Set.of()), StartText.whole(rows));
  }

  /**
   * Returns the tables that are reached from rows of a table in which these columns changed.
   *
   * @param rows the name of a table expression that holds them as they were
   */
  public List<Cascade> changed(String table, Set<String> columns, String rows) {
    Set<String> folded = new HashSet<>();
    columns.forEach(column -> folded.add(ReachedRows.fold(column)));
    return folded.isEmpty()
        ? List.of()
        : reached(new Node(table, CascadeAction.UPDATE, Set.copyOf(folded)), StartText.whole(rows));
  }

  private List<Cascade> whole(List<List<Name>> paths) {
    return paths.stream()
        .flatMap(path -> ofAll(path.get(path.size() - 1).text()).stream())
        .toList();
  }

  private List<Cascade> deleting(Name target, StartRows rows) {
    return table(target)
        .map(table -> reached(new Node(table.name(), CascadeAction.DELETE, Set.of()), rows))
        .orElse(List.of());
  }

  private List<Cascade> updating(Update update, StartText start) {
    Optional<Table> table = table(update.target().name());
    if (table.isEmpty()) {
      return List.of();
    }
    Set<String> assigned = new HashSet<>();
    update
        .assignments()
        .forEach(each -> each.columns().forEach(name -> assigned.add(name.folded())));
    assigned.retainAll(referred(table.get()));
    return assigned.isEmpty()
        ? List.of()
        : reached(
            new Node(table.get().name(), CascadeAction.UPDATE, Set.copyOf(assigned)),
            start.changing(update, assigned));
  }

  private Set<String> referred(Table table) {
    Set<String> columns = new HashSet<>();
    for (ForeignKey key : catalog.referencesTo(table.name())) {
      key.parentColumns().forEach(column -> columns.add(ReachedRows.fold(column)));
    }
    return columns;
  }

  private List<Cascade> reached(Node root, StartRows rows) {
    return new CascadeSql(new ReachedRows(catalog, root), rows, catalog, flavour).cascades();
  }

  private Optional<Table> table(Name name) {
    return catalog.table(name.text()).filter(table -> !table.view());
  }
}
