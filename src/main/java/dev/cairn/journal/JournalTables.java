package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.MigrateRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables that hold runs, checkpoints and what undo needs, beside the data they speak of: a
 * checkpoint in the data's own transaction can't tell another story than the data.
 */
final class JournalTables {
  /** Grows when the tables change so that an older Cairn would misread them. */
  static final int FORMAT = 1;

  private static final String JOURNAL =
      "CREATE TABLE IF NOT EXISTS cairn_journal (format INTEGER NOT NULL)";
  private static final String RUN =
      "CREATE TABLE IF NOT EXISTS cairn_run (run INTEGER PRIMARY KEY AUTOINCREMENT,"
          + " plan TEXT NOT NULL, plan_text TEXT NOT NULL, where_text TEXT, token TEXT NOT NULL,"
          + " target_table TEXT NOT NULL, schema_fingerprint TEXT NOT NULL, approved_by TEXT NOT NULL,"
          + " status TEXT NOT NULL, epoch INTEGER NOT NULL, owner_pid INTEGER NOT NULL,"
          + " owner_host TEXT NOT NULL, heartbeat_ms INTEGER NOT NULL, started_ms INTEGER NOT NULL,"
          + " seconds REAL NOT NULL DEFAULT 0, reason TEXT, tool_version TEXT NOT NULL)";

  /** Two processes that start the same plan at once: the second violates this. */
  private static final String OPEN_RUN =
      "CREATE UNIQUE INDEX IF NOT EXISTS cairn_run_open ON cairn_run (plan) WHERE status IN "
          + RunStatus.openList();

  private static final String LANE =
      "CREATE TABLE IF NOT EXISTS cairn_lane (run INTEGER NOT NULL, lane INTEGER NOT NULL, value,"
          + " bound, mapping TEXT NOT NULL, source_rows INTEGER NOT NULL, expected_rows INTEGER NOT NULL,"
          + " done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (run, lane))";

  /**
   * The key is the fence: a stale or doubled batch violates it. The epoch is selected from the run
   * while it is ours and running, else it is NULL and the batch fails. The CHECK is the
   * conservation law; no term of it is computed from {@code expected}.
   */
  private static final String CHECKPOINT =
      "CREATE TABLE IF NOT EXISTS cairn_checkpoint (run INTEGER NOT NULL, lane INTEGER NOT NULL,"
          + " batch INTEGER NOT NULL, epoch INTEGER NOT NULL, from_key, to_key, at_ms INTEGER NOT NULL,"
          + " source_rows INTEGER, wanted INTEGER, found INTEGER, differing INTEGER, written INTEGER,"
          + " expected INTEGER, inserted INTEGER, identical INTEGER, kept INTEGER, replaced INTEGER,"
          + " rejected INTEGER, id_floor INTEGER, id_from INTEGER, id_to INTEGER, logged INTEGER,"
          + " PRIMARY KEY (run, lane, batch),"
          + " CONSTRAINT conservation CHECK (expected IS NULL OR"
          + " coalesce(expected = inserted + identical + kept + replaced + rejected, 0)),"
          + " CONSTRAINT journalled CHECK (expected IS NULL OR logged IS NULL"
          + " OR coalesce(logged = inserted, 0)),"
          + " CONSTRAINT counted CHECK (expected IS NULL OR coalesce(inserted >= 0 AND identical >= 0"
          + " AND kept >= 0 AND replaced >= 0 AND rejected >= 0, 0)))";

  /** As the point migration plan has it, so that its progress query works as written. */
  private static final String PROGRESS =
      "CREATE TABLE IF NOT EXISTS migration_progress (id INTEGER PRIMARY KEY AUTOINCREMENT,"
          + " migration_name TEXT NOT NULL, system_id INTEGER NOT NULL,"
          + " last_migrated_timestamp INTEGER NOT NULL, rows_migrated INTEGER NOT NULL,"
          + " updated_at INTEGER NOT NULL, UNIQUE (migration_name, system_id))";

  private JournalTables() {}

  /** The statements that make whatever a run of this step needs and the catalog lacks. */
  static List<SqlFragment> create(Catalog catalog, MigrateRows step, Dialect dialect) {
    List<SqlFragment> statements = new ArrayList<>();
    for (String ddl : List.of(JOURNAL, RUN, OPEN_RUN, LANE, CHECKPOINT)) {
      statements.add(SqlFragment.of(ddl));
    }
    statements.add(
        SqlFragment.of(
            "INSERT INTO cairn_journal (format) SELECT ? WHERE NOT EXISTS"
                + " (SELECT 1 FROM cairn_journal)",
            (long) FORMAT));
    if (step.progressName().isPresent()) {
      statements.add(SqlFragment.of(PROGRESS));
    }
    statements.addAll(undoTable(catalog, step, dialect));
    return statements;
  }

  /** The table that takes the keys and pre-images of one target. */
  static String undoTable(MigrateRows step) {
    return "cairn_undo_" + step.target().name();
  }

  /** Columns without a declared type: what is stored comes back typed exactly. */
  private static List<SqlFragment> undoTable(Catalog catalog, MigrateRows step, Dialect dialect) {
    Set<String> columns = new LinkedHashSet<>(step.key());
    if (step.onConflict() == ConflictPolicy.REPLACE) {
      step.target().columns().stream()
          .filter(column -> !column.generated())
          .forEach(column -> columns.add(column.name()));
    }
    String name = undoTable(step);
    Table existing = catalog.table(name).orElse(null);
    List<SqlFragment> statements = new ArrayList<>();
    if (existing == null) {
      StringBuilder ddl = new StringBuilder("CREATE TABLE IF NOT EXISTS " + dialect.quote(name));
      ddl.append(" (cairn_run INTEGER NOT NULL, cairn_lane INTEGER NOT NULL,");
      ddl.append(" cairn_batch INTEGER NOT NULL, cairn_kind TEXT NOT NULL");
      columns.forEach(column -> ddl.append(", ").append(dialect.quote(column)));
      return List.of(SqlFragment.of(ddl.append(")").toString()));
    }
    for (String column : columns) {
      if (existing.column(column).isEmpty()) {
        statements.add(
            SqlFragment.of(
                "ALTER TABLE " + dialect.quote(name) + " ADD COLUMN " + dialect.quote(column)));
      }
    }
    return statements;
  }
}
