package dev.cairn.batch;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import java.util.List;
import java.util.Locale;

/**
 * Keeps what {@code last_insert_rowid()} and {@code changes()} say in a conversation. The journal's
 * own statements overwrite them, and a person's next statement would write the wrong number.
 */
public final class SessionCounters {
  /** Rows from which on setting {@code changes()} waits until a statement asks for it. */
  private static final long MANY = 1_000;

  /** Holds one row, whatever is inserted: each takes the place of the one before. */
  private static final String TABLE =
      "CREATE TEMP TABLE IF NOT EXISTS cairn_counters"
          + " (i INTEGER PRIMARY KEY ON CONFLICT REPLACE, one DEFAULT 1 UNIQUE ON CONFLICT REPLACE)";

  private static final String SOME =
      "INSERT INTO temp.cairn_counters (i) WITH RECURSIVE c(n) AS"
          + " (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT ? FROM c";

  private final StatementSession session;
  private final boolean kept;
  private Seen owed;
  private boolean asked;
  private Catalog schema;
  private boolean schemaAsks;

  /**
   * @param session the conversation
   * @param dialect says whether there is a place where nobody sees the rows that set them: where
   *     there is none, they are the journal's after each journalled statement
   */
  public SessionCounters(StatementSession session, Dialect dialect) {
    this.session = session;
    this.kept = dialect.hasTemporary();
  }

  /**
   * What they say at one moment.
   *
   * @param lastInsertRow the number of the row that was inserted last; 0 before the first
   * @param changes rows that the last statement inserted, updated or deleted
   */
  record Seen(long lastInsertRow, long changes) {}

  /** What they say now, as the person knows it. */
  Seen now() {
    if (!kept) {
      return new Seen(0, 0);
    }
    if (owed != null) {
      return owed;
    }
    List<Object> row = session.again(SqlFragment.of("SELECT last_insert_rowid(), changes()"));
    return new Seen(((Number) row.get(0)).longValue(), ((Number) row.get(1)).longValue());
  }

  /**
   * Makes them say so again. Nothing but changing rows sets them, so as many rows as were changed
   * are inserted where nobody sees them; many are only where a statement asks for their number: it
   * was a third of what undo costs.
   */
  void restore(Seen seen) {
    if (!kept) {
      return;
    }
    boolean later = seen.changes() > MANY && !asked;
    set(later ? new Seen(seen.lastInsertRow(), 1) : seen);
    owed = later ? seen : null;
  }

  /** A person's statement ran, and set them. */
  public void ran() {
    owed = null;
    asked = false;
  }

  /**
   * Sets what is still to be set where a statement may ask for it, by itself or by a view or
   * trigger.
   *
   * @param statement what a person will run next
   */
  public void before(String statement, Catalog catalog) {
    if (catalog != schema) {
      schema = catalog;
      schemaAsks =
          catalog.objects().stream().anyMatch(object -> object.sql() != null && asks(object.sql()));
    }
    asked = schemaAsks || asks(statement);
    if (asked && owed != null) {
      set(owed);
      owed = null;
    }
  }

  private static boolean asks(String sql) {
    return sql.toLowerCase(Locale.ROOT).contains("changes");
  }

  private void set(Seen seen) {
    session.again(SqlFragment.of(TABLE));
    session.again(
        seen.changes() < 2
            ? SqlFragment.of("INSERT INTO temp.cairn_counters (i) VALUES (?)", seen.lastInsertRow())
            : SqlFragment.of(SOME, seen.changes(), seen.lastInsertRow()));
    if (seen.changes() == 0) {
      session.again(SqlFragment.of("DELETE FROM temp.cairn_counters WHERE 0"));
    }
  }
}
