package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import dev.cairn.proof.SqliteFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores of tables of every shape: what a snapshot had comes back as it was, or is refused. */
class RestoredShapesTest {
  private static final String ROWS =
      " SELECT 'k' || value, value, value * 1.5, 'n' || value FROM (WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s"
          + " WHERE value < 50) SELECT value FROM s)";

  @TempDir Path folder;
  private SqliteFile now;
  private SqliteFile then;
  private String said = "";

  @BeforeEach
  void empty() {
    now = new SqliteFile(folder.resolve("now.db"));
  }

  @Test
  void unique_values_that_changed_places_change_back_and_again() throws Exception {
    table("CREATE TABLE r (k INTEGER PRIMARY KEY, u TEXT UNIQUE, v, w, UNIQUE (v, w))");
    now.run("INSERT INTO r VALUES (1, 'a', 1, 'x'), (2, 'b', 2, 'y'), (3, 'c', 3, 'z')");
    snapshot();
    now.run(
        "UPDATE r SET u = CASE k WHEN 1 THEN 'free' WHEN 2 THEN 'a' END, w = 'later' WHERE k < 3",
        "UPDATE r SET u = 'b' WHERE k = 1",
        "UPDATE r SET w = 'mine' WHERE k = 3");
    List<List<Object>> before = now.content("r");
    exits(0, "plan restore r from '" + then.path() + "' columns (u) where k < 3", "apply");
    assertThat(now.rows("SELECT * FROM r"))
        .containsExactly(
            row(1L, "a", 1L, "later"), row(2L, "b", 2L, "later"), row(3L, "c", 3L, "mine"));
    exits(0, "verify", "undo");
    assertThat(now.content("r")).isEqualTo(before);
    exits(0, "undo 2", "verify");
    assertThat(now.rows("SELECT u FROM r ORDER BY k"))
        .containsExactly(row("a"), row("b"), row("c"));
  }

  @Test
  void a_value_that_children_refer_to_refuses_the_plan() throws Exception {
    table("CREATE TABLE r (k INTEGER PRIMARY KEY, u TEXT UNIQUE, v)");
    now.run(
        "CREATE TABLE child (id INTEGER PRIMARY KEY, u REFERENCES r(u) ON UPDATE CASCADE)",
        "INSERT INTO r VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
        "INSERT INTO child VALUES (10, 'a'), (11, 'b')");
    snapshot();
    now.run(
        "UPDATE r SET u = 't', v = 7 WHERE k = 1",
        "UPDATE r SET u = 'a', v = 7 WHERE k = 2",
        "UPDATE r SET u = 'b' WHERE k = 1",
        "UPDATE r SET u = 'd' WHERE k = 3");
    List<List<Object>> children = now.content("child");
    exits(3, "plan restore r from '" + then.path() + "' where k < 3");
    assertThat(said).contains("rows of child refer to their u as it is now").contains("1; 2");
    exits(0, "plan restore r from '" + then.path() + "' where k = 3", "apply");
    exits(0, "plan restore r from '" + then.path() + "' columns (v) where k < 3", "apply");
    assertThat(now.rows("SELECT * FROM r ORDER BY k"))
        .containsExactly(List.of(1L, "b", 1L), List.of(2L, "a", 2L), List.of(3L, "c", 3L));
    assertThat(now.content("child")).isEqualTo(children);
  }

  @Test
  void a_unique_value_that_a_row_written_since_has_refuses_the_plan() throws Exception {
    table("CREATE TABLE r (k INTEGER PRIMARY KEY, u TEXT UNIQUE COLLATE NOCASE, v)");
    now.run("INSERT INTO r VALUES (1, 'a', 1), (2, 'b', 2)");
    snapshot();
    now.run("UPDATE r SET u = 'gone' WHERE k = 1", "INSERT INTO r VALUES (3, 'A', 'later')");
    List<List<Object>> before = now.content("r");
    exits(3, "plan restore r from '" + then.path() + "' where k = 1", "apply");
    assertThat(said).contains("1 rows can't be put back", "1 and 3");
    assertThat(now.content("r")).isEqualTo(before);
    exits(0, "plan restore r from '" + then.path() + "' columns (v) where k = 1", "apply");
  }

