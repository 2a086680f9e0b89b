package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.sql.Flavour;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ON CONFLICT and the keys that it speaks of, as SQLite itself sees them. */
class ConflictTargetTest {
  private static final String CHECK = "conflict-target";
  private static final String SCHEMA =
      """
      CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c TEXT, UNIQUE (a, b));
      CREATE UNIQUE INDEX t_part ON t (c) WHERE a = 1;
      CREATE UNIQUE INDEX t_expr ON t (lower(c), b);
      CREATE INDEX t_plain ON t (b);
      CREATE TABLE w (x INTEGER, y INTEGER, v, PRIMARY KEY (x, y)) WITHOUT ROWID;
      CREATE TABLE n (v);
      """;
  private static final Judge SQLITE = Judge.on(Flavour.SQLITE, SCHEMA);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (id) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a, b) DO UPDATE SET c = 1",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (b, a) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (\"A\", `b`) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (b) DO UPDATE SET c = 1",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a, b, c) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (c) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (c) WHERE a = 1 DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (c) WHERE A=1 DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (c) WHERE a = 2 DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (lower(c), b) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (b, lower( c )) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (c, b) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a, b COLLATE BINARY) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a, b COLLATE NOCASE) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (rowid) DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT DO NOTHING",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT DO UPDATE SET c = 1",
        "INTO t (a, b) VALUES (1, 'x') ON CONFLICT (id) DO NOTHING ON CONFLICT (a) DO NOTHING",
        "INTO w (x, y) VALUES (1, 2) ON CONFLICT (x, y) DO UPDATE SET v = 1",
        "INTO w (x, y) VALUES (1, 2) ON CONFLICT (x) DO UPDATE SET v = 1",
        "INTO w (x, y) VALUES (1, 2) ON CONFLICT (y) DO NOTHING",
        "INTO n (v) VALUES (1) ON CONFLICT (v) DO NOTHING",
        "INTO n (v) SELECT 1 WHERE true ON CONFLICT (rowid) DO NOTHING"
      })
  void found_where_sqlite_refuses(String rest) throws SQLException {
    String statement = "INSERT " + rest;
    List<Finding> findings = SQLITE.findings(statement, CHECK);
    assertThat(findings.isEmpty()).as(statement + findings).isEqualTo(isTaken(statement));
    assertThat(findings).allSatisfy(each -> assertThat(each.severity()).isEqualTo(Severity.ERROR));
  }

  private static boolean isTaken(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement sql = connection.createStatement()) {
      for (String each : Judge.split(SCHEMA, Flavour.SQLITE)) {
        sql.execute(each);
      }
      try {
        sql.execute(statement);
        return true;
      } catch (SQLException refused) {
        assertThat(refused.getMessage()).contains("ON CONFLICT clause does not match");
        return false;
      }
    }
  }

  @Test
  void postgresql_knows_constraints_by_name() {
    Judge postgresql =
        Judge.on(
            Flavour.POSTGRESQL,
            """
            CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, CONSTRAINT t_ab UNIQUE (a, b));
            CREATE UNIQUE INDEX t_part ON t (b) WHERE a = 1;
            """);
    for (String right :
        List.of(
            "ON CONFLICT ON CONSTRAINT t_ab DO UPDATE SET b = 'x'",
            "ON CONFLICT ON CONSTRAINT t_pkey DO NOTHING",
            "ON CONFLICT (a, b) DO UPDATE SET b = excluded.b",
            "ON CONFLICT (b) WHERE a = 1 DO NOTHING",
            "ON CONFLICT DO NOTHING")) {
      assertThat(postgresql.findings("INSERT INTO t (id) VALUES (1) " + right, CHECK)).isEmpty();
    }
    for (String wrong :
        List.of(
            "ON CONFLICT ON CONSTRAINT t_a DO UPDATE SET b = 'x'",
            "ON CONFLICT (a) DO NOTHING",
            "ON CONFLICT (b) DO NOTHING")) {
      assertThat(postgresql.findings("INSERT INTO t (id) VALUES (1) " + wrong, CHECK)).hasSize(1);
    }
  }
}
