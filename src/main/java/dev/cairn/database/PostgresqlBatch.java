package dev.cairn.database;

import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.StatementShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs an atomic batch on a connection. All batches share a lock that nobody else knows of; one
 * that only reads asks for it alone, and so comes behind whatever batch is still being committed,
 * though its connection was lost.
 */
final class PostgresqlBatch {
  /** "cairn" as a number. */
  private static final long LOCK = 0x636169726eL;

  /** "runs" as a number: the first half of a run's own lock. */
  private static final int RUNS = 0x72756e73;

  private static final Set<String> READING = Set.of("SELECT", "VALUES", "TABLE");
  private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "WITH");

  private PostgresqlBatch() {}

  /**
   * Runs it.
   *
   * @param lockMillis how long a batch that others may wait behind waits for a lock of somebody
   *     else
   */
  static BatchOutcome run(PostgresqlConnection connection, AtomicBatch batch, int lockMillis) {
    String unable = unable(batch);
    if (!unable.isEmpty()) {
      return new RolledBack(Reason.SQL, -1, unable);
    }
    int at = -1;
    boolean committing = false;
    try {
      connection.alone(false); // the first statement begins the transaction on its own journey
      if (batch.oneMoment()) {
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      }
      connection.held(lock(batch, lockMillis), 0).close();
      List<List<Object>> results = new ArrayList<>();
      long changed = 0;
      for (SqlFragment statement : batch.statements()) {
        at++;
        try (PostgresqlRows rows = connection.held(statement, changed)) {
          results.add(rows.next() ? rows.row() : List.of());
          changed = changed(statement, rows, changed);
        }
      }
      at = -1;
      committing = true;
      connection.commit();
      return new Committed(results);
    } catch (SQLException error) {
      Reason reason = PostgresqlErrors.reason(error, connection.wasCancelled());
      String message = PostgresqlErrors.message(error);
      takeBack(connection, error);
      return committing && PostgresqlErrors.mayHaveHappened(error)
          ? new Unknown(message)
          : new RolledBack(reason, at, message);
    } catch (RuntimeException unreadable) { // before COMMIT: a value, or a text that doesn't fit
      takeBack(connection, null);
      return new RolledBack(Reason.SQL, at, String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * Its place among the batches, for which it waits its turn; only then, for what it writes, it
   * waits no longer than others can bear.
   */
  private static SqlFragment lock(AtomicBatch batch, int lockMillis) {
    boolean reads = batch.statements().stream().allMatch(each -> READING.contains(firstWord(each)));
    StringBuilder sql = new StringBuilder("SELECT ").append(ask(reads)).append("(?)");
    batch
        .turn()
        .ifPresent(
            turn ->
                sql.append(", " + ask(turn.alone()) + "(" + RUNS + ", " + (int) turn.run() + ")"));
    if (batch.turn().filter(turn -> !turn.alone()).isPresent()) {
      sql.append(", set_config('lock_timeout', '" + lockMillis + "', true)");
    }
    return SqlFragment.of(sql.toString(), LOCK);
  }

  private static String ask(boolean alone) {
    return alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared";
  }

  /** What PostgreSQL can't be asked for; nothing was sent. */
  private static String unable(AtomicBatch batch) {
    if (batch.beside().filter(other -> !PostgresqlBeside.isHere(other)).isPresent()) {
      return "PostgreSQL can't read another database beside its own";
    }
    return batch.makesTable()
        ? "a table isn't made anew on PostgreSQL: ALTER TABLE changes it"
        : "";
  }

  private static long changed(SqlFragment statement, PostgresqlRows rows, long before) {
    String word = firstWord(statement);
    if (!CHANGING.contains(word)) {
      return before;
    }
    if (rows.changed() >= 0) {
      return rows.changed();
    }
    if (word.equals("WITH")) {
      return before; // its rows are a query's, as far as can be told
    }
    long returned = rows.read();
    while (rows.next()) {
      returned++;
    }
    return returned;
  }

  private static String firstWord(SqlFragment statement) {
    return StatementShape.firstWord(statement.sql(), Flavour.POSTGRESQL)
        .toUpperCase(java.util.Locale.ROOT);
  }

  /** A connection that is lost takes its transaction back by itself. */
  private static void takeBack(PostgresqlConnection connection, SQLException error) {
    try {
      if (error != null && PostgresqlErrors.isLost(error)) {
        connection.close();
      } else {
        connection.rollback();
      }
    } catch (SQLException gone) {
      connection.close();
    }
  }
}
