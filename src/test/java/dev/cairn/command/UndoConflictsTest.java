package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody did since is left alone, row by row, and the rest is put back. */
class UndoConflictsTest {
  @TempDir Path folder;
  private Typing at;

  @BeforeEach
  void tables() throws Exception {
    at = new Typing(folder.resolve("t.db"));
    at.outside(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, x)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t ON DELETE CASCADE)",
        "CREATE TABLE nokey (a, b UNIQUE)",
        "INSERT INTO t VALUES (1, 'one', 1), (2, 'two', 2), (3, 'three', 3)",
        "INSERT INTO nokey VALUES ('p', 1), ('q', 2)");
  }

  @Test
  void a_row_that_was_changed_since_keeps_its_value() throws Exception {
    at.types("UPDATE t SET x = 10 WHERE id > 0");
    at.outside("UPDATE t SET x = 10.0 WHERE id = 2"); // another type is another value
    assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
    assertThat(at.rows("SELECT x FROM t ORDER BY id"))
        .containsExactly(List.of(1L), List.of(10.0), List.of(3L));
    assertThat(at.said()).contains("id 2: x was left as 10, is 10.0");
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void a_row_whose_key_or_unique_value_was_given_away_stays_deleted() throws Exception {
    at.types("DELETE FROM t WHERE id > 0");
    at.outside("INSERT INTO t VALUES (1, 'new', 7), (9, 'two', 8)");
    assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
    assertThat(at.rows("SELECT id, name, x FROM t ORDER BY id"))
        .containsExactly(List.of(1L, "new", 7L), List.of(3L, "three", 3L), List.of(9L, "two", 8L));
    assertThat(kept()).isEqualTo(2);
  }

  @Test
  void what_the_columns_made_of_a_value_is_no_change_of_somebody_else() throws Exception {
    at.outside(
        "CREATE TABLE typed (id INTEGER PRIMARY KEY, r REAL, i INTEGER, x TEXT, n NUMERIC, b)",
        "INSERT INTO typed VALUES (1, 2.5, 3, 'a', 4, 5), (2, 2.5, 3, 'a', 4, 5)");
    List<List<Object>> before = at.rows("SELECT * FROM typed");
    String change = "UPDATE typed SET r = id, i = '7', x = 5.0, n = '5.0', b = '5.0' WHERE id > 0";
    for (String line : List.of(change, "plan " + change + "\napply")) {
      assertThat(at.types(line)).isEqualTo(ExitCode.DONE);
      assertThat(at.rows("SELECT r, i, x, n, b FROM typed WHERE id = 2"))
          .containsExactly(List.of(2.0, 7L, "5.0", 5L, "5.0"));
      assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
      assertThat(at.rows("SELECT * FROM typed")).isEqualTo(before);
      assertThat(kept()).isZero();
    }
  }

  @Test
  void a_statement_that_wrote_what_was_there_stands_in_no_undos_way() throws Exception {
    at.types("UPDATE t SET x = 10 WHERE id = 1");
    at.types("UPDATE t SET x = x WHERE id = 2");
    assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
    assertThat(at.rows("SELECT x FROM t ORDER BY id"))
        .containsExactly(List.of(1L), List.of(2L), List.of(3L));
  }

  @Test
  void a_row_that_others_refer_to_is_not_removed_and_takes_none_with_it() throws Exception {
    at.types("INSERT INTO t VALUES (10, 'ten', 1), (11, 'eleven', 1)");
    at.outside("INSERT INTO child VALUES (1, 10)");
    assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
    assertThat(at.rows("SELECT id FROM t WHERE id > 9")).containsExactly(List.of(10L));
    assertThat(at.number("SELECT count(*) FROM child")).isEqualTo(1);
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void a_row_without_a_key_whose_number_was_given_away_stays_deleted() throws Exception {
    at.types("DELETE FROM nokey WHERE a > ''");
    at.outside("INSERT INTO nokey (rowid, a, b) VALUES (1, 'new', 9)");
    assertThat(at.types("undo")).isEqualTo(ExitCode.DONE);
    assertThat(at.rows("SELECT a FROM nokey ORDER BY rowid"))
        .containsExactly(List.of("new"), List.of("q"));
    assertThat(kept()).isEqualTo(1);
  }

  /** Both stand in one undo table, with other columns. */
  @Test
  void rows_changed_in_one_column_and_rows_put_in_whole_are_taken_back_together() throws Exception {
    Files.copy(at.file(), folder.resolve("then.db"));
    at.outside("UPDATE t SET x = NULL, name = 'later' WHERE id = 1", "DELETE FROM t WHERE id = 3");
    List<List<Object>> damaged = at.rows("SELECT * FROM t");
    at.types(
        "plan restore t from '%s' columns (x) with deleted where x IS NULL OR id = 3\napply"
            .formatted(folder.resolve("then.db")));
    assertThat(at.rows("SELECT id, x FROM t"))
        .containsExactly(List.of(1L, 1L), List.of(2L, 2L), List.of(3L, 3L));
    assertThat(at.types("undo")).describedAs(at.said()).isEqualTo(ExitCode.DONE);
    assertThat(at.rows("SELECT * FROM t")).isEqualTo(damaged);
  }

  private long kept() throws Exception {
    return at.number("SELECT sum(kept) FROM cairn_checkpoint WHERE run = 2");
  }
}
