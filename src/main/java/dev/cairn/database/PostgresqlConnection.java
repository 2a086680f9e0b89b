package dev.cairn.database;

import dev.cairn.dialect.RowsChanged;
import dev.cairn.dialect.SqlFragment;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** One PostgreSQL connection; everything JDBC ends here. */
final class PostgresqlConnection implements AutoCloseable {
  /** Rows that are fetched at a time, so that no result is held whole. */
  private static final int FETCHED = 1_000;

  private final Connection connection;
  private volatile Statement running;
  private volatile boolean cancelled;

  PostgresqlConnection(Connection connection) {
    this.connection = connection;
  }

  /**
   * Whether each statement is a transaction by itself; else the first begins one. Must not be
   * switched on while a transaction is open: the driver would commit it.
   */
  void alone(boolean each) throws SQLException {
    connection.setAutoCommit(each);
  }

  /** What the server's last answer said of the transaction. */
  TransactionState state() throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState();
  }

  /** Runs text that yields no rows and binds nothing; several statements go in one journey. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      begin(statement);
      statement.execute(sql);
    } finally {
      running = null;
    }
  }

  /** Commits. Fails also where the server took the transaction back instead. */
  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Runs a statement; its rows come as they are read, where a transaction is open. */
  PostgresqlRows query(SqlFragment fragment) throws SQLException {
    return query(fragment, FETCHED, 0);
  }

  /**
   * Runs a statement, all of whose rows are held.
   *
   * @param before how many rows the statement before it changed
   */
  PostgresqlRows held(SqlFragment fragment, long before) throws SQLException {
    return query(fragment, 0, before);
  }

  private PostgresqlRows query(SqlFragment fragment, int fetched, long before) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(PostgresqlText.forDriver(fragment));
    return run(statement, fetched, () -> bind(statement, fragment.binds(), before));
  }

  private PostgresqlRows run(PreparedStatement statement, int fetched, Binding binding)
      throws SQLException {
    try {
      binding.bind();
      statement.setFetchSize(fetched);
      begin(statement);
      boolean rows = statement.execute();
      return new PostgresqlRows(statement, rows ? statement.getResultSet() : null, this);
    } catch (SQLException | RuntimeException error) {
      running = null;
      statement.close();
      throw error;
    }
  }

  /** Hands on what one COPY gives to another connection's, as it comes. */
  void copyTo(String out, PostgresqlConnection other, String in) throws SQLException {
    CopyOut from = connection.unwrap(BaseConnection.class).getCopyAPI().copyOut(out);
    try {
      CopyIn to = other.connection.unwrap(BaseConnection.class).getCopyAPI().copyIn(in);
      try {
        byte[] bytes = from.readFromCopy();
        while (bytes != null) {
          to.writeToCopy(bytes, 0, bytes.length);
          bytes = from.readFromCopy();
        }
        to.endCopy();
      } finally {
        if (to.isActive()) {
          to.cancelCopy();
        }
      }
    } finally {
      if (from.isActive()) {
        from.cancelCopy();
      }
    }
  }

  /** Has the server understand a statement without running it. */
  void describe(SqlFragment fragment) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(PostgresqlText.forDriver(fragment))) {
      statement.getParameterMetaData();
      statement.getMetaData();
    }
  }

  /** The server's number for it; 0 where it can't be told. */
  int pid() {
    try {
      return connection.unwrap(BaseConnection.class).getBackendPID();
    } catch (SQLException gone) {
      return 0;
    }
  }

  /** Whether a person has asked for the end of what ran. */
  boolean wasCancelled() {
    return cancelled;
  }

  /** Ends what runs, from another thread. */
  void cancel() {
    Statement statement = running;
    if (statement != null) {
      cancelled = true;
      try {
        statement.cancel();
      } catch (SQLException ended) {
        return; // it ended by itself meanwhile, or can't be reached: its timeout ends it
      }
    }
  }

  /** The error as what a person must do next. */
  RuntimeException failure(SQLException error) {
    return PostgresqlErrors.exception(error, cancelled);
  }

  void done() {
    running = null;
  }

  boolean isClosed() {
    try {
      return connection.isClosed();
    } catch (SQLException broken) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      connection.close(); // a transaction that is open goes with it
    } catch (SQLException gone) {
      return; // which ends it too
    }
  }

  private void begin(Statement statement) {
    cancelled = false;
    running = statement;
  }

  private static void bind(PreparedStatement statement, List<Object> values, long before)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value == null) {
        statement.setNull(i + 1, Types.NULL);
      } else if (value == RowsChanged.BEFORE) {
        statement.setLong(i + 1, before);
      } else if (value instanceof Long || value instanceof Integer) {
        statement.setLong(i + 1, ((Number) value).longValue());
      } else if (value instanceof Double number) {
        statement.setDouble(i + 1, number);
      } else if (value instanceof BigDecimal number) {
        statement.setBigDecimal(i + 1, number);
      } else if (value instanceof Boolean flag) {
        statement.setBoolean(i + 1, flag);
      } else if (value instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setString(i + 1, value.toString());
      }
    }
  }

  /** Gives a statement its values. */
  private interface Binding {
    void bind() throws SQLException;
  }
}
