package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import dev.cairn.report.Format;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs at once is in the journal as everything else is, and changes nothing else. */
class AtOnceJournalledTest {
  private static final List<String> TABLES = List.of("t", "child", "nokey", "wr", "looks", "acts");

  @TempDir Path folder;
  private Typing at;

  @BeforeEach
  void tables() throws Exception {
    at = new Typing(folder.resolve("t.db"));
    at.outside(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, x, y REAL DEFAULT 7)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t, n)",
        "CREATE TABLE nokey (a, b)",
        "CREATE TABLE wr (k TEXT COLLATE NOCASE, n INT, v, PRIMARY KEY (k, n)) WITHOUT ROWID",
        "CREATE TABLE looks (id INTEGER PRIMARY KEY, v)",
        "CREATE TRIGGER high BEFORE INSERT ON looks WHEN new.v > 9 BEGIN"
            + " SELECT RAISE(IGNORE); END",
        "CREATE TABLE acts (id INTEGER PRIMARY KEY, v)",
        "CREATE TRIGGER along AFTER INSERT ON acts BEGIN INSERT INTO nokey VALUES (new.id, 'along'); END",
        "INSERT INTO t VALUES (1, 'one', 'a', 1.5), (2, 'two', NULL, 2), (3, 'three', x'00ff', 3)",
        "INSERT INTO nokey VALUES (1, 'p'), (NULL, NULL)",
        "INSERT INTO wr VALUES ('k', 1, 1), ('K', 2, '2')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (10, 'ten', 1, 2)",
        "INSERT INTO t (name) VALUES ('a'), ('b'), ('c')",
        "INSERT INTO t (name, x) VALUES ('r', 1) RETURNING id, y",
        "INSERT INTO nokey DEFAULT VALUES",
        "INSERT INTO nokey VALUES (5, x'01')",
        "INSERT INTO wr VALUES ('z', 1, 1.0)",
        "INSERT INTO looks VALUES (1, 1), (2, 99), (3, 3)",
        "INSERT INTO acts VALUES (1, 1)",
        "INSERT OR REPLACE INTO t VALUES (1, 'two', 0, 0)",
        "INSERT OR IGNORE INTO t VALUES (1, 'new', 0, 0), (20, 'twenty', 0, 0)",
        "INSERT INTO t VALUES (2, 'zwei', 0, 0) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        "UPDATE t SET x = 'changed', y = NULL WHERE id = 1",
        "UPDATE t SET id = 77 WHERE id = 1",
        "UPDATE t SET (x, y) = (SELECT 8, 9) WHERE id > 1",
        "UPDATE t SET (x, y) = (8, 9) WHERE id = 1",
        "UPDATE wr SET v = 'w' WHERE k = 'K' AND n = 2",
        "UPDATE nokey SET b = 'row' WHERE rowid = 2",
        "DELETE FROM t WHERE id = 3",
        "DELETE FROM wr WHERE n = 1 AND k = 'k'"
      })
  void taken_back_it_leaves_what_was_there(String sql) throws Exception {
    List<Object> before = contents();
    assertThat(at.types(sql)).isEqualTo(ExitCode.DONE);
    assertThat(contents()).isNotEqualTo(before);
    assertThat(runs()).hasSize(1);
    assertThat(at.number("SELECT count(*) FROM cairn_checkpoint WHERE expected IS NULL")).isZero();
    List<Object> after = contents();
    assertThat(at.types("verify 1\nundo")).describedAs(at.said()).isEqualTo(ExitCode.DONE);
    assertThat(contents()).isEqualTo(before);
    assertThat(at.types("undo 2")).isEqualTo(ExitCode.DONE);
    assertThat(contents()).isEqualTo(after);
  }

  @Test
  void those_of_one_transaction_are_one_run() throws Exception {
    List<Object> before = contents();
    at.types(
        "BEGIN; INSERT INTO t VALUES (10, 'ten', 1, 1); INSERT INTO nokey VALUES (1, 1);"
            + " SELECT count(*) FROM t; INSERT INTO t VALUES (11, 'eleven', 1, 1);"
            + " UPDATE t SET x = 5 WHERE id = 10; DELETE FROM t WHERE id = 1; COMMIT;");
    assertThat(runs()).containsExactly(List.of(1L, "SUCCEEDED", 5L, 3L, 1L, 1L));
    assertThat(at.rows("SELECT plan_text FROM cairn_run").toString())
        .contains("INSERT INTO t VALUES (10", "and 4 more");
    assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void what_is_asked_for_ends_the_run_and_has_its_own() throws Exception {
    at.types(
        "BEGIN; INSERT INTO nokey VALUES (1, 1); UPDATE t SET x = 0;"
            + " INSERT INTO nokey VALUES (2, 2); CREATE TABLE more (v); INSERT INTO more VALUES (1);"
            + " COMMIT;");
    assertThat(runs()).hasSize(4);
    assertThat(at.types("undo 3\nundo 1")).describedAs(at.said()).isEqualTo(ExitCode.DONE);
    assertThat(at.number("SELECT count(*) FROM nokey")).isEqualTo(2);
  }

  @Test
  void fewer_columns_first_then_more_are_two_runs() throws Exception {
    List<Object> before = contents();
    at.types(
        "BEGIN; UPDATE t SET x = 1 WHERE id = 1; UPDATE t SET x = 2 WHERE id = 2;"
            + " UPDATE t SET y = 1 WHERE id = 1; COMMIT;");
    assertThat(runs()).hasSize(2);
    assertThat(at.types("undo 2\nundo 1")).isEqualTo(ExitCode.DONE);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void rolled_back_nothing_of_it_is_left_and_what_follows_is_seen() throws Exception {
    List<Object> before = contents();
    at.types("BEGIN; INSERT INTO nokey VALUES (1, 1); ROLLBACK;");
    assertThat(at.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'cairn%'")).isZero();
    at.types(
        "BEGIN; INSERT INTO nokey VALUES (1, 1); ROLLBACK; INSERT INTO nokey VALUES (2, 2);"
            + " BEGIN; INSERT INTO nokey VALUES (3, 3); COMMIT;");
    assertThat(runs()).hasSize(2);
    at.types("undo 2\nundo 1");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void back_to_a_savepoint_the_journal_goes_with_its_rows() throws Exception {
    at.types(
        "BEGIN; INSERT INTO nokey VALUES (1, 'stays'); SAVEPOINT s; INSERT INTO nokey VALUES (2, 2);"
            + " ROLLBACK TO s; INSERT INTO nokey VALUES (3, 'stays'); RELEASE s; COMMIT;");
    assertThat(runs()).hasSize(2);
    assertThat(at.number("SELECT count(*) FROM nokey WHERE b = 'stays'")).isEqualTo(2);
    assertThat(at.number("SELECT count(*) FROM cairn_undo_nokey")).isEqualTo(2);
  }

  @Test
  void a_statement_that_fails_is_not_in_the_run() throws Exception {
    at.goesOn(
        "BEGIN; INSERT INTO t VALUES (1, 'x', 1, 1); INSERT INTO nokey VALUES (1, 1);"
            + " INSERT INTO t VALUES (8, 'eight', 1, 1), (1, 'x', 1, 1);"
            + " INSERT INTO t VALUES (9, 'nine', 1, 1); INSERT INTO nowhere VALUES (1); COMMIT;"
            + " INSERT INTO t VALUES (1, 'x', 1, 1); UPDATE t SET x = 1 WHERE id = 4711;");
    assertThat(runs()).hasSize(1);
    assertThat(at.number("SELECT sum(inserted) FROM cairn_checkpoint")).isEqualTo(2);
    assertThat(at.number("SELECT count(*) FROM t WHERE id = 8")).isZero();
  }

  @Test
  void a_transaction_left_open_by_a_script_leaves_nothing() throws Exception {
    List<Object> before = contents();
    assertThat(at.types("BEGIN; INSERT INTO nokey VALUES (1, 1);")).isEqualTo(ExitCode.FAILED);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void the_counters_are_the_persons() throws Exception {
    at.types(
        "INSERT INTO t (name) VALUES ('parent'); INSERT INTO child VALUES (1, last_insert_rowid(), changes());"
            + " BEGIN; INSERT INTO t (name) VALUES ('p2'), ('p3');"
            + " INSERT INTO child VALUES (2, last_insert_rowid(), changes()); COMMIT;"
            + " INSERT INTO child VALUES (3, NULL, changes());"
            + " DELETE FROM t WHERE id = 4711; INSERT INTO child VALUES (4, NULL, changes());");
    assertThat(at.rows("SELECT * FROM child"))
        .containsExactly(
            List.of(1L, 4L, 1L),
            List.of(2L, 6L, 2L),
            java.util.Arrays.asList(3L, null, 1L),
            java.util.Arrays.asList(4L, null, 0L));
  }

  @Test
  void many_changes_are_counted_for_a_statement_that_asks() throws Exception {
    String many = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000)";
    at.types(
        "INSERT INTO nokey SELECT n, n FROM (%s SELECT n FROM c); ".formatted(many)
            + "INSERT INTO child VALUES (1, NULL, changes());"
            + " UPDATE nokey SET b = 0; INSERT INTO child SELECT 2, NULL, changes() FROM t LIMIT 1;"
            + " UPDATE nokey SET b = 1; SELECT 1; UPDATE nokey SET b = 2 WHERE b = 4711;"
            + " INSERT INTO child VALUES (3, NULL, changes());"
            + " CREATE VIEW of_it AS SELECT changes() AS n; UPDATE nokey SET b = 3;"
            + " INSERT INTO child SELECT 4, NULL, n FROM of_it;");
    assertThat(at.rows("SELECT * FROM child"))
        .containsExactly(
            java.util.Arrays.asList(1L, null, 5000L),
            java.util.Arrays.asList(2L, null, 5002L),
            java.util.Arrays.asList(3L, null, 0L),
            java.util.Arrays.asList(4L, null, 5002L));
  }

  @Test
  void the_answer_is_the_one_of_before() {
    at.types(
        "INSERT INTO t (name) VALUES ('r') RETURNING id, name; INSERT INTO nokey VALUES (1, 1), (2, 2)");
    assertThat(at.said()).contains("name", "r").contains("1 row changed\n", "2 rows changed\n");
  }

  @Test
  void as_json_it_is_a_run_with_its_number() {
    at.types(
        Format.JSON,
        false,
        false,
        "INSERT INTO nokey VALUES (1, 1); BEGIN; DELETE FROM t WHERE id = 3; COMMIT");
    assertThat(at.said())
        .contains(
            "\"run\":1,\"plan\":\"typed\",\"status\":\"SUCCEEDED\",\"expected\":1,\"inserted\":1")
        .contains(
            "\"run\":2,\"plan\":\"typed\",\"status\":\"RUNNING\",\"expected\":1,\"inserted\":0");
  }

  @Test
  void switched_off_in_a_transaction_it_ends_there() throws Exception {
    at.types(
        "BEGIN; INSERT INTO nokey VALUES (1, 1);\nset undo off\nINSERT INTO nokey VALUES (2, 2);"
            + " COMMIT; INSERT INTO nokey VALUES (3, 3);");
    assertThat(runs()).containsExactly(List.of(1L, "SUCCEEDED", 1L, 1L, 0L, 0L));
    assertThat(at.number("SELECT count(*) FROM nokey")).isEqualTo(5);
    assertThat(at.said()).contains("is not journalled");
  }

  @Test
  void what_cannot_be_journalled_is_said_before_and_once() throws Exception {
    at.outside("CREATE VIRTUAL TABLE words USING fts5(w)");
    at.types(
        "INSERT INTO words VALUES ('a'); INSERT INTO words VALUES ('b');"
            + " CREATE TEMP TABLE mine (v); INSERT INTO mine VALUES (1);");
    assertThat(at.said().split("undo can't take this back", -1)).hasSize(3);
    assertThat(at.said()).contains("words is a virtual table", "no table of the database itself");
    assertThat(at.number("SELECT count(*) FROM words")).isEqualTo(2);
    assertThat(at.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'cairn%'")).isZero();
  }

  @Test
  void what_is_temporary_never_stands_for_what_it_hides() throws Exception {
    at.types("CREATE TEMP TABLE nokey (a, b); INSERT INTO nokey VALUES (1, 1);");
    at.types(
        "CREATE TEMP TRIGGER also AFTER INSERT ON t BEGIN INSERT INTO nokey VALUES (9, 9); END;"
            + " INSERT INTO t (name) VALUES ('n');");
    assertThat(at.said())
        .contains("a temporary table hides", "the temporary trigger also may write along");
    assertThat(at.number("SELECT count(*) FROM nokey")).isEqualTo(3);
    assertThat(at.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'cairn%'")).isZero();
  }

  private List<List<Object>> runs() throws SQLException {
    return at.rows(
        "SELECT r.run, r.status, expected, inserted, updated, deleted FROM cairn_run r"
            + " JOIN cairn_checkpoint c ON c.run = r.run ORDER BY 1");
  }

  private List<Object> contents() throws SQLException {
    List<Object> all = new ArrayList<>();
    for (String table : TABLES) {
      all.add(at.rows("SELECT * FROM " + table + " ORDER BY 1, 2"));
    }
    return all;
  }
}
