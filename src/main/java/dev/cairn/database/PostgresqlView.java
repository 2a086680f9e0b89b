package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.core.TransactionState;

/**
 * A look at the rows at one moment: what was committed when its first query began, or what a
 * person's own transaction sees. A query that fails doesn't end it, but ends the rows of others
 * that are still being read.
 */
final class PostgresqlView implements ReadView {
  private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  private static final String MARK = "SAVEPOINT cairn_look";
  private static final String BACK = "ROLLBACK TO " + MARK;

  private final PostgresqlConnection connection;
  private final String leave;
  private final Runnable ending;

  private PostgresqlView(PostgresqlConnection connection, String leave, Runnable ending) {
    this.connection = connection;
    this.leave = leave;
    this.ending = ending;
  }

  /**
   * A view of now, in a transaction of its own.
   *
   * @param ending what becomes of the connection then
   */
  static PostgresqlView begin(PostgresqlConnection connection, Runnable ending) {
    return begin(connection, "", ending);
  }

  /** The same of the moment that another view has exported under this name. */
  static PostgresqlView of(String snapshot, PostgresqlConnection connection, Runnable ending) {
    return begin(connection, "SET TRANSACTION SNAPSHOT '" + snapshot + "'; ", ending);
  }

  /**
   * A view of now whose moment others can take over, by the name that is handed on: none where the
   * server is a standby.
   */
  static PostgresqlView exporting(
      PostgresqlConnection connection, Consumer<String> name, Runnable ending) {
    try (PostgresqlRows primary = ask(connection, "SELECT NOT pg_is_in_recovery()")) {
      if (primary.next() && Boolean.TRUE.equals(primary.value(0))) {
        try (PostgresqlRows exported = ask(connection, "SELECT pg_export_snapshot()")) {
          exported.next();
          name.accept(exported.text(0)); // before any savepoint: within one the server refuses
        }
      }
      return marked(connection, "", "ROLLBACK", ending);
    } catch (SQLException error) {
      ending.run();
      throw connection.failure(error);
    }
  }

  private static PostgresqlRows ask(PostgresqlConnection connection, String query)
      throws SQLException {
    if (connection.state() == TransactionState.IDLE) {
      connection.alone(true);
      connection.execute(BEGIN);
      connection.alone(false);
    }
    return connection.held(SqlFragment.of(query), 0);
  }

  /** A view of what a transaction that is open sees; it is left as it was. */
  static PostgresqlView within(PostgresqlConnection connection) {
    return marked(connection, "", BACK + "; RELEASE " + MARK, () -> {});
  }

  private static PostgresqlView begin(
      PostgresqlConnection connection, String moment, Runnable ending) {
    return marked(connection, BEGIN + "; " + moment, "ROLLBACK", ending);
  }

  private static PostgresqlView marked(
      PostgresqlConnection connection, String begin, String leave, Runnable ending) {
    try {
      if (!begin.isEmpty()) {
        connection.alone(true); // the transaction is begun in words
      }
      connection.execute(begin + MARK);
      connection.alone(false);
      return new PostgresqlView(connection, leave, ending);
    } catch (SQLException error) {
      ending.run();
      throw connection.failure(error);
    }
  }

  @Override
  public RowStream query(SqlFragment query) {
    try {
      if (connection.state() == TransactionState.FAILED) { // while rows were fetched
        connection.execute(BACK);
      }
      return connection.query(query);
    } catch (SQLException error) {
      goOn();
      throw connection.failure(error);
    }
  }

  @Override
  public void cancel() {
    connection.cancel();
  }

  @Override
  public void close() {
    try {
      connection.execute(leave);
    } catch (SQLException gone) {
      connection.close();
    }
    ending.run();
  }

  private void goOn() {
    try {
      if (connection.state() == TransactionState.FAILED) {
        connection.execute(BACK);
      }
    } catch (SQLException gone) {
      connection.close(); // whoever asks next is told
    }
  }
}
