package dev.cairn.journal;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.RestoreSteps;
import dev.cairn.plan.TouchedTable;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the plan that takes a run back, of what its journal says that it came to: rows that it
 * changed are changed back, rows that it removed are put in again, rows that it put in are removed.
 * A row that is no longer what the run left is left alone.
 */
public final class UndoPlanner {
  private final Database database;
  private final Journal journal;
  private final Dialect dialect;

  /** A planner on a database. */
  public UndoPlanner(Database database, Journal journal) {
    this.database = database;
    this.journal = journal;
    this.dialect = database.dialect();
  }

  /** The name of the plan that takes a run back. */
  public static String name(Run run) {
    return "undo-" + run.id();
  }

  /** The name of the plan that takes back the changes of the schema that a run made. */
  public static String rollbackName(Run run) {
    return "rollback-" + run.id();
  }

  /** The newest run that can be taken back and takes none back itself. */
  public Optional<Run> latest() {
    List<Long> steps = new StepRuns(database, journal).children();
    return journal.newest(
        run ->
            run.kind() != RunKind.UNDO
                && !steps.contains(run.id())
                && (run.status() == RunStatus.SUCCEEDED || run.status() == RunStatus.ABANDONED)
                && (run.tally().written() > 0 || (run.hasSteps() && run.batches() > 0))
                && leftSomething(run));
  }

  /** A statement may have written what was there: such a run stands in nobody's way. */
  private boolean leftSomething(Run run) {
    try (ReadView view = database.view()) {
      List<JournalledRows> tables = JournalledRows.of(view, run.id());
      return tables.isEmpty() // a migration's rows are told by its query
          || RebuildUndo.is(view, database.catalog(), run)
          || tables.stream()
              .map(rows -> undone(view, rows, once(run)))
              .anyMatch(
                  rows ->
                      Stream.of(ChangeKind.values())
                          .anyMatch(kind -> view.number(rows.any(kind)) > 0));
    }
  }

  private UndoneRows undone(ReadView view, JournalledRows rows, boolean once) {
    boolean single = once || view.number(rows.once(dialect)) > 0;
    return new UndoneRows(rows, single, dialect);
  }

  /** Fails where a run is at work, unfinished, or taken back already. */
  public void refuseUnlessDone(Run run) {
    if (run.status() == RunStatus.UNDONE) {
      throw CairnException.refused(
              "undone",
              "run %d is undone: %s".formatted(run.id(), run.reason().orElse("taken back")))
          .hint(
              run.hasSteps()
                  ? "plan and apply it again to have it once more"
                  : "`undo` with the number of the run that took it back does it again");
    }
    if (run.status().isOpen()) {
      throw CairnException.refused(
              "run-open", "run %d is %s: it isn't at its end".formatted(run.id(), run.status()))
          .hint(
              "`resume %1$d` finishes it; `abandon %1$d` gives it up, then `undo %1$d` takes back"
                      .formatted(run.id())
                  + " what it wrote");
    }
  }

  /** The plan that takes back a run that changed rows. */
  public Plan changes(Run run) {
    Catalog catalog = database.catalog();
    List<RestoreRows> steps = new ArrayList<>();
    try (ReadView view = database.view()) {
      if (RebuildUndo.is(view, catalog, run)) {
        return RebuildUndo.plan(view, catalog, dialect, run);
      }
      for (JournalledRows rows : JournalledRows.of(view, run.id())) {
        steps.addAll(steps(view, rows, catalog, once(run)));
      }
    }
    return plan(run, steps, List.of(), catalog);
  }

  /** The plan that takes back a migration, as it was planned: its query says what it wrote. */
  public Plan migration(Run run, Measured frozen) {
    Catalog catalog = database.catalog();
    try (ReadView view = database.view()) {
      UndoneMigration undone = new UndoneMigration(view, run, frozen, dialect);
      return plan(run, undone.steps(), undone.findings(), catalog);
    }
  }

