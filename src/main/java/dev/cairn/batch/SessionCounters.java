package dev.cairn.batch;

import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code last_insert_rowid()} and {@code changes()} say in a conversation. The journal's own
 * statements would overwrite them, and a person's next statement would write the wrong number.
 *
 * @param lastInsertRow the number of the row that was inserted last; 0 before the first
 * @param changes rows that the last statement inserted, updated or deleted
 */
record SessionCounters(long lastInsertRow, long changes) {
  /** Holds one row, whatever is inserted: each takes the place of the one before. */
  private static final String TABLE =
      "CREATE TEMP TABLE IF NOT EXISTS cairn_counters"
          + " (i INTEGER PRIMARY KEY ON CONFLICT REPLACE, one DEFAULT 1 UNIQUE ON CONFLICT REPLACE)";

  private static final String SOME =
      "INSERT INTO temp.cairn_counters (i) WITH RECURSIVE c(n) AS"
          + " (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT ? FROM c";

  /** What they say now. */
  static SessionCounters of(StatementSession session) {
    List<Object> row = session.again(SqlFragment.of("SELECT last_insert_rowid(), changes()"));
    return new SessionCounters(
        ((Number) row.get(0)).longValue(), ((Number) row.get(1)).longValue());
  }

  /**
   * The statements that make them say so again. Nothing but changing rows sets them, so as many
   * rows as were changed are inserted where nobody sees them.
   */
  List<SqlFragment> restore() {
    List<SqlFragment> statements = new ArrayList<>();
    statements.add(SqlFragment.of(TABLE));
    statements.add(
        changes < 2
            ? SqlFragment.of("INSERT INTO temp.cairn_counters (i) VALUES (?)", lastInsertRow)
            : SqlFragment.of(SOME, changes, lastInsertRow));
    if (changes == 0) {
      statements.add(SqlFragment.of("DELETE FROM temp.cairn_counters WHERE 0"));
    }
    return statements;
  }
}
