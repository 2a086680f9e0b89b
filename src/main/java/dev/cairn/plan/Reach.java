package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Token;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tables that a change of one table may write, followed to the end: through the actions of
 * foreign keys and through triggers. Rather one too many than one too few: of a trigger every table
 * is taken whose name stands in its text.
 */
final class Reach {
  private static final Set<String> ACTS = Set.of("CASCADE", "SET NULL", "SET DEFAULT");

  private final Catalog catalog;
  private final Flavour flavour;
  private final Map<String, Table> reached = new LinkedHashMap<>();
  private final Deque<Table> open = new ArrayDeque<>();
  private boolean setsOff;

  private Reach(Catalog catalog, Flavour flavour) {
    this.catalog = catalog;
    this.flavour = flavour;
  }

  /**
   * What a change reaches.
   *
   * @param others the tables besides its target
   * @param againItself whether a cascade or trigger may write the target too
   * @param setsOff whether a trigger of any of them may fire
   */
  record Result(List<Table> others, boolean againItself, boolean setsOff) {}

  /**
   * Follows a change.
   *
   * @param events INSERT, UPDATE, DELETE: what happens to the target's rows
   * @param columns the columns that an UPDATE writes; empty for all of them
   */
  static Result of(
      Catalog catalog,
      Flavour flavour,
      Table target,
      Collection<String> events,
      Collection<String> columns) {
    Reach reach = new Reach(catalog, flavour);
    reach.from(target, events, columns);
    while (!reach.open.isEmpty()) {
      reach.from(reach.open.poll(), List.of("INSERT", "UPDATE", "DELETE"), List.of());
    }
    boolean again = reach.reached.remove(fold(target.name())) != null;
    return new Result(List.copyOf(reach.reached.values()), again, reach.setsOff);
  }

  private void from(Table table, Collection<String> events, Collection<String> columns) {
    for (ForeignKey key : catalog.referencesTo(table.name())) {
      boolean taken = events.contains("DELETE") && ACTS.contains(key.onDelete());
      boolean moved =
          events.contains("UPDATE")
              && ACTS.contains(key.onUpdate())
              && (columns.isEmpty() || meets(key.parentColumns(), columns));
      if (taken || moved) {
        catalog.table(key.table()).ifPresent(this::add);
      }
    }
    boolean onlyUpdates = events.size() == 1 && events.contains("UPDATE");
    for (Trigger trigger : table.triggers()) {
      boolean elsewhere =
          onlyUpdates
              && !trigger.columns().isEmpty()
              && !columns.isEmpty()
              && !meets(trigger.columns(), columns);
      if (events.stream().anyMatch(trigger::firesOn) && !elsewhere) {
        setsOff = true;
        if (flavour == Flavour.POSTGRESQL) {
          add(table); // what its function writes stands elsewhere: Returnable says so
        } else {
          named(trigger.sql());
        }
      }
    }
  }

  private void named(String sql) {
    for (Token token : Lexer.tokens(sql, flavour)) {
      if (token.isSignificant()) {
        catalog.table(token.name(sql)).ifPresent(this::add);
      }
    }
  }

  private void add(Table table) {
    if (!Catalog.isOwn(table.name()) && reached.put(fold(table.name()), table) == null) {
      open.add(table);
    }
  }

  /** Whether a reference to the table's rows is of the table itself, or to what a change writes. */
  static boolean refersWithin(
      ForeignKey key, Table target, ChangeKind kind, Collection<String> written) {
    boolean itself = key.table().equalsIgnoreCase(target.name());
    return kind == ChangeKind.DELETE
        ? itself
        : meets(key.parentColumns(), written) || (itself && meets(key.columns(), written));
  }

  private static boolean meets(Collection<String> left, Collection<String> right) {
    return left.stream().anyMatch(name -> right.stream().anyMatch(name::equalsIgnoreCase));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
