package dev.cairn.batch;

import dev.cairn.database.ReadView;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import java.util.List;

/**
 * What {@code last_insert_rowid()} and {@code changes()} say in a conversation. The journal's own
 * statements would overwrite them, and a person's next statement would write the wrong number.
 *
 * @param lastInsertRow the number of the row that was inserted last; 0 before the first
 * @param changes rows that the last statement inserted, updated or deleted
 */
record SessionCounters(long lastInsertRow, long changes) {

  /** What they say now. */
  static SessionCounters of(StatementSession session) {
    try (ReadView view = session.view()) {
      List<Object> row = view.rows(SqlFragment.of("SELECT last_insert_rowid(), changes()")).get(0);
      return new SessionCounters(
          ((Number) row.get(0)).longValue(), ((Number) row.get(1)).longValue());
    }
  }

  /**
   * The statements that make them say so again. Nothing but inserting sets them, so rows are
   * inserted where nobody sees them.
   */
  List<SqlFragment> restore() {
    SqlFragment insert =
        changes < 2
            ? SqlFragment.of("INSERT INTO temp.cairn_counters VALUES (?)", lastInsertRow)
            : SqlFragment.of(
                "WITH RECURSIVE c(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM c WHERE i < ?)"
                    + " INSERT INTO temp.cairn_counters SELECT i FROM c",
                lastInsertRow - changes + 1,
                lastInsertRow);
    return List.of(
        SqlFragment.of("DROP TABLE IF EXISTS temp.cairn_counters"),
        SqlFragment.of("CREATE TEMP TABLE cairn_counters (i INTEGER PRIMARY KEY)"),
        insert,
        SqlFragment.of(
            changes == 0 ? "DELETE FROM temp.cairn_counters WHERE 0" : "SELECT changes()"),
        SqlFragment.of("DROP TABLE temp.cairn_counters"));
  }
}
