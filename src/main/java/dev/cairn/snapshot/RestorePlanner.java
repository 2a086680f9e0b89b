package dev.cairn.snapshot;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.JournalledRows;
import dev.cairn.journal.Run;
import dev.cairn.plan.Beside;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.RestoreSpec;
import dev.cairn.plan.RestoreSteps;
import dev.cairn.plan.SqlText;
import dev.cairn.plan.ThreeWay;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the plan that puts rows of a table back as they were in a snapshot. Reads only. */
public final class RestorePlanner {
  private static final String THEN = "cairn_then";

  private final Database database;
  private final RestoreSpec wanted;
  private final Table table;
  private final Catalog catalog;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A plan, and what it was made of.
   *
   * @param plan what is to be put back
   * @param rows its rows as they are, as they were and as runs left them
   * @param beside the snapshot as its queries read it
   * @param unlike columns that are declared otherwise than in the snapshot, each with how
   * @param described whether anything tells damage from what was written later
   */
  public record Restore(
      Plan plan, ThreeWay rows, Beside beside, Map<String, String> unlike, boolean described) {
    public Restore {
      unlike = Collections.unmodifiableMap(new LinkedHashMap<>(unlike));
    }
  }

  private RestorePlanner(Database database, RestoreSpec wanted) {
    this.database = database;
    this.wanted = wanted;
    this.catalog = database.catalog();
    this.table = table();
  }

  /**
   * Makes the plan. Fails with exit 1 where a name is unknown, 3 where the snapshot's table can't
   * give the rows back.
   */
  public static Restore plan(Database database, RestoreSpec wanted) {
    return new RestorePlanner(database, wanted).plan();
  }

  /**
   * The plan of a run whose rows are all written down: the snapshot isn't needed any more.
   *
   * @param run whose journal says what it keeps of the table's rows
   */
  public static Plan resumed(Database database, RestoreSpec wanted, Run run) {
    return new RestorePlanner(database, wanted).resumed(run);
  }

  private Restore plan() {
    Snapshot snapshot = Snapshots.resolve(database, wanted.from().sql());
    if (snapshot.manifest().filter(Manifest::rehearsal).isPresent()) {
      throw CairnException.refused(
              "restore-rehearsal", snapshot.name() + " is a rehearsal's copy, not a snapshot")
          .hint("`snapshots` lists those that are");
    }
    Beside beside = snapshot.beside(database, THEN, table.name());
    List<String> key = key();
    List<LaterRuns.Left> runs;
    RestoredColumns restored;
    try (Database old = snapshot.open()) {
      Table then =
          old.catalog()
              .table(table.name())
              .filter(found -> !found.view())
              .orElseThrow(() -> noRows("there is no table " + table.name() + " in it"));
      restored = new RestoredColumns(database.dialect(), wanted, table, then, findings);
      restored.checkKey(key);
      runs = LaterRuns.of(database, old, table.name(), key, findings);
    }
    List<String> columns = restored.toPutBack(key);
    TouchedTable target =
        TouchedTable.of(table, columns, columns)
            .orElseThrow(() -> noRows("nothing names a row of " + table.name()));
    ThreeWay rows =
        new ThreeWay(
            target,
            beside.schema(),
            wanted.where().map(SqlText::sql),
            runs.stream().map(LaterRuns.Left::rows).toList(),
            database.dialect());
    warnOfTriggers();
    List<RestoreRows> steps = new ArrayList<>();
    steps.add(changed(rows, Optional.of(beside)));
    if (wanted.withDeleted()) {
      List<String> all = restored.all();
      steps.add(
          new RestoreRows(
              ChangeKind.INSERT,
              new TouchedTable(table, key, "", key, all),
              rows.gone(all),
              Optional.empty(),
              Optional.of(beside)));
    }
    boolean described = wanted.where().isPresent() || !runs.isEmpty();
    return new Restore(made(steps, columns), rows, beside, restored.unlike(), described);
  }

