package dev.cairn.database;

import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.dialect.SqlFragment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs an atomic batch on a connection. */
final class SqliteBatch {
  /** In KiB, below zero as SQLite has it; a writer waits as long as a table is made anew. */
  private static final int REBUILD_CACHE = -65_536;

  private static final int USUAL_CACHE = -2_000;

  private SqliteBatch() {}

  static BatchOutcome run(SqliteConnection connection, AtomicBatch batch) {
    int at = -1;
    boolean committing = false;
    try {
      connection.execute("PRAGMA foreign_keys = " + (batch.parentsProven() ? "OFF" : "ON"));
      connection.execute("PRAGMA recursive_triggers = " + (batch.seesReplaced() ? "ON" : "OFF"));
      if (batch.makesTable()) {
        connection.execute(
            "PRAGMA cache_size = " + REBUILD_CACHE); // sorts and pages stay in memory
      }
      // IMMEDIATE: a deferred transaction that reads first fails BUSY despite the timeout.
      connection.execute("BEGIN IMMEDIATE");
      List<List<Object>> results = new ArrayList<>();
      for (SqlFragment statement : batch.statements()) {
        at++;
        results.add(connection.firstRow(statement));
      }
      at = -1;
      committing = true;
      connection.execute("COMMIT");
      return new Committed(results);
    } catch (SQLException error) {
      boolean unknown = committing && SqliteErrors.mayHaveHappened(error);
      rollback(connection);
      String message = SqliteErrors.message(error);
      return unknown
          ? new Unknown(message)
          : new RolledBack(SqliteErrors.reason(error), at, message);
    } finally {
      if (batch.makesTable()) {
        usualCache(connection);
      }
    }
  }

  private static void usualCache(SqliteConnection connection) {
    try {
      connection.execute("PRAGMA cache_size = " + USUAL_CACHE);
    } catch (SQLException asBefore) {
      return; // it only keeps more memory than it needs
    }
  }

  private static void rollback(SqliteConnection connection) {
    try {
      connection.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      return; // SQLite ends the transaction itself after some errors
    }
  }
}
