package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Severity;
import dev.cairn.sql.Flavour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement is known by its tree: the guards that look at words miss most of these. */
class MissingWhereTest {
  private static final String CHECK = "missing-where";
  private static final Judge SQLITE = Judge.liveOne();
  private static final Judge POSTGRESQL =
      Judge.on(
          Flavour.POSTGRESQL,
          """
          CREATE TABLE a (id integer PRIMARY KEY, k integer, v text);
          CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a (id), v text);
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE point_info SET active = 0",
        "DELETE FROM sessions",
        "update sessions set error = null -- where id = 1",
        "UPDATE point_info SET display_name = 'x WHERE id = 1'",
        "UPDATE sessions SET error = (SELECT error FROM sessions WHERE id = 1)",
        "WITH x AS (SELECT 1 WHERE 1 = 1) DELETE FROM sessions",
        "UPDATE sessions AS s SET error = NULL",
        "UPDATE OR IGNORE sessions SET error = NULL",
        "UPDATE sessions SET error = t.n FROM (SELECT count(*) AS n FROM systems WHERE id = 1) AS t",
        "DROP TABLE sessions",
        "DROP TABLE IF EXISTS sessions"
      })
  void every_row_is_found_in_sqlite(String statement) {
    assertThat(SQLITE.findings(statement, CHECK))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM a",
        "WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone WHERE id = 1",
        "EXPLAIN ANALYZE DELETE FROM a",
        "EXPLAIN (ANALYZE, BUFFERS) UPDATE a SET k = 1",
        "UPDATE a SET v = b.v FROM b",
        "DELETE FROM a USING b",
        "TRUNCATE a",
        "TRUNCATE TABLE a RESTART IDENTITY"
      })
  void every_row_is_found_in_postgresql(String statement) {
    assertThat(POSTGRESQL.findings(statement, CHECK)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE point_info SET active = 0 WHERE system_id = 3",
        "DELETE FROM sessions WHERE id = 1",
        "SELECT * FROM sessions",
        "INSERT INTO sync_status (table_name) VALUES ('a')",
        "INSERT INTO sync_status (table_name) SELECT 'a' FROM sessions",
        "EXPLAIN QUERY PLAN DELETE FROM sessions",
        "DROP TABLE no_such_table",
        "DROP INDEX sessions_system_idx",
        "CREATE TABLE t AS SELECT * FROM sessions",
        "INSERT INTO polling_status (system_id) VALUES (1) ON CONFLICT (system_id) DO UPDATE SET total_polls = 1"
      })
  void the_rest_is_silent_in_sqlite(String statement) {
    assertThat(SQLITE.findings(statement, CHECK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE a SET v = b.v FROM b WHERE b.a_id = a.id",
        "DELETE FROM a USING b WHERE b.a_id = a.id",
        "EXPLAIN DELETE FROM a",
        "MERGE INTO a USING b ON b.a_id = a.id WHEN MATCHED THEN DELETE",
        "WITH gone AS (DELETE FROM a WHERE id = 1 RETURNING *) SELECT * FROM gone"
      })
  void the_rest_is_silent_in_postgresql(String statement) {
    assertThat(POSTGRESQL.findings(statement, CHECK)).isEmpty();
  }

  @Test
  void several_statements_on_a_line_are_each_judged() {
    List<Analysis> all =
        SQLITE.all("UPDATE sessions SET error = NULL WHERE id = 1; DROP TABLE sessions;");
    assertThat(all).hasSize(2);
    assertThat(all.get(0).findings()).isEmpty();
    assertThat(all.get(1).findings()).extracting("check").contains(CHECK);
  }

  @Test
  void a_merge_that_deletes_is_a_delete() {
    Analysis analysis = POSTGRESQL.analyse("MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE");
    assertThat(analysis.findings()).extracting("check").contains("always-true");
  }
}
