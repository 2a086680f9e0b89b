package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.PlanStep;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.StepSequence;
import dev.cairn.plan.TouchedTable;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables that hold runs, checkpoints and what undo needs, beside the data they speak of: a
 * checkpoint in the data's own transaction can't tell another story than the data.
 */
final class JournalTables {
  /** Grows when the tables change so that an older Cairn would misread them. */
  static final int FORMAT = 2;

  /** Before there were changes of rows that exist; still read, and brought up to date by a run. */
  static final int FIRST_FORMAT = 1;

  private static final String JOURNAL =
      "CREATE TABLE IF NOT EXISTS cairn_journal (format {number} NOT NULL)";
  private static final String RUN =
      "CREATE TABLE IF NOT EXISTS cairn_run (run {run},"
          + " plan TEXT NOT NULL, plan_text TEXT NOT NULL, where_text TEXT, token TEXT NOT NULL,"
          + " target_table TEXT NOT NULL, schema_fingerprint TEXT NOT NULL, approved_by TEXT NOT NULL,"
          + " status TEXT NOT NULL, epoch {number} NOT NULL, owner_pid {number} NOT NULL,"
          + " owner_host TEXT NOT NULL, heartbeat_ms {number} NOT NULL, started_ms {number} NOT NULL,"
          + " seconds {real} NOT NULL DEFAULT 0, reason TEXT, tool_version TEXT NOT NULL,"
          + " kind TEXT NOT NULL DEFAULT 'plan')";

  /** Two processes that start the same plan at once: the second violates this. */
  private static final String OPEN_RUN =
      "CREATE UNIQUE INDEX IF NOT EXISTS cairn_run_open ON cairn_run (plan) WHERE status IN "
          + RunStatus.openList();

  private static final String LANE =
      "CREATE TABLE IF NOT EXISTS cairn_lane (run {number} NOT NULL, lane {number} NOT NULL, value {any},"
          + " bound {any}, mapping TEXT NOT NULL, source_rows {number} NOT NULL, expected_rows {number} NOT NULL,"
          + " done {number} NOT NULL DEFAULT 0, PRIMARY KEY (run, lane))";

  /**
   * The key is the fence: a stale or doubled batch violates it. The epoch is selected from the run
   * while it is ours and running, else it is NULL and the batch fails. The CHECK is the
   * conservation law; no term of it is computed from {@code expected}.
   */
  private static final String CHECKPOINT =
      "CREATE TABLE IF NOT EXISTS cairn_checkpoint (run {number} NOT NULL, lane {number} NOT NULL,"
          + " batch {number} NOT NULL, epoch {number} NOT NULL, from_key {any}, to_key {any}, at_ms {number} NOT NULL,"
          + " source_rows {number}, wanted {number}, found {number}, differing {number}, written {number},"
          + " expected {number}, inserted {number}, identical {number}, kept {number}, replaced {number},"
          + " rejected {number}, id_floor {number}, id_from {number}, id_to {number}, logged {number},"
          + " updated {number} NOT NULL DEFAULT 0, deleted {number} NOT NULL DEFAULT 0,"
          + " PRIMARY KEY (run, lane, batch),"
          + " CONSTRAINT conservation CHECK (expected IS NULL OR coalesce(expected ="
          + " inserted + identical + kept + replaced + rejected + updated + deleted, FALSE)),"
          + " CONSTRAINT journalled CHECK (expected IS NULL OR logged IS NULL"
          + " OR coalesce(logged = inserted + updated + deleted, FALSE)),"
          + " CONSTRAINT counted CHECK (expected IS NULL OR coalesce(inserted >= 0 AND identical >= 0"
          + " AND kept >= 0 AND replaced >= 0 AND rejected >= 0 AND updated >= 0"
          + " AND deleted >= 0, FALSE)))";

  private static final String FIRST_CHECKPOINT_COLUMNS =
      "run, lane, batch, epoch, from_key, to_key, at_ms, source_rows, wanted, found, differing,"
          + " written, expected, inserted, identical, kept, replaced, rejected, id_floor, id_from,"
          + " id_to, logged";

  /**
   * Which columns of which undo table a change filled: NULL there is a value, elsewhere nothing.
   */
  private static final String TOUCHED =
      "CREATE TABLE IF NOT EXISTS cairn_touched (run {number} NOT NULL, target TEXT NOT NULL,"
          + " column_name TEXT NOT NULL, key_position {number} NOT NULL, has_before {number} NOT NULL,"
          + " has_after {number} NOT NULL, PRIMARY KEY (run, target, column_name))";

  /** As the point migration plan has it, so that its progress query works as written. */
  private static final String PROGRESS =
      "CREATE TABLE IF NOT EXISTS migration_progress (id INTEGER PRIMARY KEY AUTOINCREMENT,"
          + " migration_name TEXT NOT NULL, system_id INTEGER NOT NULL,"
          + " last_migrated_timestamp INTEGER NOT NULL, rows_migrated INTEGER NOT NULL,"
          + " updated_at INTEGER NOT NULL, UNIQUE (migration_name, system_id))";

  private JournalTables() {}

  /** Whether all of them are there, as a catalog has it. */
  static boolean there(Catalog catalog) {
    return List.of("journal", "run", "lane", "checkpoint", "touched").stream()
        .allMatch(each -> catalog.table("cairn_" + each).isPresent());
  }

  /** The statements that make whatever a run needs and the catalog lacks. */
  static List<SqlFragment> create(Dialect dialect) {
    List<SqlFragment> statements = new ArrayList<>();
    for (String ddl : List.of(JOURNAL, RUN, OPEN_RUN, LANE, CHECKPOINT, TOUCHED)) {
      statements.add(SqlFragment.of(dialect.ownColumns().in(ddl)));
    }
    statements.add(
        SqlFragment.of(
            "INSERT INTO cairn_journal (format) SELECT ? WHERE NOT EXISTS"
                + " (SELECT 1 FROM cairn_journal)",
            (long) FORMAT));
    return statements;
  }