  private Plan resumed(Run run) {
    boolean told = !wanted.columns().isEmpty();
    if (wanted.withDeleted() && !told) {
      return plan().plan(); // a file that names no columns means those that the snapshot has
    }
    JournalledRows kept;
    try (ReadView view = database.view()) {
      kept =
          JournalledRows.of(view, run.id()).stream()
              .filter(rows -> rows.target().equalsIgnoreCase(table.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      CairnException.drift(
                          "journal-changed", "run " + run.id() + " keeps no rows"));
    }
    List<String> key = key();
    List<String> columns =
        (told
                ? wanted.columns().stream().map(name -> RestoredColumns.column(table, name).name())
                : kept.after().stream())
            .filter(column -> !key.contains(column))
            .toList();
    SqlFragment none = SqlFragment.of("SELECT NULL WHERE FALSE");
    List<RestoreRows> steps = new ArrayList<>();
    steps.add(
        changed(new TouchedTable(table, key, "", kept.before(), columns), none, Optional.empty()));
    if (wanted.withDeleted()) {
      List<String> all = new ArrayList<>(key);
      all.addAll(kept.after());
      TouchedTable put = new TouchedTable(table, key, "", key, all);
      steps.add(new RestoreRows(ChangeKind.INSERT, put, none, Optional.empty()));
    }
    return made(steps, columns);
  }

  /** Where unique values may change places, whole rows are taken out and put in again. */
  private RestoreRows changed(ThreeWay rows, Optional<Beside> beside) {
    List<String> columns = rows.target().after();
    Set<String> before = new LinkedHashSet<>(rows.compared());
    List<String> written = columns;
    boolean rewrites = database.dialect().letsReferencesRest();
    if (rewrites && RestoreSteps.writesKey(table, columns)) {
      written = TouchedTable.whole(table).orElseThrow().after();
      before.addAll(written);
    }
    TouchedTable target =
        new TouchedTable(table, rows.target().key(), "", List.copyOf(before), written);
    return changed(target, rows.changed(target.before(), written), beside);
  }

  private RestoreRows changed(TouchedTable target, SqlFragment rows, Optional<Beside> beside) {
    return new RestoreRows(
        ChangeKind.UPDATE,
        target,
        rows,
        wanted.where().map(where -> SqlFragment.of(where.sql() + "\n")),
        beside);
  }

  /** What a person typed without columns is kept with those that it came to mean. */
  private Plan made(List<RestoreRows> steps, List<String> columns) {
    return new Plan(
        wanted.name(),
        wanted.typed() ? wanted.textWith(columns, database.dialect()::quote) : wanted.text(),
        wanted.typed(),
        Optional.empty(),
        catalog.fingerprint(),
        List.copyOf(RestoreSteps.ordered(steps, catalog)),
        findings);
  }

  private Table table() {
    SqlText name = wanted.table();
    Table found =
        catalog.table(name.sql()).orElseThrow(() -> catalog.noTable(name.sql()).at(name.span()));
    if (found.view() || Catalog.isOwn(found.name())) {
      throw noRows(
          found.name() + (found.view() ? " is a view; name its table" : " is Cairn's own table"));
    }
    TouchedTable.refuseUnkept(found);
    return found;
  }

  private List<String> key() {
    return TouchedTable.of(table, List.of(), List.of())
        .map(TouchedTable::key)
        .filter(columns -> !columns.isEmpty())
        .orElseThrow(
            () ->
                noRows(
                    table.name()
                        + " has no key that is never NULL, so nothing tells which row was which"));
  }

  /** What they did for the damaged rows is in other tables, which aren't put back. */
  private void warnOfTriggers() {
    List<String> silent = new ArrayList<>();
    for (Trigger trigger : table.triggers()) {
      boolean fires =
          trigger.firesOn("UPDATE") || (wanted.withDeleted() && trigger.firesOn("INSERT"));
      if (fires) {
        silent.add(trigger.name());
      }
    }
    if (!silent.isEmpty()) {
      findings.add(
          Finding.of(
              "trigger",
              Severity.WARNING,
              "rows are put back without the triggers of the table (%s): what they keep elsewhere is not brought up to date"
                  .formatted(String.join(", ", silent))));
    }
  }

  private CairnException noRows(String why) {
    return refused(wanted, why);
  }

  static CairnException refused(RestoreSpec wanted, String why) {
    return CairnException.refused(
            "restore-refused",
            "%s can't be restored from %s: %s"
                .formatted(wanted.table().sql(), wanted.from().sql(), why))
        .hint("`describe " + wanted.table().sql() + "` shows the table as it is now");
  }
}