  private Plan plan(Run run, List<RestoreRows> steps, List<Finding> findings, Catalog catalog) {
    if (steps.isEmpty()) {
      throw CairnException.refused(
              "nothing-to-undo", "run " + run.id() + " left no rows that can be taken back")
          .hint(
              "every value is as it was before; `undo` with its number takes an earlier run back");
    }
    return new Plan(
        name(run),
        Undoing.text(run.id()),
        true,
        Optional.empty(),
        catalog.fingerprint(),
        List.copyOf(
            dialect.flavour() == Flavour.POSTGRESQL
                ? RestoreSteps.orderedAtOnce(steps, catalog)
                : RestoreSteps.ordered(steps, catalog)),
        findings);
  }

  /** Whether each row stands in the journal once: it was written down before it was changed. */
  private static boolean once(Run run) {
    return run.lanes().stream().noneMatch(lane -> lane.mapping().equals("WHOLE"));
  }

  private List<RestoreRows> steps(
      ReadView view, JournalledRows rows, Catalog catalog, boolean once) {
    UndoneRows undone = undone(view, rows, once);
    List<RestoreRows> steps = new ArrayList<>();
    for (ChangeKind kind : ChangeKind.values()) {
      if (view.number(undone.any(kind)) > 0) {
        Table table = table(rows, catalog);
        boolean back = kind == ChangeKind.UPDATE && view.number(undone.any(ChangeKind.INSERT)) > 0;
        steps.add(
            undone.step(
                kind,
                target(rows, table, kind, new Shape(once, back, dialect.letsReferencesRest()))));
      }
    }
    return steps;
  }

  /**
   * What else decides which columns a step has.
   *
   * @param once whether each row stands in the journal once: then what was kept for rows put in
   *     says nothing of those that were changed
   * @param back whether rows of the same table are put in again by the same run, whole: the journal
   *     has one set of columns for all that a run writes into a table
   * @param moves whether rows can be taken out and put in again, so that unique values change
   *     places
   */
  private record Shape(boolean once, boolean back, boolean moves) {}

  private static TouchedTable target(
      JournalledRows rows, Table table, ChangeKind kind, Shape shape) {
    TouchedTable named =
        TouchedTable.of(table, List.of(), List.of()).orElseThrow(() -> changed(table.name()));
    String number = rows.key().isEmpty() ? named.rowNumber() : "";
    if (rows.key().isEmpty() && number.isEmpty()) {
      throw changed(table.name()); // a key was declared since, and the journal has row numbers
    }
    Set<String> before = new LinkedHashSet<>(rows.key());
    Set<String> after = new LinkedHashSet<>();
    switch (kind) {
      case INSERT -> {
        after.addAll(rows.key());
        after.addAll(rows.rest());
      }
      case DELETE -> before.addAll(rows.after());
      case UPDATE -> {
        before.addAll(rows.rest());
        boolean swaps = shape.moves() && RestoreSteps.writesKey(table, rows.after());
        if (swaps && isWhole(table, rows)) {
          after.addAll(rows.key());
          after.addAll(rows.rest());
        } else if (shape.back() && isWhole(table, rows)) {
          after.addAll(rows.rest());
        } else {
          rows.after().stream()
              .filter(column -> !shape.once() || rows.before().contains(column))
              .forEach(after::add);
        }
        if (!rows.before().containsAll(after)) {
          throw changed(table.name());
        }
      }
    }
    return new TouchedTable(table, rows.key(), number, List.copyOf(before), List.copyOf(after));
  }

  private static boolean isWhole(Table table, JournalledRows rows) {
    return table.columns().stream()
        .filter(column -> !column.generated())
        .map(Column::name)
        .allMatch(rows.before()::contains);
  }

  private static Table table(JournalledRows rows, Catalog catalog) {
    Table table = catalog.table(rows.target()).orElseThrow(() -> changed(rows.target()));
    Set<String> columns = new LinkedHashSet<>(rows.before());
    columns.addAll(rows.after());
    columns.addAll(rows.key());
    boolean all =
        columns.stream()
            .allMatch(name -> table.column(name).filter(column -> !column.generated()).isPresent());
    if (!all) {
      throw changed(rows.target());
    }
    return table;
  }

  private static CairnException changed(String table) {
    return CairnException.drift(
            "schema-drift", "the table " + table + " isn't the one that the run wrote any more")
        .hint("put its columns and keys back, then `undo`");
  }
}
