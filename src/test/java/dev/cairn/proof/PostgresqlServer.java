package dev.cairn.proof;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server, one for all tests of a process, started by the first that asks and
 * ended with the process. {@code CAIRN_TEST_POSTGRES_URL} names another to use in its place, as
 * {@code postgresql://USER@HOST:PORT/DATABASE} of a user who may make databases and needs no
 * password. None to be had is a failure: no test is left out for it.
 */
public final class PostgresqlServer {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static PostgresqlServer started;

  private final String base;
  private final String first;

  private PostgresqlServer(String base, String first) {
    this.base = base;
    this.first = first;
  }

  /** The server. */
  public static synchronized PostgresqlServer get() {
    if (started == null) {
      String elsewhere = System.getenv("CAIRN_TEST_POSTGRES_URL");
      started = elsewhere == null || elsewhere.isBlank() ? embedded() : of(elsewhere);
    }
    return started;
  }

  /** The URL of an empty database. */
  public String database() {
    String name = "cairn_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    run(first, "CREATE DATABASE " + name);
    return base + "/" + name;
  }

  /** Runs SQL on one of its databases by another client than Cairn. */
  public static void run(String url, String sql) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException error) {
      throw new AssertionError(error);
    }
  }

  /** A connection of another client than Cairn. */
  public static Connection connect(String url) throws SQLException {
    String bare = url.substring("postgresql://".length());
    String user = bare.substring(0, bare.indexOf('@'));
    return DriverManager.getConnection(
        "jdbc:postgresql://" + bare.substring(bare.indexOf('@') + 1) + "?user=" + user);
  }

  private static PostgresqlServer of(String url) {
    return new PostgresqlServer(url.substring(0, url.lastIndexOf('/')), url);
  }

  private static PostgresqlServer embedded() {
    try {
      EmbeddedPostgres server = // fsync is off: nothing here outlives the process
          EmbeddedPostgres.builder().setServerConfig("listen_addresses", "127.0.0.1").start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      server.close();
                    } catch (IOException left) {
                      System.err.println("a PostgreSQL server of a test is left: " + left);
                    }
                  }));
      return of("postgresql://postgres@127.0.0.1:" + server.getPort() + "/postgres");
    } catch (IOException error) {
      throw new AssertionError("no PostgreSQL server could be started", error);
    }
  }
}
