package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Index;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The steps of a plan that puts rows back, together: in which order they hold, and whether they may
 * run in batches or only all in one transaction.
 */
public final class RestoreSteps {
  private final List<RestoreRows> steps;
  private final Catalog catalog;
  private final Set<String> open = new LinkedHashSet<>();
  private boolean circular;

  private RestoreSteps(List<RestoreRows> steps, Catalog catalog) {
    this.steps = steps;
    this.catalog = catalog;
  }

  /**
   * The steps in the order in which references hold: rows are removed from children to parents,
   * then changed, then put in from parents to children.
   */
  public static List<RestoreRows> ordered(List<RestoreRows> steps, Catalog catalog) {
    RestoreSteps all = new RestoreSteps(steps, catalog);
    List<String> parentsFirst = all.parentsFirst();
    List<RestoreRows> ordered = new ArrayList<>();
    for (int i = parentsFirst.size() - 1; i >= 0; i--) {
      ordered.addAll(all.of(ChangeKind.DELETE, parentsFirst.get(i)));
    }
    parentsFirst.forEach(table -> ordered.addAll(all.of(ChangeKind.UPDATE, table)));
    parentsFirst.forEach(table -> ordered.addAll(all.of(ChangeKind.INSERT, table)));
    return ordered;
  }

  /**
   * The same for an engine that checks and acts on each reference at once: what is referred to
   * comes before who refers to it, and goes behind it.
   */
  public static List<RestoreRows> orderedAtOnce(List<RestoreRows> steps, Catalog catalog) {
    List<RestoreRows> left = new ArrayList<>(ordered(steps, catalog));
    List<RestoreRows> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      RestoreRows next =
          left.stream()
              .filter(each -> left.stream().noneMatch(other -> comesBefore(other, each)))
              .findFirst()
              .orElseGet(() -> inACircle(left));
      left.remove(next);
      ordered.add(next);
    }
    return ordered;
  }

  /** A row that moved to another key is put in before what is left behind goes. */
  private static RestoreRows inACircle(List<RestoreRows> left) {
    return left.stream()
        .filter(step -> step.kind() == ChangeKind.INSERT)
        .findFirst()
        .orElse(left.get(0));
  }

  private static boolean comesBefore(RestoreRows first, RestoreRows then) {
    if (name(first).equals(name(then))) {
      return first.kind() != then.kind() && place(first) < place(then);
    }
    return (first.kind() == ChangeKind.INSERT
            && then.kind() != ChangeKind.DELETE
            && refers(then, first))
        || (then.kind() == ChangeKind.DELETE
            && first.kind() != ChangeKind.INSERT
            && refers(first, then));
  }

  private static int place(RestoreRows step) {
    return switch (step.kind()) {
      case DELETE -> 0;
      case UPDATE -> 1;
      case INSERT -> 2;
    };
  }

  /**
   * Whether rows of the one, where their references are written, may refer to rows of the other.
   */
  private static boolean refers(RestoreRows step, RestoreRows to) {
    return step.target().table().foreignKeys().stream()
        .filter(key -> fold(key.parent()).equals(name(to)))
        .anyMatch(
            key -> step.kind() != ChangeKind.UPDATE || meets(key.columns(), step.target().after()));
  }

  /** Why they must run in one transaction; empty where they may run in batches. */
  public static String whole(List<RestoreRows> steps, Catalog catalog) {
    return new RestoreSteps(steps, catalog).whole();
  }

  /**
   * Whether a row that was changed since refuses the whole plan: where rows of a table are both
   * removed and put in, they may be the same rows under other keys, and half of a move loses one.
   */
  public static boolean allOrNothing(List<RestoreRows> steps) {
    return steps.stream()
        .filter(step -> step.kind() == ChangeKind.DELETE)
        .anyMatch(
            removed ->
                steps.stream()
                    .anyMatch(
                        step ->
                            step.kind() == ChangeKind.INSERT && name(step).equals(name(removed))));
  }

  /** Whether a change of these columns may meet a key that another row has until it is changed. */
  public static boolean writesKey(Table table, Collection<String> columns) {
    return meets(table.primaryKey(), columns)
        || table.indexes().stream()
            .filter(Index::unique)
            .anyMatch(
                index ->
                    meets(index.columns(), columns)
                        || index.columns().stream().anyMatch(name -> isComputed(table, name)));
  }

  private static boolean isComputed(Table table, String column) {
    return table.column(column).map(Column::generated).orElse(true);
  }

  /** SQL for how many references of these tables, and to them, lead nowhere. */
  public static String broken(List<RestoreRows> steps, Catalog catalog, Dialect dialect) {
    Set<String> tables = new LinkedHashSet<>();
    for (RestoreRows step : steps) {
      tables.add(step.target().table().name());
      catalog.referencesTo(step.target().table().name()).forEach(key -> tables.add(key.table()));
    }
    return dialect.brokenReferences(List.copyOf(tables));
  }

  private String whole() {
    if (allOrNothing(steps)) {
      return "rows may have moved to other keys";
    }
    parentsFirst();
    if (circular) {
      return "the tables refer to each other";
    }
    for (RestoreRows step : steps) {
      String why = whole(step);
      if (!why.isEmpty()) {
        return why;
      }
    }
    return "";
  }

  private String whole(RestoreRows step) {
    Table table = step.target().table();
    List<String> written = step.target().after();
    if (table.triggers().stream().anyMatch(trigger -> trigger.firesOn(step.kind().name()))) {
      return "a trigger of " + table.name() + " would fire once more";
    }
    boolean changes = step.kind() == ChangeKind.UPDATE;
    if (changes && writesKey(table, written)) {
      return "rows of " + table.name() + " may swap what is unique";
    }
    for (ForeignKey key : catalog.referencesTo(table.name())) {
      boolean itself = key.table().equalsIgnoreCase(table.name());
      if ((changes && meets(key.parentColumns(), written))
          || (itself && (!changes || meets(key.columns(), written)))) {
        return "rows refer to rows of " + table.name() + " that are put back with them";
      }
    }
    boolean early =
        changes
            && table.foreignKeys().stream()
                .filter(key -> meets(key.columns(), written))
                .anyMatch(key -> comesAndGoes(key.parent()));
    return early ? "rows of " + table.name() + " refer to rows that come or go with them" : "";
  }

  private boolean comesAndGoes(String table) {
    return steps.stream()
        .anyMatch(step -> step.kind() != ChangeKind.UPDATE && name(step).equals(fold(table)));
  }

  private List<RestoreRows> of(ChangeKind kind, String table) {
    return steps.stream().filter(step -> step.kind() == kind && name(step).equals(table)).toList();
  }

  private List<String> parentsFirst() {
    Set<String> done = new LinkedHashSet<>();
    steps.forEach(step -> visit(step.target().table(), done));
    return List.copyOf(done);
  }

  private void visit(Table table, Set<String> done) {
    String name = fold(table.name());
    if (done.contains(name)) {
      return;
    }
    if (!open.add(name)) {
      circular = true;
      return;
    }
    for (ForeignKey key : table.foreignKeys()) {
      if (!fold(key.parent()).equals(name)) {
        catalog.table(key.parent()).ifPresent(parent -> visit(parent, done));
      }
    }
    open.remove(name);
    done.add(name);
  }

  private static String name(RestoreRows step) {
    return fold(step.target().table().name());
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean meets(Collection<String> left, Collection<String> right) {
    return left.stream().anyMatch(name -> right.stream().anyMatch(name::equalsIgnoreCase));
  }
}
