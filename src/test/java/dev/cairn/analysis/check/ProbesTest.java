package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Finding;
import dev.cairn.sql.Flavour;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queries that decide findings count in SQLite what a plain count of another kind does. */
class ProbesTest {
  private static final String SCHEMA =
      """
      CREATE TABLE p (s INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT, PRIMARY KEY (s, id));
      CREATE TABLE q (id INTEGER PRIMARY KEY, s INTEGER, p_id INTEGER, t INTEGER, v INTEGER);
      CREATE TABLE k (name TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID;
      CREATE TABLE empty (id INTEGER PRIMARY KEY);
      """;
  private static final Judge JUDGE = Judge.on(Flavour.SQLITE, SCHEMA);

  private Connection connection;
  private Statement sql;

  @BeforeEach
  void fill() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    sql = connection.createStatement();
    for (String each : Judge.split(SCHEMA, Flavour.SQLITE)) {
      sql.execute(each);
    }
    Random random = new Random(7);
    for (int s = 1; s <= 4; s++) {
      for (int id = 1; id <= 5; id++) {
        sql.execute("INSERT INTO p VALUES (%d, %d, 'n%d')".formatted(s, id, id));
      }
    }
    for (int i = 0; i < 60; i++) {
      String point = random.nextInt(6) == 0 ? "NULL" : Integer.toString(1 + random.nextInt(6));
      sql.execute(
          "INSERT INTO q (s, p_id, t, v) VALUES (%d, %s, %d, %d)"
              .formatted(1 + random.nextInt(4), point, i, random.nextInt(10)));
    }
    sql.execute("INSERT INTO k VALUES ('n1', 1), ('n9', 9)");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
    connection.close();
  }

  @Test
  void every_row_is_counted() throws SQLException {
    assertThat(probe("DELETE FROM p", "missing-where")).isEqualTo(20);
    assertThat(probe("DELETE FROM empty", "missing-where")).isZero();
    assertThat(probe("DROP TABLE q", "missing-where")).isEqualTo(60);
    assertThat(probe("DELETE FROM p WHERE 1 = 1", "always-true")).isEqualTo(20);
    assertThat(probe("DELETE FROM p WHERE EXISTS (SELECT 1 FROM q WHERE v >= 0)", "always-true"))
        .isEqualTo(20);
    assertThat(probe("DELETE FROM p WHERE EXISTS (SELECT 1 FROM q WHERE v > 99)", "always-true"))
        .isZero();
    assertThat(
            probe(
                "WITH x AS (SELECT v FROM q) UPDATE p SET name = '' WHERE (SELECT count(*) FROM x) > 3",
                "always-true"))
        .isEqualTo(20);
  }

  @Test
  void nulls_in_not_in_are_counted() throws SQLException {
    long nulls = number("SELECT count(*) - count(p_id) FROM q");
    assertThat(nulls).isPositive();
    assertThat(probe("DELETE FROM p WHERE id NOT IN (SELECT p_id FROM q)", "null-not-in"))
        .isEqualTo(nulls);
    assertThat(
            probe(
                "WITH x AS (SELECT p_id AS i FROM q WHERE s = 1) DELETE FROM p WHERE id NOT IN (SELECT i FROM x)",
                "null-not-in"))
        .isEqualTo(number("SELECT count(*) FROM q WHERE s = 1 AND p_id IS NULL"));
    assertThat(
            probe(
                "DELETE FROM p WHERE (s, id) NOT IN (SELECT s, p_id FROM q WHERE s IS NOT NULL ORDER BY t)",
                "null-not-in"))
        .isEqualTo(nulls);
    // It asks of the row around it, so there is no one count.
    assertThat(
            finding(
                    "DELETE FROM p WHERE id NOT IN (SELECT p_id FROM q WHERE q.s = p.s)",
                    "null-not-in")
                .probe())
        .isEmpty();
  }

  @Test
  void targets_with_several_rows_are_counted() throws SQLException {
    long several =
        number(
            "SELECT count(*) FROM p WHERE (SELECT count(*) FROM q WHERE q.s = p.s AND q.p_id = p.id) > 1");
    assertThat(several).isBetween(1L, 19L);
    assertThat(probe("UPDATE p SET name = q.v FROM q WHERE q.s = p.s AND q.p_id = p.id", "fan-out"))
        .isEqualTo(several);
    assertThat(
            probe(
                "UPDATE p AS x SET name = q.v FROM q WHERE q.s = x.s AND q.p_id = x.id AND x.s = 2",
                "fan-out"))
        .isEqualTo(
            number(
                "SELECT count(*) FROM p WHERE s = 2 AND (SELECT count(*) FROM q WHERE q.s = p.s AND q.p_id = p.id) > 1"));
    assertThat(
            probe(
                "UPDATE p SET name = (SELECT v FROM q WHERE q.s = p.s AND q.p_id = p.id) WHERE id < 4",
                "fan-out"))
        .isEqualTo(
            number(
                "SELECT count(*) FROM p WHERE id < 4 AND (SELECT count(*) FROM q WHERE q.s = p.s AND q.p_id = p.id) > 1"));
    assertThat(probe("UPDATE p SET name = q.v FROM q WHERE q.s = p.s AND q.t = p.id", "fan-out"))
        .isZero();
  }

  @Test
  void keys_that_come_several_times_are_counted() throws SQLException {
    assertThat(
            probe(
                "INSERT INTO k (v, name) SELECT v, 'n' || p_id FROM q WHERE true ON CONFLICT (name) DO UPDATE SET v = excluded.v",
                "fan-out"))
        .isEqualTo(
            number(
                "SELECT count(*) FROM (SELECT p_id FROM q WHERE p_id IS NOT NULL GROUP BY p_id HAVING count(*) > 1)"));
    assertThat(probe("REPLACE INTO k SELECT 'n' || id, v FROM q", "fan-out")).isZero();
  }

  @Test
  void a_statement_with_parameters_is_not_asked() {
    assertThat(
            finding("UPDATE p SET name = q.v FROM q WHERE q.s = p.s AND q.v > ?", "fan-out")
                .probe())
        .isEmpty();
  }

  private long probe(String statement, String check) throws SQLException {
    return number(finding(statement, check).probe().orElseThrow().sql());
  }

  private static Finding finding(String statement, String check) {
    List<Finding> findings = JUDGE.findings(statement, check);
    assertThat(findings).as(statement).hasSize(1);
    return findings.get(0);
  }

  private long number(String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
