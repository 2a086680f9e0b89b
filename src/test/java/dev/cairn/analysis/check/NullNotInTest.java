package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NOT IN over values that may be NULL. */
class NullNotInTest {
  private static final String CHECK = "null-not-in";
  private static final String SCHEMA =
      """
      CREATE TABLE a (id INTEGER PRIMARY KEY, k INTEGER);
      CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER, k INTEGER NOT NULL, t TEXT);
      CREATE VIEW w AS SELECT a_id, k FROM b;
      """;
  private static final Judge SQLITE = Judge.on(Flavour.SQLITE, SCHEMA);
  private static final Judge POSTGRESQL = Judge.on(Flavour.POSTGRESQL, SCHEMA);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b)",
        "DELETE FROM a WHERE NOT id IN (SELECT a_id FROM b)",
        "DELETE FROM a WHERE NOT (k = 1 OR id IN (SELECT a_id FROM b))",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE k > 3)",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM w)",
        "DELETE FROM a WHERE id NOT IN (SELECT x.a_id FROM (SELECT a_id FROM b) AS x)",
        "DELETE FROM a WHERE id NOT IN (SELECT k FROM b UNION ALL SELECT a_id FROM b)",
        "DELETE FROM a WHERE id NOT IN (SELECT b.k FROM a x LEFT JOIN b ON b.a_id = x.id)",
        "DELETE FROM a WHERE id NOT IN (SELECT max(k) FROM b WHERE t = 'x')",
        "DELETE FROM a WHERE id NOT IN (SELECT nullif(k, 0) FROM b)",
        "DELETE FROM a WHERE k NOT IN (1, 2, NULL)",
        "UPDATE a SET k = 1 WHERE id IN (SELECT id FROM b WHERE k NOT IN (SELECT a_id FROM b))",
        "SELECT * FROM a WHERE id NOT IN (SELECT a_id FROM b)"
      })
  void one_null_empties_it(String statement) {
    assertThat(SQLITE.findings(statement, CHECK)).hasSize(1);
    assertThat(POSTGRESQL.findings(statement, CHECK)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM a WHERE id NOT IN (SELECT k FROM b)",
        "DELETE FROM a WHERE id NOT IN (SELECT id FROM b)",
        "DELETE FROM a WHERE id IN (SELECT a_id FROM b)",
        "DELETE FROM a WHERE NOT (NOT id IN (SELECT a_id FROM b))",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE a_id IS NOT NULL)",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE k = 1 AND a_id NOTNULL)",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE NOT a_id IS NULL)",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE a_id > 0)",
        "DELETE FROM a WHERE id NOT IN (SELECT a_id FROM b WHERE a_id IN (1, 2))",
        "DELETE FROM a WHERE id NOT IN (SELECT b.a_id FROM b JOIN a x ON x.id = b.a_id)",
        "DELETE FROM a WHERE id NOT IN (SELECT coalesce(a_id, 0) FROM b)",
        "DELETE FROM a WHERE id NOT IN (SELECT max(k) FROM b GROUP BY a_id)",
        "DELETE FROM a WHERE id NOT IN (SELECT min(id) FROM a GROUP BY k)",
        "DELETE FROM a WHERE id NOT IN (SELECT k FROM w)",
        "DELETE FROM a WHERE id NOT IN (1, 2)",
        "DELETE FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id)",
        "DELETE FROM a WHERE id NOT IN (SELECT x FROM unknown_table)",
        "DELETE FROM a WHERE id NOT IN (SELECT CASE WHEN k > 1 THEN k ELSE 0 END FROM b)"
      })
  void no_null_can_be_there(String statement) {
    assertThat(SQLITE.findings(statement, CHECK)).isEmpty();
    assertThat(POSTGRESQL.findings(statement, CHECK)).isEmpty();
  }

  @Test
  void all_is_not_in_for_postgresql() {
    assertThat(POSTGRESQL.findings("DELETE FROM a WHERE id <> ALL (SELECT a_id FROM b)", CHECK))
        .hasSize(1);
    assertThat(POSTGRESQL.findings("DELETE FROM a WHERE id <> ALL (SELECT k FROM b)", CHECK))
        .isEmpty();
  }
}
