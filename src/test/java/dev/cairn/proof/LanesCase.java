package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.batch.StopSignal;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.journal.Run;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A migration with lanes on PostgreSQL, of random rows part of which are there already, and some
 * with other values; beside it the one statement that it comes to, seen by another client.
 */
final class LanesCase implements AutoCloseable {
  static final String PLAN =
      """
        cairn: 1
        name: lanes
        source: {table: s, lane: g, cursor: cur}
        target: {table: t, key: [g, k]}
        on_conflict: keep
        columns:
          g: g
          k: cur
          v: "a || '-' || cur"
          n: "round(CAST(b * 1000 AS numeric), 3)"
        """;

  private static final String COLUMNS = " (g, k, v, n) ";
  private static final String QUERY =
      "SELECT g, cur, a || '-' || cur, round(CAST(b * 1000 AS numeric), 3) FROM s";

  private final Random random;
  private final String url;
  private final boolean numbered;
  private final Connection other;
  private final Engine engine;

  LanesCase(Random random) throws SQLException {
    this(random, PostgresqlServer.get().database());
  }

  /** On an empty database of a server of one's own. */
  LanesCase(Random random, String url) throws SQLException {
    this.random = random;
    this.url = url;
    this.numbered = random.nextBoolean();
    this.other = PostgresqlServer.connect(url);
    makeTables();
    this.engine = open(url);
  }

  private LanesCase(LanesCase first) throws SQLException {
    this.random = first.random;
    this.url = first.url;
    this.numbered = first.numbered;
    this.other = PostgresqlServer.connect(url);
    this.engine = open(url);
  }

  /** The same as another process has it. */
  LanesCase beside() throws SQLException {
    return new LanesCase(this);
  }

  String url() {
    return url;
  }

  Engine engine() {
    return engine;
  }

  /** Rows for some lanes, of which some are there already. */
  void fill() throws SQLException {
    fill(2 + random.nextInt(5), random.nextInt(300));
  }

  /** The same of that many lanes and at least that many rows in each. */
  void fill(int lanes, int rows) throws SQLException {
    for (int lane = 1; lane <= lanes; lane++) {
      sql("INSERT INTO groups VALUES (" + lane + ")");
      sql(
          "INSERT INTO s (g, cur, a, b) SELECT %d, i * %d, CASE WHEN i %% 7 = 0 THEN NULL ELSE 'ä' || i END, i / 8.0 FROM generate_series(1, %d) AS i"
              .formatted(lane, 1 + random.nextInt(2), rows + random.nextInt(40)));
    }
    sql(
        "INSERT INTO t"
            + COLUMNS
            + QUERY
            + " WHERE cur % "
            + (3 + random.nextInt(9))
            + " = 0 AND a IS NOT NULL");
    sql("UPDATE t SET v = 'another' WHERE k % 11 = 0");
    sql("INSERT INTO oracle" + COLUMNS + "SELECT g, k, v, n FROM t");
    sql("INSERT INTO oracle" + COLUMNS + QUERY + " ON CONFLICT (g, k) DO NOTHING");
  }

  Run work(Run run, int lanes, long batchRows, StopSignal stop) {
    return engine.work(
        run,
        PostgresqlLanesTest.settings(lanes, batchRows),
        (lane, batch, rows, tally) -> {},
        stop);
  }

  Run work(Run run, int lanes, long batchRows, Engine.OnCommit listener) {
    return engine.work(
        run, PostgresqlLanesTest.settings(lanes, batchRows), listener, StopSignal.NEVER);
  }

  /** Every row is there as the one statement makes it, and the journal adds up. */
  void isTheOneStatement() throws SQLException {
    assertThat(rows("SELECT g, k, v, n FROM t EXCEPT ALL SELECT g, k, v, n FROM oracle")).isEmpty();
    assertThat(rows("SELECT g, k, v, n FROM oracle EXCEPT ALL SELECT g, k, v, n FROM t")).isEmpty();
    assertThat(rows("SELECT status FROM cairn_run")).containsExactly("SUCCEEDED");
    assertThat(rows("SELECT lane FROM cairn_lane WHERE done = 0")).isEmpty();
    assertThat(
            rows(
                "SELECT lane, batch FROM (SELECT lane, batch, from_key, lag(batch, 1, 0) OVER w"
                    + " AS previous, lag(to_key) OVER w AS behind FROM cairn_checkpoint"
                    + " WINDOW w AS (PARTITION BY lane ORDER BY batch)) AS c"
                    + " WHERE batch <> previous + 1 OR from_key IS DISTINCT FROM behind"))
        .isEmpty();
    assertThat(
            rows(
                "SELECT l.lane FROM cairn_lane l LEFT JOIN cairn_checkpoint c USING (run, lane)"
                    + " GROUP BY l.run, l.lane, l.source_rows, l.expected_rows"
                    + " HAVING l.source_rows <> coalesce(sum(c.source_rows), 0)"
                    + " OR l.expected_rows <> coalesce(sum(c.expected), 0)"))
        .isEmpty();
  }

  void sql(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Rows as texts. */
  List<String> rows(String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
        all.add(row.toString());
      }
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    engine.close();
    other.close();
  }

  private void makeTables() throws SQLException {
    String number = numbered ? "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, " : "";
    String table =
        " (%sg integer NOT NULL REFERENCES groups, k bigint NOT NULL, v text, n double precision, %s (g, k))"
            .formatted(number, numbered ? "UNIQUE" : "PRIMARY KEY");
    sql("CREATE TABLE groups (g integer PRIMARY KEY)");
    sql(
        "CREATE TABLE s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, g integer NOT NULL,"
            + " cur bigint NOT NULL, a text, b double precision, UNIQUE (g, cur))");
    sql("CREATE TABLE t" + table);
    sql("CREATE TABLE oracle" + table);
  }

  private static Engine open(String url) {
    return open(url, 2_000);
  }

  /** The same with a patience of one's own. */
  static Engine open(String url, int busyTimeoutMillis) {
    return over(database(url, busyTimeoutMillis));
  }

  static Database database(String url, int busyTimeoutMillis) {
    return Databases.open(url, new SqliteDatabase.Options(false, false, false, busyTimeoutMillis));
  }

  static Engine over(Database database) {
    return new Engine(database, PLAN);
  }
}
