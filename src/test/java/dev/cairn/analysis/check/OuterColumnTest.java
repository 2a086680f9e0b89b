package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Severity;
import dev.cairn.sql.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that reach out of a subquery by mistake, and those that are meant to. */
class OuterColumnTest {
  private static final String CHECK = "outer-column";
  private static final String SCHEMA =
      """
      CREATE TABLE a (id INTEGER PRIMARY KEY, k INTEGER, status TEXT, factor INTEGER);
      CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER, kk INTEGER, v INTEGER);
      CREATE TABLE c (b_id INTEGER, z INTEGER);
      """;
  private static final Judge SQLITE = Judge.on(Flavour.SQLITE, SCHEMA);
  private static final Judge POSTGRESQL = Judge.on(Flavour.POSTGRESQL, SCHEMA);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM a WHERE k IN (SELECT k FROM b)",
        "DELETE FROM a WHERE k NOT IN (SELECT k FROM b)",
        "DELETE FROM a WHERE k IN (SELECT DISTINCT k FROM b WHERE v > 3)",
        "DELETE FROM a WHERE k = (SELECT max(k) FROM b)",
        "DELETE FROM a WHERE (id, k) IN (SELECT a_id, k FROM b)",
        "UPDATE a SET factor = 1 WHERE id IN (SELECT a_id FROM b WHERE status = 'old')",
        "UPDATE a SET factor = (SELECT k FROM b WHERE b.a_id = a.id)",
        "DELETE FROM a WHERE EXISTS (SELECT 1 FROM b WHERE status = 'x' AND b.a_id = a.id)",
        "DELETE FROM a WHERE id IN (SELECT a_id FROM b WHERE k IN (SELECT z FROM c))",
        "INSERT INTO c (b_id) SELECT id FROM a WHERE k IN (SELECT k FROM b)"
      })
  void a_name_that_its_own_tables_lack(String statement) {
    for (Judge judge : new Judge[] {SQLITE, POSTGRESQL}) {
      assertThat(judge.findings(statement, CHECK))
          .singleElement()
          .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM a WHERE k IN (SELECT kk FROM b)",
        "DELETE FROM a WHERE k IN (SELECT a.k FROM b)",
        "DELETE FROM a WHERE id IN (SELECT id FROM b)",
        "DELETE FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a_id = k)",
        "DELETE FROM a WHERE EXISTS (SELECT k FROM b WHERE a_id = a.id)",
        "DELETE FROM a WHERE EXISTS (SELECT * FROM b WHERE b.v > factor AND b.a_id = a.id)",
        "UPDATE a SET factor = (SELECT max(v) FROM b WHERE a_id = k)",
        "UPDATE a SET factor = (SELECT v * factor FROM b WHERE b.a_id = a.id)",
        "DELETE FROM a WHERE id IN (SELECT a_id FROM b WHERE a.status = 'old')",
        "DELETE FROM a WHERE k IN (SELECT b_id FROM c WHERE z = status)",
        "DELETE FROM a WHERE id IN (SELECT a_id FROM b WHERE id IN (SELECT b_id FROM c WHERE z = v))",
        "DELETE FROM a WHERE k IN (SELECT k FROM unknown_table)",
        "DELETE FROM a WHERE k IN (SELECT k FROM (SELECT kk AS k FROM b) AS s)",
        "WITH s AS (SELECT kk AS k FROM b) DELETE FROM a WHERE k IN (SELECT k FROM s)",
        "UPDATE a SET factor = (SELECT k)",
        "DELETE FROM a WHERE id IN (SELECT a_id FROM b GROUP BY a_id HAVING count(*) > 1)"
      })
  void a_name_that_is_meant(String statement) {
    assertThat(SQLITE.findings(statement, CHECK)).isEmpty();
    assertThat(POSTGRESQL.findings(statement, CHECK)).isEmpty();
  }

  @Test
  void in_a_query_it_is_a_note() {
    assertThat(SQLITE.findings("SELECT * FROM a WHERE k IN (SELECT k FROM b)", CHECK))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
              assertThat(finding.message())
                  .isEqualTo(
                      "`k` is no column of b, so here it is a's own `k`; did you mean `kk`?");
              assertThat(finding.span().orElseThrow().column()).isEqualTo(36);
            });
  }
}
