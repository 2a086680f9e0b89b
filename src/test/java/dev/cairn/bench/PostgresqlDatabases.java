package dev.cairn.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Databases of the benchmark's own on a PostgreSQL server that others started: examples, each made
 * once, and fresh copies of them. {@code CAIRN_TEST_POSTGRES_URL} names the server, as it does for
 * the tests.
 */
final class PostgresqlDatabases implements AutoCloseable {
  private static final String VARIABLE = "CAIRN_TEST_POSTGRES_URL";

  /** Fills an empty database. */
  interface Filling {
    void fill(String url) throws IOException, InterruptedException, SQLException;
  }

  private final String base;
  private final String first;
  private final String prefix = "cairn_bench_" + ProcessHandle.current().pid() + "_";
  private final Map<String, String> examples = new HashMap<>();
  private final Set<String> made = new HashSet<>();

  PostgresqlDatabases() {
    String url = System.getenv(VARIABLE);
    if (url == null || url.isBlank()) {
      throw new IllegalStateException(
          VARIABLE
              + " must name a server, as postgresql://USER@HOST:PORT/DATABASE of a user who may"
              + " make databases and needs no password");
    }
    this.first = url;
    this.base = url.substring(0, url.lastIndexOf('/') + 1);
  }

  /** A copy of an example that is made once; nothing is left to be written of either. */
  String freshCopy(String example, Filling filling)
      throws IOException, InterruptedException, SQLException {
    String original = examples.get(example);
    if (original == null) {
      System.err.println("bench: making the example database " + example + " on PostgreSQL");
      original = create(example, "");
      filling.fill(base + original);
      run(base + original, "VACUUM ANALYZE");
      examples.put(example, original);
    }
    String copy = create("work", " TEMPLATE " + original);
    run(first, "CHECKPOINT");
    return base + copy;
  }

  /** Runs SQL and gives the first value of its first row, or the number of rows it changed. */
  static String run(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return Integer.toString(statement.getUpdateCount());
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  /** The seconds that a statement takes on a connection that is there. */
  static double seconds(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      long started = System.nanoTime();
      statement.execute(sql);
      return (System.nanoTime() - started) / 1e9;
    }
  }

  @Override
  public void close() throws SQLException {
    for (String name : made) {
      run(first, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

  private String create(String what, String how) throws SQLException {
    String name = prefix + what.replace('-', '_');
    run(first, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    run(first, "CREATE DATABASE " + name + how);
    made.add(name);
    return name;
  }

  private static Connection connect(String url) throws SQLException {
    String bare = url.substring("postgresql://".length());
    int at = bare.indexOf('@');
    return DriverManager.getConnection(
        "jdbc:postgresql://" + bare.substring(at + 1) + "?user=" + bare.substring(0, at));
  }
}
