package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.PostgresqlDialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.postgresql.core.TransactionState;

/**
 * Typed SQL on one connection. Whether a transaction is open is what the server says behind every
 * answer. What only reads runs in a transaction of its own outside one, so that its rows come as
 * they are read; everything else is sent as it is typed.
 */
final class PostgresqlSession implements StatementSession {
  private static final Set<String> COMMITTING = Set.of("COMMIT", "END");

  /** What leaves nothing behind in the conversation itself, unless {@link #OF_ITS_OWN} says so. */
  private static final Set<String> LEAVING_NOTHING =
      Set.of(
          "SELECT",
          "VALUES",
          "TABLE",
          "WITH",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "EXPLAIN",
          "BEGIN",
          "START",
          "COMMIT",
          "END",
          "ROLLBACK",
          "ABORT",
          "SAVEPOINT",
          "RELEASE",
          "CREATE",
          "ALTER",
          "DROP",
          "TRUNCATE",
          "ANALYZE",
          "COMMENT",
          "GRANT",
          "REVOKE",
          "SHOW");

  private static final Pattern OF_ITS_OWN =
      Pattern.compile("(?i)set_config|advisory_lock|\\btemp|\\bpg_temp");

  private final Supplier<PostgresqlConnection> connector;
  private final boolean readOnly;
  private PostgresqlConnection connection;
  private PostgresqlRows changing;
  private boolean ownTransaction;
  private boolean wasOpen;
  private boolean settled;
  private boolean resting;

  PostgresqlSession(Supplier<PostgresqlConnection> connector, boolean readOnly) {
    this.connector = connector;
    this.readOnly = readOnly;
    this.connection = connector.get();
  }

  @Override
  public RowStream run(String statement) {
    return run(SqlFragment.of(statement));
  }

  @Override
  public RowStream run(SqlFragment statement) {
    String sql = statement.sql();
    String word = StatementShape.firstWord(sql, Flavour.POSTGRESQL).toUpperCase(Locale.ROOT);
    boolean reads = StatementShape.classify(sql, Flavour.POSTGRESQL) == StatementKind.READ;
    TransactionState before = ready();
    settled |= !LEAVING_NOTHING.contains(word) || OF_ITS_OWN.matcher(sql).find();
    boolean commits = COMMITTING.contains(word);
    try {
      if (readOnly) {
        PostgresqlReading.guard(connection, sql, before);
      }
      // Outside a transaction nothing is open that the driver could commit here.
      connection.alone(before == TransactionState.IDLE && !reads);
      PostgresqlRows rows = connection.query(statement);
      if (before == TransactionState.IDLE && reads) {
        ownTransaction = true;
        return new EndingRows(rows, this::endOwn);
      }
      changing = reads ? changing : rows;
      wasOpen = connection.state() != TransactionState.IDLE;
      if (readOnly && before == TransactionState.IDLE && wasOpen) {
        PostgresqlReading.begun(connection);
      }
      if (commits && before == TransactionState.FAILED) {
        rows.close();
        throw takenBack();
      }
      return rows;
    } catch (SQLException error) {
      throw failure(error, before, commits, reads);
    }
  }

  @Override
  public List<Object> again(SqlFragment statement) {
    try (RowStream rows = run(statement)) {
      return rows.next() ? rows.row() : List.of();
    }
  }

  @Override
  public void check(String statement) {
    TransactionState state = ready();
    try {
      if (state == TransactionState.IDLE) {
        connection.alone(true);
        connection.describe(SqlFragment.of(statement));
        return;
      }
      connection.alone(false);
      connection.execute("SAVEPOINT cairn_check"); // a wrong text would end the transaction
      try {
        connection.describe(SqlFragment.of(statement));
      } finally {
        connection.execute("ROLLBACK TO SAVEPOINT cairn_check; RELEASE SAVEPOINT cairn_check");
      }
    } catch (SQLException error) {
      throw connection.failure(error);
    }
  }

