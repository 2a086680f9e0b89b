package dev.cairn.corpus;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SQLite itself as the judge of what a statement touches: it runs it, looks at every table, and
 * takes it back.
 */
final class Oracle implements AutoCloseable {
  private final Connection connection;

  private Oracle(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
    run("PRAGMA foreign_keys = ON");
  }

  /** A database in memory. */
  static Oracle inMemory() throws SQLException {
    return new Oracle("jdbc:sqlite::memory:");
  }

  /** A database in a file, which is made where it isn't there. */
  static Oracle of(Path file) throws SQLException {
    return new Oracle("jdbc:sqlite:" + file);
  }

  /**
   * What a statement did.
   *
   * @param count rows changed, or rows given by a query
   * @param rows what it gave, in no order
   * @param state each table's rows afterwards, in no order
   */
  record Outcome(int count, List<String> rows, Map<String, List<String>> state) {
    /** Whether both touched the same rows in the same way. */
    boolean same(Outcome other) {
      return count == other.count && rows.equals(other.rows) && state.equals(other.state);
    }
  }

  /** Runs statements for good. */
  void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  /** Runs a script whose statements end with a semicolon at the end of a line; triggers too. */
  void script(String script) throws SQLException {
    StringBuilder one = new StringBuilder();
    for (String line : script.lines().toList()) {
      one.append(line).append('\n');
      if (line.endsWith(";")) {
        run(one.toString());
        one.setLength(0);
      }
    }
  }

  /** Runs a statement in a transaction that is rolled back. */
  Outcome outcome(String sql) throws SQLException {
    run("BEGIN");
    try {
      return measured(sql);
    } finally {
      run("ROLLBACK");
    }
  }

  /** The one whole number that a query gives. */
  long number(String sql) throws SQLException {
    return Long.parseLong(query(sql).get(0));
  }

  private Outcome measured(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        List<String> rows = rows(statement.getResultSet());
        return new Outcome(rows.size(), rows, state());
      }
    }
    return new Outcome((int) number("SELECT changes()"), List.of(), state());
  }

  private Map<String, List<String>> state() throws SQLException {
    Map<String, List<String>> state = new TreeMap<>();
    for (String quoted :
        query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
      state.put(quoted, query("SELECT * FROM " + quoted.replace("\"", "\"\"").replace('\'', '"')));
    }
    return state;
  }

  /** Every row as text, sorted. */
  List<String> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return rows(result);
    }
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    int width = result.getMetaData().getColumnCount();
    while (result.next()) {
      StringBuilder row = new StringBuilder();
      for (int i = 1; i <= width; i++) {
        row.append(i > 1 ? "|" : "").append(plain(result.getObject(i)));
      }
      rows.add(row.toString());
    }
    Collections.sort(rows);
    return rows;
  }

  /** Text is quoted, so that 1, 1.0 and '1' stay apart. */
  private static String plain(Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
