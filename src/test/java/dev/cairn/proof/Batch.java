package dev.cairn.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Many small statements in one transaction, committed when it is closed. */
final class Batch implements AutoCloseable {
  private final Connection connection;

  Batch(SqliteFile database) throws SQLException {
    connection = database.connect();
    connection.setAutoCommit(false);
  }

  void add(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      SqliteFile.bind(statement, values);
      statement.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.commit();
    connection.close();
  }
}