  @Override
  public ReadView view() {
    return ready() == TransactionState.IDLE
        ? PostgresqlView.begin(connection, () -> {})
        : PostgresqlView.within(connection);
  }

  @Override
  public Catalog catalog() {
    try (ReadView view = view()) {
      return PostgresqlCatalogReader.read(view);
    }
  }

  /** No number counts a schema's changes there: this is made of who wrote each part of it last. */
  @Override
  public long schemaVersion() {
    try (ReadView view = view()) {
      return view.number(SqlFragment.of(new PostgresqlDialect().schemaVersion()));
    }
  }

  @Override
  public long changes() {
    if (changing == null) {
      return 0;
    }
    return changing.changed() >= 0 ? changing.changed() : changing.read();
  }

  @Override
  public boolean inTransaction() {
    if (resting) {
      return false;
    }
    try {
      return !ownTransaction && connection.state() != TransactionState.IDLE;
    } catch (SQLException error) {
      throw connection.failure(error);
    }
  }

  @Override
  public void rollback() {
    if (!inTransaction()) {
      return;
    }
    try {
      connection.execute("ROLLBACK");
    } catch (SQLException gone) {
      connection.close(); // which takes it back
    }
    wasOpen = false;
  }

  @Override
  public boolean cancel() {
    connection.cancel();
    return false; // the server forgets one that comes before the statement
  }

  @Override
  public void close() {
    connection.close();
  }

  /**
   * Leaves the server until it is asked again. False where that would take something away: an open
   * transaction, or what a person has set or made for this conversation alone.
   */
  boolean rest() {
    if (connection.isClosed()) {
      return true;
    }
    endOwn();
    if (settled || inTransaction()) {
      return false;
    }
    connection.close();
    resting = true;
    return true;
  }

  /** What the server last said, on a connection that is there; what still was read is ended. */
  private TransactionState ready() {
    endOwn();
    if (connection.isClosed()) {
      resting = false;
      connection = connector.get();
      if (wasOpen) {
        wasOpen = false;
        throw CairnException.failed(
                "transaction-lost", "the connection was lost, and the open transaction with it")
            .hint("nothing of it was committed; begin again");
      }
    }
    try {
      return connection.state();
    } catch (SQLException error) {
      throw connection.failure(error);
    }
  }

  /** Ends the transaction that a query was given; functions that it called may have written. */
  private void endOwn() {
    if (!ownTransaction) {
      return;
    }
    ownTransaction = false;
    try {
      if (connection.state() == TransactionState.FAILED) {
        connection.rollback();
      } else {
        connection.commit();
      }
    } catch (SQLException error) {
      throw PostgresqlErrors.isLost(error)
          ? PostgresqlErrors.unknown(error)
          : connection.failure(error);
    }
  }

  private RuntimeException failure(
      SQLException error, TransactionState before, boolean commits, boolean reads) {
    boolean lost = PostgresqlErrors.isLost(error);
    if (lost) {
      connection.close();
    }
    boolean alone = before == TransactionState.IDLE;
    if (commits && before == TransactionState.FAILED && !lost) {
      wasOpen = false;
      return takenBack();
    }
    if (alone && reads && !lost) {
      ownTransaction = true;
      endOwn();
    }
    if (lost && (commits || (alone && !reads))) {
      wasOpen = false;
      return PostgresqlErrors.unknown(error);
    }
    if (lost && !alone) {
      wasOpen = false;
      return CairnException.failed(
              "transaction-lost",
              "the connection was lost, and the open transaction with it: "
                  + PostgresqlErrors.message(error))
          .hint("nothing of it was committed; begin again")
          .causedBy(error);
    }
    return connection.failure(error);
  }

  private static CairnException takenBack() {
    return CairnException.failed(
            "transaction-failed",
            "nothing was committed: a statement of this transaction had failed, so COMMIT took it"
                + " back")
        .hint("begin again, without the statement that fails");
  }
}
