package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions that keep nothing out. */
class AlwaysTrueTest {
  private static final String CHECK = "always-true";
  private static final Judge SQLITE =
      Judge.on(
          Flavour.SQLITE,
          """
          CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT NOT NULL, v INTEGER, w INTEGER);
          CREATE TABLE o (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL, v INTEGER);
          """);
  private static final Judge POSTGRESQL =
      Judge.on(
          Flavour.POSTGRESQL,
          """
          CREATE TABLE t (id integer PRIMARY KEY, n text NOT NULL, v integer, w integer);
          CREATE TABLE o (id integer PRIMARY KEY, t_id integer NOT NULL, v integer);
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 = 1",
        "1=1 AND 2=2",
        "true",
        "TRUE",
        "1",
        "-- all\n 1",
        "id = 5 OR 1 = 1",
        "id = 5 OR true",
        "id = id",
        "t.id = id",
        "id >= id",
        "id IS id",
        "v IS v",
        "n LIKE '%'",
        "n LIKE '%%'",
        "n GLOB '*'",
        "NOT 0",
        "NOT false",
        "NOT (1 = 2)",
        "NOT NOT 1",
        "'a' = 'a'",
        "'a' < 'b'",
        "2 > 1",
        "1 <> 2",
        "v IS NULL OR v IS NOT NULL",
        "v IS NOT NULL OR v IS NULL",
        "id = 3 OR id <> 3",
        "id < 3 OR id >= 3",
        "id IN (id)",
        "1 IN (1, 2)",
        "3 NOT IN (1, 2)",
        "id IS NOT NULL",
        "n NOTNULL",
        "id BETWEEN id AND id",
        "id + 1 = id + 1",
        "(1 = 1)",
        "n LIKE 'a%' OR n NOT LIKE 'a%'",
        "v IS 3 OR v IS NOT 3",
        "0x1 = 0x1"
      })
  void for_every_row(String condition) {
    assertThat(SQLITE.findings("DELETE FROM t WHERE " + condition, CHECK))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message()).isEqualTo("this condition holds for every row of t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v = v",
        "v >= v",
        "v = 3 OR v <> 3",
        "v = 3 OR NOT v = 3",
        "v IN (v)",
        "v < w OR v >= w",
        "v IN (1, 2) OR v NOT IN (1, 2)",
        "v BETWEEN 1 AND 2 OR v NOT BETWEEN 1 AND 2"
      })
  void for_every_row_but_nulls(String condition) {
    assertThat(SQLITE.findings("UPDATE t SET w = 1 WHERE " + condition, CHECK))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("in which no column"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id IN (SELECT id FROM t)",
        "(id, n) IN (SELECT id, n FROM t)",
        "id IN (SELECT x.id FROM t AS x)",
        "EXISTS (SELECT 1 FROM o)",
        "EXISTS (SELECT 1 FROM o WHERE v = 3)",
        "(SELECT count(*) FROM o) > 5",
        "EXISTS (SELECT 1 FROM o WHERE o.t_id = o.id)"
      })
  void a_query_that_asks_nothing_of_the_row(String condition) {
    assertThat(SQLITE.findings("DELETE FROM t WHERE " + condition, CHECK)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 = 0",
        "false",
        "0",
        "NULL",
        "NOT 1",
        "NOT NULL",
        "id = 1",
        "id = v",
        "v = w",
        "n LIKE 'a%'",
        "n LIKE '_%'",
        "v IS NOT NULL",
        "v IS NULL",
        "1 = 1 AND id = 4",
        "id = 4 OR v = 4",
        "id = 3 OR id = 4",
        "id < 3 OR id > 5",
        "v IS NULL OR w IS NOT NULL",
        "id = 3 OR v <> 3",
        "random() = random()",
        "? = ?",
        "?1 IS NULL OR id = ?1",
        ":all OR id = :id",
        "id IN (1, 2)",
        "id IN (SELECT t_id FROM o)",
        "id IN (SELECT id FROM t WHERE v = 1)",
        "id IN (SELECT min(id) FROM t GROUP BY n)",
        "id IN (SELECT id FROM t LIMIT 5)",
        "id IN (SELECT id FROM t ORDER BY v LIMIT 5)",
        "v IN (SELECT v FROM t)",
        "EXISTS (SELECT 1 FROM o WHERE o.t_id = t.id)",
        "EXISTS (SELECT 1 FROM o WHERE t_id = t.id AND v = 3)",
        "NOT (id = id AND v = 3)",
        "'0' = 0",
        "(SELECT count(*) FROM o WHERE o.t_id = t.id) = 0",
        "n = 'a' COLLATE NOCASE",
        "1e999 = 1e998",
        "NOT (v = v AND 1 = 0 AND NULL)"
      })
  void the_rest_is_silent(String condition) {
    assertThat(SQLITE.findings("DELETE FROM t WHERE " + condition, CHECK)).isEmpty();
  }

  @Test
  void postgresql_is_read_alike() {
    assertThat(POSTGRESQL.findings("DELETE FROM t WHERE true OR id = 1", CHECK)).hasSize(1);
    assertThat(POSTGRESQL.findings("UPDATE t SET v = 1 WHERE id IS NOT DISTINCT FROM id", CHECK))
        .hasSize(1);
    assertThat(POSTGRESQL.findings("DELETE FROM t USING o WHERE o.t_id = t.id", CHECK)).isEmpty();
    assertThat(POSTGRESQL.findings("MERGE INTO t USING o ON 1 = 1 WHEN MATCHED THEN DELETE", CHECK))
        .hasSize(1);
    assertThat(
            POSTGRESQL.findings(
                "MERGE INTO t USING o ON o.t_id = t.id WHEN MATCHED THEN DELETE", CHECK))
        .isEmpty();
    assertThat(POSTGRESQL.findings("SELECT * FROM t WHERE 1 = 1", CHECK)).isEmpty();
  }
}
