package dev.cairn.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;

/**
 * Writes a new SQLite file that appears under its name only when it is whole: mode 0600, journal
 * mode DELETE, never in the place of an existing file.
 *
 * <p>Everything goes to a temporary file in the same folder; {@link #finish} moves it into place,
 * and {@link #close} without it leaves nothing behind. Whatever SQLite refuses comes as an {@link
 * IOException}, after which the file can only be closed.
 */
public final class SqliteFileWriter implements AutoCloseable {
  private static final int ROWS_IN_A_BATCH = 1_000;

  // Nobody else sees the file before it is finished, and a failure throws it away, so neither a
  // journal nor a sync along the way would protect anything. None of these outlives the connection.
  private static final String[] PRAGMAS = {
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -32768",
    "PRAGMA foreign_keys = OFF"
  };

  private final Path file;
  private final Path temporary;
  private final Connection connection;
  private boolean failed;

  private SqliteFileWriter(Path file, Path temporary, Connection connection) {
    this.file = file;
    this.temporary = temporary;
    this.connection = connection;
  }

  /**
   * Starts a new database that will be called {@code file}, in a folder that exists.
   *
   * @throws FileAlreadyExistsException if something has that name already
   */
  public static SqliteFileWriter create(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    DurableFile.refuseExisting(absolute);
    // Files.createTempFile makes it 0600 from the start; sqlite-jdbc would make it 0644.
    Path temporary = Files.createTempFile(absolute.getParent(), ".cairn-", ".partial");
    try {
      return new SqliteFileWriter(absolute, temporary, open(temporary));
    } catch (SQLException e) {
      Files.deleteIfExists(temporary);
      throw refusal(e);
    }
  }

  /**
   * Starts a database in a file that is there and empty, which is another's to put into place: what
   * is written appears under that name as it is written.
   */
  static SqliteFileWriter into(Path empty) throws IOException {
    try {
      return new SqliteFileWriter(empty, null, open(empty));
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  /** Runs exactly one statement and returns how many rows it changed (0 for DDL). */
  public long execute(String sql) throws IOException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      failed = true;
      throw refusal(e);
    }
  }

  /**
   * Inserts all rows through one prepared statement in one transaction and returns their number;
   * each row holds the statement's parameters in order (Integer, Long, Double, String or null).
   */
  public long insert(String sql, Iterator<Object[]> rows) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      connection.setAutoCommit(false);
      long count = insertInBatches(statement, rows);
      connection.commit();
      connection.setAutoCommit(true);
      return count;
    } catch (SQLException e) {
      failed = true;
      throw refusal(e);
    }
  }

  /** Moves the finished file into place and makes it durable, unless its name was taken since. */
  public void finish() throws IOException {
    if (failed) {
      throw new IllegalStateException("a statement failed: this file can't be finished");
    }
    disconnect();
    if (temporary != null) {
      DurableFile.putIntoPlace(temporary, file);
    }
  }

  /** Ends the writing; what was not finished is deleted. */
  @Override
  public void close() throws IOException {
    try {
      disconnect();
    } finally {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private static Connection open(Path path) throws SQLException {
    // As a URI: in a plain path sqlite-jdbc takes what follows a question mark for settings.
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path.toUri());
    try (Statement statement = connection.createStatement()) {
      for (String pragma : PRAGMAS) {
        statement.execute(pragma);
      }
    }
    return connection;
  }

  private static long insertInBatches(PreparedStatement statement, Iterator<Object[]> rows)
      throws SQLException {
    long count = 0;
    while (rows.hasNext()) {
      Object[] row = rows.next();
      for (int column = 0; column < row.length; column++) {
        statement.setObject(column + 1, row[column]);
      }
      statement.addBatch();
      count++;
      if (count % ROWS_IN_A_BATCH == 0) {
        statement.executeBatch();
      }
    }
    statement.executeBatch();
    return count;
  }

  private void disconnect() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      failed = true;
      throw refusal(e);
    }
  }

  private static IOException refusal(SQLException cause) {
    return new IOException("SQLite: " + cause.getMessage(), cause);
  }
}
