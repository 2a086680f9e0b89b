package dev.cairn.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A database file seen through plain JDBC, so that what the proofs say of it doesn't rest on the
 * code they prove. Each call has a connection of its own: nothing is held between them.
 */
public record SqliteFile(Path path) {

  /** Runs statements one after another. */
  public void run(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs one statement with values; gives the number of rows it changed. */
  int change(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** All rows: Long, Double, String, null, and blobs as {@code x'...'}. */
  public List<List<Object>> rows(String sql, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet result = statement.executeQuery()) {
        int width = result.getMetaData().getColumnCount();
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
          Object[] row = new Object[width];
          for (int i = 0; i < width; i++) {
            row[i] = plain(result.getObject(i + 1));
          }
          rows.add(Arrays.asList(row));
        }
        return rows;
      }
    }
  }

  /** The one whole number that a query gives. */
  public long number(String sql, Object... values) throws SQLException {
    Object value = rows(sql, values).get(0).get(0);
    return value == null ? 0 : ((Number) value).longValue();
  }

  /** Looks again and again over one connection, which is cheap; it holds no lock in between. */
  Watch watch() throws SQLException {
    return new Watch(connect());
  }

  /** See {@link #watch()}. */
  record Watch(Connection connection) implements AutoCloseable {

    /** The one whole number that a query gives. */
    long number(String sql) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return result.getLong(1);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** The declared columns of a table but those named. */
  List<String> columns(String table, String... without) throws SQLException {
    return rows("SELECT name FROM pragma_table_info(?)", table).stream()
        .map(row -> (String) row.get(0))
        .filter(name -> !List.of(without).contains(name))
        .toList();
  }

  /** Every row of a table in the order of all its columns but those named, type and all. */
  public List<List<Object>> content(String table, String... without) throws SQLException {
    List<String> columns = columns(table, without).stream().map(SqliteFile::quoted).toList();
    String list = String.join(", ", columns);
    return rows("SELECT " + list + " FROM " + quoted(table) + " ORDER BY " + list);
  }

  /** A copy of the file and of what SQLite keeps beside it, as a crash would leave them. */
  public SqliteFile copyTo(Path copy) throws IOException {
    for (String beside : List.of("", "-journal", "-wal")) {
      Path from = Path.of(path + beside);
      Path to = Path.of(copy + beside);
      Files.deleteIfExists(to);
      if (Files.exists(from)) {
        Files.copy(from, to);
      }
    }
    Files.deleteIfExists(Path.of(copy + "-shm"));
    return new SqliteFile(copy);
  }

  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("PRAGMA synchronous = OFF"); // an observer has nothing to lose
    }
    return connection;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }

  private static Object plain(Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
