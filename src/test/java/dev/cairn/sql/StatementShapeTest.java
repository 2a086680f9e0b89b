package dev.cairn.sql;

import static dev.cairn.sql.Flavour.POSTGRESQL;
import static dev.cairn.sql.Flavour.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementShapeTest {

  private static final Set<StatementKind> RUNS_AT_ONCE =
      Set.of(StatementKind.READ, StatementKind.INSERT_VALUES, StatementKind.ADDITIVE_DDL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select * from t where a = 'DELETE FROM t; DROP TABLE t'",
        "SELECT \"delete\", \"update\" FROM \"insert\"",
        "VALUES (1), (2)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "WITH RECURSIVE x(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM x) SELECT n FROM x",
        "/* first */ WITH /* a */ x AS MATERIALIZED (SELECT 1), y AS NOT MATERIALIZED (SELECT 2) SELECT 3;",
        "SELECT replace(a, 'b', 'c') FROM t",
        "EXPLAIN SELECT 1"
      })
  void queries_read(String statement) {
    assertThat(StatementShape.classify(statement, SQLITE)).isEqualTo(StatementKind.READ);
    assertThat(StatementShape.classify(statement, POSTGRESQL)).isEqualTo(StatementKind.READ);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "EXPLAIN DELETE FROM t~READ",
        "EXPLAIN QUERY PLAN UPDATE t SET a = 1~READ",
        "EXPLAIN DROP TABLE t~READ",
        "PRAGMA table_info(t)~READ",
        "PRAGMA main.table_info('t')~READ",
        "PRAGMA user_version~READ",
        "PRAGMA integrity_check(10)~READ",
        "PRAGMA foreign_key_check~READ",
        "SELECT * FROM pragma_table_info('t')~READ",
        "PRAGMA user_version = 1~SETTING",
        "PRAGMA user_version(1)~SETTING",
        "PRAGMA table_info = t~SETTING",
        "PRAGMA optimize~SETTING",
        "PRAGMA wal_checkpoint~SETTING",
        "PRAGMA writable_schema = ON~SETTING",
        "PRAGMA incremental_vacuum(5)~SETTING",
        "PRAGMA journal_mode(wal)~SETTING",
        "EXPLAIN PRAGMA user_version = 1~SETTING",
        "ATTACH 'x.db' AS x~SETTING",
        "DETACH x~SETTING",
        "VACUUM~DDL",
        "VACUUM INTO 'x.db'~DDL",
        "REINDEX~DDL",
        "ANALYZE~DDL",
        "REPLACE INTO t VALUES (1)~CHANGE",
        "WITH x AS (SELECT 1) REPLACE INTO t SELECT * FROM x~CHANGE",
        "BEGIN~BEGIN",
        "BEGIN IMMEDIATE TRANSACTION~BEGIN",
        "END~COMMIT",
        "COMMIT TRANSACTION~COMMIT",
        "ROLLBACK~ROLLBACK",
        "ROLLBACK TO a~SAVEPOINT",
        "ROLLBACK TRANSACTION TO SAVEPOINT a~SAVEPOINT",
        "SAVEPOINT a~SAVEPOINT",
        "SAVEPOINT savepoint~SAVEPOINT",
        "RELEASE a~SAVEPOINT",
        "RELEASE SAVEPOINT a~SAVEPOINT",
        "CREATE VIRTUAL TABLE t USING fts5(a)~DDL",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END~DDL",
        "CREATE TABLE t (a, b AS (a + 1))~ADDITIVE_DDL",
        "SHOW x~OPAQUE",
        "TABLE t~OPAQUE"
      })
  void sqlite_knows(String statement, StatementKind kind) {
    assertThat(StatementShape.classify(statement, SQLITE)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "TABLE t~READ",
        "(SELECT 1) UNION (SELECT 2)~READ",
        "SHOW search_path~READ",
        "EXPLAIN DELETE FROM t~READ",
        "EXPLAIN (COSTS OFF) DELETE FROM t~READ",
        "EXPLAIN (SELECT 1)~READ",
        "EXPLAIN ANALYZE SELECT 1~READ",
        "EXPLAIN (ANALYZE, BUFFERS) SELECT 1~READ",
        "SELECT substring(a FOR 3) FROM t~READ",
        "SELECT $$DELETE$$~READ",
        "EXPLAIN ANALYZE DELETE FROM t~CHANGE",
        "EXPLAIN ANALYZE VERBOSE DELETE FROM t~CHANGE",
        "EXPLAIN (VERBOSE, ANALYZE) DELETE FROM t~CHANGE",
        "EXPLAIN (ANALYSE TRUE) UPDATE t SET a = 1~CHANGE",
        "EXPLAIN ANALYZE INSERT INTO t VALUES (1)~CHANGE",
        "TRUNCATE t~CHANGE",
        "MERGE INTO t USING s ON a = b WHEN MATCHED THEN DELETE~CHANGE",
        "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d~CHANGE",
        "SELECT * INTO n FROM t~OPAQUE",
        "SELECT * FROM t FOR UPDATE~READ",
        "SELECT * FROM t FOR NO KEY UPDATE~READ",
        "SELECT * FROM t FOR KEY SHARE~READ",
        "START TRANSACTION READ ONLY~BEGIN",
        "BEGIN ISOLATION LEVEL SERIALIZABLE~BEGIN",
        "ABORT~ROLLBACK",
        "COMMIT AND CHAIN~OPAQUE",
        "COMMIT PREPARED 'a'~OPAQUE",
        "PREPARE TRANSACTION 'a'~OPAQUE",
        "SET search_path = x~SETTING",
        "RESET ALL~SETTING",
        "DO $$ BEGIN DELETE FROM t; END $$~OPAQUE",
        "CALL p()~OPAQUE",
        "COPY t FROM PROGRAM 'rm'~OPAQUE",
        "EXECUTE p~OPAQUE",
        "LOCK t~OPAQUE",
        "CREATE OR REPLACE VIEW v AS SELECT 1~DDL",
        "CREATE MATERIALIZED VIEW v AS SELECT 1~ADDITIVE_DDL",
        "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)~ADDITIVE_DDL",
        "ALTER TABLE ONLY t ADD a int, DROP COLUMN b~DDL",
        "ALTER TABLE IF EXISTS t ADD IF NOT EXISTS a int~ADDITIVE_DDL",
        "GRANT ALL ON t TO x~DDL",
        "PRAGMA user_version~OPAQUE"
      })
  void postgresql_knows(String statement, StatementKind kind) {
    assertThat(StatementShape.classify(statement, POSTGRESQL)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (1, 'SELECT')",
        "INSERT INTO main.t (a, \"select\") VALUES (1, 2), (3, lower('x')) RETURNING a",
        "INSERT INTO t AS x (a) VALUES (1)",
        "INSERT INTO t DEFAULT VALUES",
        "-- one\nINSERT /* two */ INTO t VALUES (1);"
      })
  void a_plain_insert_of_values_only_adds(String statement) {
    assertThat(StatementShape.classify(statement, SQLITE)).isEqualTo(StatementKind.INSERT_VALUES);
    assertThat(StatementShape.classify(statement, POSTGRESQL))
        .isEqualTo(StatementKind.INSERT_VALUES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT OR REPLACE INTO t VALUES (1)",
        "INSERT OR IGNORE INTO t VALUES (1)",
        "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
        "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1",
        "INSERT INTO t SELECT * FROM s",
        "INSERT INTO t VALUES ((SELECT max(a) FROM s))",
        "INSERT INTO t (a) WITH x AS (SELECT 1) SELECT * FROM x",
        "INSERT INTO t VALUES (1) RETURNING (SELECT 1)",
        "INSERT INTO docs(docs) VALUES ('delete-all')",
        "INSERT INTO docs(DOCS, rank) VALUES ('rank', 'bm25()')",
        "INSERT INTO t DEFAULT VALUES ON CONFLICT DO NOTHING",
        "WITH x AS (SELECT 1) INSERT INTO t VALUES (1)"
      })
  void any_other_insert_is_a_change(String statement) {
    assertThat(StatementShape.classify(statement, SQLITE)).isEqualTo(StatementKind.CHANGE);
    assertThat(StatementShape.classify(statement, POSTGRESQL)).isEqualTo(StatementKind.CHANGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT REFERENCES u ON DELETE CASCADE)",
        "CREATE TABLE IF NOT EXISTS main.t (a)",
        "CREATE TEMP TABLE t AS SELECT * FROM s",
        "CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a) WHERE a > 0",
        "CREATE VIEW v (a) AS WITH x AS (SELECT 1) SELECT * FROM x",
        "ALTER TABLE t ADD COLUMN a TEXT DEFAULT 'x, y' CHECK (a IN ('x', 'y'))",
        "ALTER TABLE \"drop\" ADD a"
      })
  void what_only_adds_to_the_schema_is_additive(String statement) {
    assertThat(StatementShape.classify(statement, SQLITE)).isEqualTo(StatementKind.ADDITIVE_DDL);
    assertThat(StatementShape.classify(statement, POSTGRESQL))
        .isEqualTo(StatementKind.ADDITIVE_DDL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET a = 1 WHERE id=1; DROP TABLE t;",
        "SELECT 1; DELETE FROM t",
        "WITH x AS (SELECT 1) DELETE FROM t",
        "WITH values AS (SELECT 1) DELETE FROM t",
        "WITH \"select\" AS (SELECT 1) DELETE FROM t",
        "WITH x(select) AS (SELECT 1) UPDATE t SET a = 1",
        "WITH x AS (SELECT 1), d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
        "WITH d AS /* c */ ( -- c\n DELETE FROM t RETURNING *) SELECT * FROM d",
        "(WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d)",
        "WITH a AS (WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d) SELECT * FROM a",
        "WITH m AS (MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE RETURNING *) SELECT * FROM m; DELETE FROM t",
        "DELETE/**/FROM t",
        "/* SELECT */ DELETE FROM t",
        "-- SELECT\nDELETE FROM t",
        "DELETE FROM t WHERE a IN (SELECT 1)",
        "DELETE FROM t -- WHERE id = 1",
        "EXPLAIN ANALYZE DELETE FROM t; DELETE FROM t",
        "EXPLAIN EXPLAIN ANALYZE DELETE FROM t",
        "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
        "SELECT load_extension('x'), pg_file_write('x', 'y', true)",
        "SELECT \"load_extension\"('x'), dblink_exec('DELETE FROM t')",
        "SELECT writefile /* c */ ('x', 'y'), lo_import('x')",
        "SELECT edit(a), setval('s', 1) FROM t",
        "VALUES (load_extension('x'), pg_terminate_backend(1))",
        "INSERT INTO t VALUES (load_extension('x'), lo_unlink(1))",
        "CREATE TABLE n AS SELECT load_extension('x'), lo_unlink(1)",
        "CREATE TABLE n AS WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d",
        "CREATE TABLE n AS EXECUTE p",
        "CREATE VIEW v AS SELECT 1; DROP TABLE t",
        "CREATE TABLE t (a); DROP TABLE t",
        "ALTER TABLE t DROP COLUMN a",
        "ALTER TABLE t RENAME TO u",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
        "SELECT 1 \0; DELETE FROM t",
        "SELECT 'open; DELETE FROM t",
        "SELECT (1; DELETE FROM t",
        "SELECT 1); DELETE FROM t",
        "SELECT x'zz",
        "gibberish",
        "'SELECT'",
        ""
      })
  void nothing_dangerous_or_doubtful_passes_for_safe(String statement) {
    assertThat(StatementShape.classify(statement, SQLITE)).isNotIn(RUNS_AT_ONCE);
    assertThat(StatementShape.classify(statement, POSTGRESQL)).isNotIn(RUNS_AT_ONCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT U&\"\\006co_unlink\"(1)",
        "SELECT nextval('s')",
        "SELECT * FROM dblink('', 'DELETE FROM t') AS x(a int)"
      })
  void postgresql_hides_no_writing_function(String statement) {
    assertThat(StatementShape.classify(statement, POSTGRESQL)).isEqualTo(StatementKind.OPAQUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM pragma_optimize",
        "SELECT * FROM \"PRAGMA_journal_size\"('x')",
        "SELECT optimize(docs) FROM docs"
      })
  void sqlite_hides_no_writing_table(String statement) {
    assertThat(StatementShape.classify(statement, SQLITE)).isEqualTo(StatementKind.OPAQUE);
  }

  @Test
  void the_first_word_stands_behind_comments() {
    assertThat(StatementShape.firstWord(" -- a\n/* b */ Plan migrate x", SQLITE)).isEqualTo("Plan");
    assertThat(StatementShape.firstWord("'plan'", SQLITE)).isEmpty();
    assertThat(StatementShape.firstWord("", SQLITE)).isEmpty();
  }
}
