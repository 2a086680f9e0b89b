package dev.cairn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL refuses between BEGIN and COMMIT, by the words that a statement begins with. */
class OutsideTransactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VACUUM (FULL) t",
        "create /* at night */ index concurrently i on t (a)",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)",
        "DROP INDEX CONCURRENTLY i",
        "REINDEX (VERBOSE) TABLE CONCURRENTLY t",
        "REINDEX SCHEMA s",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
        "CREATE DATABASE d",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "CLUSTER"
      })
  void these_run_outside_a_transaction_only(String sql) {
    assertThat(OutsideTransaction.runs(sql, Flavour.POSTGRESQL)).isTrue();
    assertThat(OutsideTransaction.runs(sql, Flavour.SQLITE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
        "CREATE INDEX i ON t (a)",
        "REINDEX TABLE t",
        "CLUSTER t USING i",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$",
        "COMMENT ON TABLE t IS 'CREATE INDEX CONCURRENTLY'",
        "ALTER TABLE t ADD COLUMN \"CONCURRENTLY\" text"
      })
  void these_can_be_taken_back(String sql) {
    assertThat(OutsideTransaction.runs(sql, Flavour.POSTGRESQL)).isFalse();
  }
}