  /** A column was declared otherwise since: what it would turn into something else is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "TEXT; INTEGER; '12'",
        "TEXT; NUMERIC; ' 7.5 '",
        "TEXT; REAL; '12'",
        "INTEGER; TEXT; 12",
        "REAL; TEXT; 1.5",
        "REAL; INTEGER; 3.0",
        "INTEGER; REAL; 3",
        "BLOB; INTEGER; '5'",
        "TEXT; INTEGER NOT NULL DEFAULT 1; NULL"
      })
  void values_that_a_column_would_change_refuse_the_plan(String was, String is, String value)
      throws Exception {
    table("CREATE TABLE r (k INTEGER PRIMARY KEY, x " + was + ", y)");
    now.run("INSERT INTO r VALUES (1, " + value + ", 1), (2, x'00', 2)");
    snapshot();
    now.run("DROP TABLE r", "CREATE TABLE r (k INTEGER PRIMARY KEY, x " + is + ", y)");
    now.run("INSERT INTO r VALUES (1, x'ff', 1), (2, x'ff', 3)");
    List<List<Object>> before = now.content("r");
    exits(3, "plan restore r from '" + then.path() + "' where 1", "apply");
    assertThat(said).contains("1 values of x can't be put back as they were");
    exits(3, "plan restore r from '" + then.path() + "' columns (x) where k = 1", "apply");
    assertThat(now.content("r")).isEqualTo(before);
    exits(0, "plan restore r from '" + then.path() + "' where k = 2", "apply", "verify");
    assertThat(now.content("r")).containsExactly(row(1L, "x'ff'", 1L), row(2L, "x'00'", 2L));
  }

  @Test
  void values_that_fit_another_type_come_back_as_they_were() throws Exception {
    table("CREATE TABLE r (k INTEGER PRIMARY KEY, x TEXT, y REAL, z INTEGER)");
    now.run("INSERT INTO r VALUES (1, 'some', 1.5, 7), (2, '12 pm', NULL, 'seven')");
    snapshot();
    now.run(
        "DROP TABLE r",
        "CREATE TABLE r (k INTEGER PRIMARY KEY, x INTEGER, y INTEGER, z)",
        "INSERT INTO r VALUES (1, 0, 0, 0), (2, 0, 0, 0)");
    exits(0, "plan restore r from '" + then.path() + "' where 1", "apply", "verify");
    assertThat(now.content("r")).isEqualTo(then.content("r"));
  }

  @Test
  void a_strict_table_says_before_what_it_would_refuse() throws Exception {
    table("CREATE TABLE r (k INTEGER PRIMARY KEY, x INT, y ANY)");
    now.run("INSERT INTO r VALUES (1, 'text', 1), (2, 5, 'any')");
    snapshot();
    now.run("DROP TABLE r", "CREATE TABLE r (k INTEGER PRIMARY KEY, x INT, y ANY) STRICT");
    now.run("INSERT INTO r VALUES (1, 0, 0), (2, 0, 0)");
    exits(3, "plan restore r from '" + then.path() + "' where 1", "apply");
    assertThat(said).contains("only one of the tables is STRICT", "'text'");
    exits(0, "plan restore r from '" + then.path() + "' where k = 2", "apply", "verify");
    assertThat(now.content("r")).containsExactly(row(1L, 0L, 0L), row(2L, 5L, "any"));
  }

  @Test
  void a_key_of_another_type_or_collation_names_no_row() throws Exception {
    for (String is :
        List.of("k TEXT NOT NULL UNIQUE", "k INTEGER NOT NULL UNIQUE COLLATE NOCASE")) {
      now.run("DROP TABLE IF EXISTS r", "CREATE TABLE r (k INTEGER NOT NULL UNIQUE, x)");
      now.run("INSERT INTO r VALUES (1, 'a')");
      snapshot();
      now.run("DROP TABLE r", "CREATE TABLE r (" + is + ", x)", "INSERT INTO r VALUES (1, 'b')");
      exits(3, "plan restore r from '" + then.path() + "' where 1", "apply");
      assertThat(said).contains("which names the row");
    }
  }

  @Test
  void a_key_that_minds_no_case_finds_its_row_and_says_that_the_spelling_stays() throws Exception {
    table("CREATE TABLE r (k TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, x)");
    now.run("INSERT INTO r VALUES ('Anna', 1), ('Ben', 2)");
    snapshot();
    now.run("UPDATE r SET k = lower(k), x = 'wrong'");
    exits(0, "plan restore r from '" + then.path() + "' with deleted where 1", "apply", "verify");
    assertThat(said).contains("its spelling stays as it is");
    assertThat(now.content("r")).containsExactly(row("anna", 1L), row("ben", 2L));
  }

  /** Whatever names a row, and whatever is computed in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(k TEXT PRIMARY KEY NOT NULL, a INTEGER, x REAL, n TEXT)",
        "(k TEXT NOT NULL UNIQUE, a INTEGER, x REAL, n TEXT UNIQUE)",
        "(k TEXT PRIMARY KEY, a INTEGER, x REAL, n TEXT) WITHOUT ROWID",
        "(k TEXT, a INTEGER, x REAL, n TEXT UNIQUE, PRIMARY KEY (a DESC, k)) WITHOUT ROWID",
        "(k TEXT PRIMARY KEY NOT NULL, a INTEGER, x REAL, n TEXT) STRICT",
        "(k TEXT PRIMARY KEY, a INT, x REAL, n TEXT UNIQUE) STRICT, WITHOUT ROWID",
        "(k TEXT NOT NULL, a INTEGER PRIMARY KEY AUTOINCREMENT, x REAL, n TEXT)",
        "(k TEXT PRIMARY KEY NOT NULL, a INTEGER, x REAL, n TEXT, g AS (a * 2) STORED, h AS (n || k))",
        "(k TEXT NOT NULL UNIQUE, a INTEGER, x REAL, n TEXT, g AS (n || 'g') STORED UNIQUE)"
      })
  void every_shape_of_table_comes_back_and_its_restore_is_undone(String shape) throws Exception {
    table("CREATE TABLE r " + shape);
    now.run("INSERT INTO r (k, a, x, n)" + ROWS);
    now.run("DELETE FROM r WHERE a IN (1, 7)"); // where rows have numbers, they have gaps
    snapshot();
    now.run(
        "UPDATE r SET x = -1, n = n || '!' WHERE a BETWEEN 10 AND 30",
        "DELETE FROM r WHERE a IN (20, 21)",
        "INSERT INTO r (k, a, x, n) VALUES ('new', 99, 9, 'new')",
        "UPDATE r SET x = 5 WHERE a = 40");
    List<List<Object>> before = now.content("r");
    exits(
        0,
        "plan restore r from '" + then.path() + "' with deleted where a BETWEEN 10 AND 30",
        "apply",
        "verify");
    assertThat(now.rows("SELECT * FROM r WHERE a NOT IN (40, 99) ORDER BY a"))
        .isEqualTo(then.rows("SELECT * FROM r WHERE a <> 40 ORDER BY a"));
    assertThat(now.number("SELECT count(*) FROM r WHERE a IN (40, 99) AND x IN (5, 9)"))
        .isEqualTo(2);
    assertThat(now.rows("PRAGMA integrity_check")).containsExactly(row("ok"));
    exits(0, "undo");
    assertThat(now.content("r")).isEqualTo(before);
  }

  private void table(String sql) throws Exception {
    now.run(sql);
  }

  private void snapshot() throws Exception {
    then = now.copyTo(folder.resolve("then.db"));
  }

  private void exits(int code, String... lines) throws Exception {
    Lines typed = new Lines(now.path());
    ExitCode exit = typed.run(false, lines);
    said = typed.said();
    assertThat(exit.code()).describedAs(said).isEqualTo(code);
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