  /** The statements that a run of this step needs besides. */
  static List<SqlFragment> create(Catalog catalog, PlanStep step, Dialect dialect) {
    List<SqlFragment> statements = new ArrayList<>();
    if (step instanceof MigrateRows migration) {
      if (keepsProgress(migration, dialect)) {
        statements.add(SqlFragment.of(PROGRESS));
      }
      Set<String> columns = new LinkedHashSet<>(migration.key());
      if (migration.onConflict() == ConflictPolicy.REPLACE) {
        migration.target().columns().stream()
            .filter(column -> !column.generated())
            .forEach(column -> columns.add(column.name()));
      }
      statements.addAll(UndoTables.create(catalog, migration.target(), columns, dialect));
    } else if (step instanceof ChangeRows change) {
      for (TouchedTable touched : change.touched()) {
        statements.addAll(
            UndoTables.create(catalog, touched.table(), UndoTables.columns(touched), dialect));
      }
    } else if (step instanceof RebuildTable rebuild) {
      statements.add(SqlFragment.of(dialect.ownColumns().in(RebuildTables.CREATE)));
      statements.addAll(
          UndoTables.create(catalog, rebuild.old(), UndoTables.columns(rebuild.kept()), dialect));
    } else if (step instanceof RunScript script) {
      for (TouchedTable touched : script.touched()) {
        statements.addAll(
            UndoTables.create(catalog, touched.table(), UndoTables.columns(touched), dialect));
      }
    } else if (step instanceof StepSequence) {
      statements.add(SqlFragment.of(dialect.ownColumns().in(StepRuns.CREATE)));
    }
    return statements;
  }

  /**
   * The statements that a run which puts rows back needs besides: what its steps keep of one table
   * stands in one table.
   */
  static List<SqlFragment> create(Catalog catalog, List<RestoreRows> steps, Dialect dialect) {
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    Map<String, Table> tables = new LinkedHashMap<>();
    for (RestoreRows step : steps) {
      String name = step.target().table().name();
      tables.put(name, step.target().table());
      columns
          .computeIfAbsent(name, each -> new LinkedHashSet<>())
          .addAll(UndoTables.columns(step.target()));
    }
    List<SqlFragment> statements = new ArrayList<>();
    columns.forEach(
        (name, all) ->
            statements.addAll(UndoTables.create(catalog, tables.get(name), all, dialect)));
    return statements;
  }

  /** Whether a run keeps a row of the table that the point migration plan has. */
  static boolean keepsProgress(MigrateRows migration, Dialect dialect) {
    return migration.progressName().isPresent() && dialect.flavour() == Flavour.SQLITE;
  }

  /** Notes for the newest run which columns of a table are kept. */
  static SqlFragment note(TouchedTable touched, Dialect dialect) {
    return note("(SELECT max(run) FROM cairn_run)", touched, dialect);
  }

  /**
   * The same for another run.
   *
   * @param run SQL of its number
   */
  static SqlFragment note(String run, TouchedTable touched, Dialect dialect) {
    List<SqlFragment> rows = new ArrayList<>();
    if (touched.key().isEmpty()) {
      rows.add(row("rowid", 1, true, true));
    }
    Set<String> columns = new LinkedHashSet<>(touched.before());
    columns.addAll(touched.after());
    for (String column : columns) {
      int position = touched.key().indexOf(column) + 1;
      rows.add(
          row(
              column,
              position,
              touched.before().contains(column),
              position > 0 || touched.after().contains(column)));
    }
    SqlFragment values = rows.get(0);
    for (SqlFragment row : rows.subList(1, rows.size())) {
      values = values.then(", ").then(row);
    }
    return SqlFragment.of(
            "INSERT INTO cairn_touched (run, target, column_name, key_position, has_before,"
                + " has_after) SELECT "
                + run
                + ", ?, v.* FROM (VALUES ",
            touched.table().name())
        .then(values)
        .then(
            ") AS v WHERE TRUE ON CONFLICT (run, target, column_name) DO UPDATE SET has_before = "
                + dialect.greatest("cairn_touched.has_before", "excluded.has_before")
                + ", has_after = "
                + dialect.greatest("cairn_touched.has_after", "excluded.has_after"));
  }

  private static SqlFragment row(String column, int position, boolean before, boolean after) {
    return SqlFragment.of(
        "(?, ?, ?, ?)", column, (long) position, before ? 1L : 0L, after ? 1L : 0L);
  }

  /**
   * The statements that bring a journal of the first format up to date. The second makes the whole
   * fail where another process did it in the meantime.
   */
  static List<SqlFragment> upgrade(Dialect dialect) {
    List<SqlFragment> statements = new ArrayList<>();
    statements.add(
        SqlFragment.of(
            "UPDATE cairn_journal SET format = ? WHERE format = ?",
            (long) FORMAT,
            (long) FIRST_FORMAT));
    for (String sql :
        List.of(
            "INSERT INTO cairn_journal (format) SELECT NULL WHERE changes() <> 1",
            "ALTER TABLE cairn_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'plan'",
            "ALTER TABLE cairn_checkpoint RENAME TO cairn_checkpoint_first",
            CHECKPOINT,
            "INSERT INTO cairn_checkpoint (%1$s) SELECT %1$s FROM cairn_checkpoint_first"
                .formatted(FIRST_CHECKPOINT_COLUMNS),
            "DROP TABLE cairn_checkpoint_first")) {
      statements.add(SqlFragment.of(dialect.ownColumns().in(sql)));
    }
    return statements;
  }
}
