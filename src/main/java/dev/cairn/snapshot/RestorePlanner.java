package dev.cairn.snapshot;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
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
import java.util.stream.Collectors;

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
    Beside beside = new Beside(THEN, snapshot.file().toString());
    List<String> key = key();
    List<LaterRuns.Left> runs;
    Table then;
    try (Database old = snapshot.open()) {
      then =
          old.catalog()
              .table(table.name())
              .filter(found -> !found.view())
              .orElseThrow(() -> noRows("there is no table " + table.name() + " in it"));
      checkKey(then, key);
      runs = LaterRuns.of(database, old, table.name(), key, findings);
    }
    List<String> columns = columns(then, key);
    TouchedTable target =
        TouchedTable.of(table, columns, columns)
            .orElseThrow(() -> noRows("nothing names a row of " + table.name()));
    ThreeWay rows =
        new ThreeWay(
            target,
            THEN,
            wanted.where().map(SqlText::sql),
            runs.stream().map(LaterRuns.Left::rows).toList(),
            database.dialect());
    warnOfTriggers();
    List<RestoreRows> steps = new ArrayList<>();
    steps.add(changed(rows, Optional.of(beside)));
    if (wanted.withDeleted()) {
      List<String> all = all(then);
      steps.add(
          new RestoreRows(
              ChangeKind.INSERT,
              new TouchedTable(table, key, "", key, all),
              rows.gone(all),
              Optional.empty(),
              Optional.of(beside)));
    }
    boolean described = wanted.where().isPresent() || !runs.isEmpty();
    return new Restore(made(steps, columns), rows, beside, unlike(then), described);
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
        (told ? wanted.columns().stream().map(name -> column(name).name()) : kept.after().stream())
            .filter(column -> !key.contains(column))
            .toList();
    SqlFragment none = SqlFragment.of("SELECT NULL WHERE 0");
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
    if (RestoreSteps.writesKey(table, columns)) {
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
        catalog
            .table(name.sql())
            .orElseThrow(
                () -> {
                  CairnException none =
                      CairnException.failed("no-such-table", "there is no table " + name.sql())
                          .at(name.span());
                  return catalog
                      .nearest(name.sql())
                      .map(near -> none.hint("did you mean " + near + "?"))
                      .orElse(none);
                });
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

  private void checkKey(Table then, List<String> key) {
    if (then.keys().stream().noneMatch(each -> each.covers(key))) {
      throw noRows("there, (" + String.join(", ", key) + ") is no unique key of " + then.name());
    }
    for (String name : key) {
      Column now = table.column(name).orElseThrow();
      Column was = then.column(name).orElseThrow();
      if (!meant(now, table).equals(meant(was, then))) {
        throw noRows("the type of " + name + ", which names the row, " + types(was, now));
      }
      if (!now.collation().equalsIgnoreCase(was.collation())) {
        throw noRows(
            name + ", which names the row, compares texts in another way in the snapshot than now");
      }
      if (!now.collation().isEmpty() && !now.collation().equalsIgnoreCase("BINARY")) {
        warn(
            "%s compares texts by %s: a row is found however its key is spelled, and its spelling stays as it is"
                .formatted(name, now.collation()));
      }
    }
    if (!then.primaryKey().equals(table.primaryKey())) {
      warn("the primary key was another in the snapshot; rows are told by " + key);
    }
  }

  private List<String> columns(Table then, List<String> key) {
    List<String> columns = wanted.columns().isEmpty() ? common(then, key) : named(then, key);
    if (columns.isEmpty()) {
      throw noRows("there is no column to put back besides the key");
    }
    for (String name : columns) {
      Column now = table.column(name).orElseThrow();
      Column was = then.column(name).orElseThrow();
      if (!now.type().equalsIgnoreCase(was.type())) {
        warn("the type of %s %s".formatted(name, types(was, now)));
      }
    }
    return columns;
  }

  private static String types(Column was, Column now) {
    return "was %s in the snapshot and is %s now".formatted(said(was), said(now));
  }

  private static String said(Column column) {
    return column.type().isEmpty() ? "not given" : column.type();
  }

  /** Columns that take other values than they did: whether all fit is a question to the rows. */
  private Map<String, String> unlike(Table then) {
    Map<String, String> unlike = new LinkedHashMap<>();
    for (Column now : table.columns()) {
      then.column(now.name())
          .ifPresent(
              was -> {
                if (!keeps(now, table).equals(keeps(was, then))) {
                  boolean same = now.type().equalsIgnoreCase(was.type());
                  unlike.put(
                      now.name(),
                      same ? "only one of the tables is STRICT" : "its type " + types(was, now));
                } else if (now.notNull() && !was.notNull()) {
                  unlike.put(now.name(), "it is NOT NULL now and wasn't in the snapshot");
                }
              });
    }
    return unlike;
  }

  /** How a text or a number in a key is read, which decides what it is equal to. */
  private String meant(Column column, Table of) {
    return database.dialect().asStored(column, of, "?");
  }

  private String keeps(Column column, Table of) {
    return database.dialect().keeps(column, of, "?");
  }

  private List<String> common(Table then, List<String> key) {
    List<String> fresh = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.generated() || key.contains(column.name())) {
        continue;
      }
      (then.column(column.name()).isPresent() ? columns : fresh).add(column.name());
    }
    if (!fresh.isEmpty()) {
      warn("the snapshot has no column " + String.join(", ", fresh) + ": it stays as it is");
    }
    String lost =
        then.columns().stream()
            .map(Column::name)
            .filter(name -> table.column(name).isEmpty())
            .collect(Collectors.joining(", "));
    if (!lost.isEmpty()) {
      warn("the table no longer has the column " + lost + ": its values are not put back");
    }
    return columns;
  }

  private List<String> named(Table then, List<String> key) {
    List<String> columns = new ArrayList<>();
    for (SqlText name : wanted.columns()) {
      Column column = column(name);
      if (key.contains(column.name())) {
        throw CairnException.failed(
                "restore-column", column.name() + " belongs to the key, which names the row")
            .at(name.span());
      }
      if (column.generated()) {
        throw CairnException.failed(
                "restore-column", column.name() + " is computed by the database")
            .at(name.span());
      }
      if (then.column(column.name()).isEmpty()) {
        throw noRows("there, " + table.name() + " has no column " + column.name());
      }
      if (!columns.contains(column.name())) {
        columns.add(column.name());
      }
    }
    return columns;
  }

  private Column column(SqlText name) {
    return table
        .column(name.sql())
        .orElseThrow(
            () -> {
              CairnException none =
                  CairnException.failed(
                          "no-such-column", table.name() + " has no column " + name.sql())
                      .at(name.span());
              List<String> all = table.columns().stream().map(Column::name).toList();
              return Catalog.nearest(name.sql(), all)
                  .map(near -> none.hint("did you mean " + near + "?"))
                  .orElse(none);
            });
  }

  /** What a row that is put in again is made of. */
  private List<String> all(Table then) {
    List<String> all = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean there = then.column(column.name()).isPresent();
      if (there && !column.generated()) {
        all.add(column.name());
      } else if (!there && !column.mayBeOmitted()) {
        throw noRows(
            column.name() + " is NOT NULL and new: a row can't be put in again without it");
      }
    }
    return all;
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

  private void warn(String message) {
    findings.add(Finding.of("restore-schema", Severity.WARNING, message));
  }

  private CairnException noRows(String why) {
    return CairnException.refused(
            "restore-refused",
            "%s can't be restored from %s: %s"
                .formatted(wanted.table().sql(), wanted.from().sql(), why))
        .hint("`describe " + wanted.table().sql() + "` shows the table as it is now");
  }
}
