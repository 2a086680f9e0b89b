package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a restore puts back and what it leaves. Points 1 and 2 are of power, point 3 of energy; the
 * wrong statement ran outside, and the application wrote on.
 */
class RestoreTest {
  private static final String DAMAGED = "avg IS NULL AND delta IS NOT NULL AND point < 3";

  @TempDir Path folder;
  private Path now;
  private Lines typed;

  @BeforeEach
  void the_evening_after() throws Exception {
    now = folder.resolve("now.db");
    typed = new Lines(now);
    sql(
        now,
        "CREATE TABLE r (system INTEGER NOT NULL, point INTEGER NOT NULL, t INTEGER NOT NULL, avg REAL,"
            + " delta REAL, note, twice AS (avg * 2), PRIMARY KEY (system, point, t))",
        "CREATE TABLE points (system INTEGER NOT NULL, id INTEGER NOT NULL, metric TEXT,"
            + " PRIMARY KEY (system, id))",
        "INSERT INTO points VALUES (1, 1, 'power'), (1, 2, 'power'), (1, 3, 'energy'), (2, 1, 'power')",
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299)"
            + " INSERT INTO r (system, point, t, avg, delta, note) SELECT 1 + i / 150, 1 + i % 3, i,"
            + " i * 1.5, NULL, CASE i % 4 WHEN 0 THEN 'a' WHEN 1 THEN 1 WHEN 2 THEN x'00ff' END FROM n");
    Files.copy(now, then());
    sql(now, "UPDATE r SET delta = avg * 4, avg = NULL");
    sql(
        now,
        "INSERT INTO r (system, point, t, avg) SELECT system, point, 1000 + t, 7.5 FROM r WHERE t < 20",
        "UPDATE r SET avg = 99, delta = NULL, note = 'again' WHERE t = 3");
  }

  @Test
  void damaged_rows_come_back_and_everything_written_since_stays() throws Exception {
    List<List<Object>> before = rows(now);
    assertThat(lines(restore() + " where " + DAMAGED, "apply", "verify")).isEqualTo(ExitCode.DONE);
    assertThat(number("SELECT count(*) FROM r WHERE " + DAMAGED)).isZero();
    List<List<Object>> wanted = new ArrayList<>();
    for (List<Object> row : before) {
      boolean damaged = row.get(3) == null && row.get(4) != null && (Long) row.get(1) < 3;
      wanted.add(damaged ? there(row) : row);
    }
    assertThat(rows(now)).isEqualTo(wanted);
    assertThat(said())
        .contains("199 get a value", "101 rows differ", "20 rows are not in the snapshot");
  }

  @Test
  void a_restore_is_undone_to_the_letter() throws Exception {
    List<List<Object>> before = rows(now);
    assertThat(lines(restore() + " where " + DAMAGED, "apply", "undo")).isEqualTo(ExitCode.DONE);
    assertThat(rows(now)).isEqualTo(before);
    assertThat(lines("undo 2", "verify")).isEqualTo(ExitCode.DONE);
    assertThat(number("SELECT count(*) FROM r WHERE " + DAMAGED)).isZero();
  }

  @Test
  void without_a_word_on_the_damage_it_refuses_and_counts_by_column() throws Exception {
    List<List<Object>> before = rows(now);
    assertThat(lines(restore(), "apply")).isEqualTo(ExitCode.REFUSED);
    assertThat(said()).containsPattern("delta +\\| +299").containsPattern("note +\\| +1\\b");
    assertThat(rows(now)).isEqualTo(before);
  }

  @Test
  void healthy_rows_that_the_predicate_fits_are_as_in_the_snapshot_and_stay() throws Exception {
    Files.copy(then(), now, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    List<List<Object>> before = rows(now);
    assertThat(lines(restore() + " where point IN (1, 2, 3)", "apply")).isEqualTo(ExitCode.DONE);
    assertThat(said()).contains("0 of 0 rows");
    assertThat(rows(now)).isEqualTo(before);
  }

  @Test
  void only_the_columns_named_are_put_back() throws Exception {
    sql(now, "UPDATE r SET note = 'later' WHERE t = 4");
    assertThat(lines(restore() + " columns (avg) where t = 4", "apply")).isEqualTo(ExitCode.DONE);
    assertThat(rows(now, "t = 4")).containsExactly(row(1L, 2L, 4L, 6.0, 24.0, "later"));
  }

  @Test
  void rows_only_in_the_snapshot_are_put_in_again_when_that_is_said() throws Exception {
    sql(now, "DELETE FROM r WHERE t IN (10, 11, 12)");
    assertThat(lines(restore() + " where " + DAMAGED, "apply")).isEqualTo(ExitCode.DONE);
    assertThat(said()).contains("3 rows are only in the snapshot; `with deleted`");
    assertThat(rows(now, "t IN (10, 11, 12)")).isEmpty();
    long all = number("SELECT count(*) FROM r");
    assertThat(lines(restore() + " with deleted where point IN (2, 3) AND t > 9", "apply"))
        .isEqualTo(ExitCode.DONE);
    assertThat(said()).contains("2 of them fit the predicate as they were");
    assertThat(rows(now, "t IN (10, 11, 12)")).isEqualTo(rows(then(), "t IN (10, 11)"));
    assertThat(number("SELECT count(*) FROM r")).isEqualTo(all + 2);
    assertThat(lines("undo")).isEqualTo(ExitCode.DONE);
    assertThat(number("SELECT count(*) FROM r")).isEqualTo(all);
  }

  @Test
  void columns_named_and_rows_put_in_again_whole_are_verified_and_taken_back() throws Exception {
    sql(now, "DELETE FROM r WHERE t IN (10, 11)");
    List<List<Object>> before = rows(now, "1");
    assertThat(lines(restore() + " columns (avg) with deleted where t < 12", "apply", "verify 1"))
        .isEqualTo(ExitCode.DONE);
    assertThat(rows(now, "t IN (10, 11)")).isEqualTo(rows(then(), "t IN (10, 11)"));
    assertThat(lines("undo")).isEqualTo(ExitCode.DONE);
    assertThat(rows(now, "1")).isEqualTo(before);
  }

  @Test
  void the_journal_tells_damage_from_what_was_written_since() throws Exception {
    Files.copy(then(), now, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(lines(true, "UPDATE r SET avg = -1 WHERE system = 1;")).isEqualTo(ExitCode.DONE);
    sql(
        now,
        "UPDATE r SET avg = 5 WHERE t = 8",
        "UPDATE r SET note = 'kept' WHERE t = 9",
        "UPDATE r SET avg = 6 WHERE t = 200");
    assertThat(lines(restore(), "apply")).isEqualTo(ExitCode.DONE);
    assertThat(rows(now, "t NOT IN (8, 9, 200)")).isEqualTo(rows(then(), "t NOT IN (8, 9, 200)"));
    assertThat(number("SELECT count(*) FROM r WHERE t = 8 AND avg = 5")).isOne();
    assertThat(number("SELECT count(*) FROM r WHERE t = 9 AND avg = -1 AND note = 'kept'")).isOne();
    assertThat(number("SELECT count(*) FROM r WHERE t = 200 AND avg = 6")).isOne();
    assertThat(said()).contains("2 damaged rows were written since", "1 row differs");
  }

  @Test
  void the_newest_run_says_what_was_left() throws Exception {
    Files.copy(then(), now, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    lines(
        true,
        "UPDATE r SET avg = -1 WHERE t < 10;",
        "UPDATE r SET avg = -2, note = 2 WHERE t < 5;");
    sql(now, "UPDATE r SET avg = -1 WHERE t = 2");
    assertThat(lines(restore(), "apply")).isEqualTo(ExitCode.DONE);
    assertThat(rows(now, "t <> 2")).isEqualTo(rows(then(), "t <> 2"));
    assertThat(number("SELECT count(*) FROM r WHERE t = 2 AND avg = -1")).isOne();
  }

  @Test
  void what_is_no_longer_as_planned_is_not_written() throws Exception {
    List<List<Object>> before = rows(now);
    try (Session session = typed.session(false)) {
      ScriptRunner runner = new ScriptRunner(session);
      assertThat(runner.run("", restore() + " where " + DAMAGED + "\n", true))
          .isEqualTo(ExitCode.DONE);
      sql(then(), "UPDATE r SET avg = avg + 1 WHERE t = 4");
      assertThat(runner.run("", "apply\n", true)).isEqualTo(ExitCode.DRIFT);
    }
    assertThat(rows(now)).isEqualTo(before);
  }

  @Test
  void half_a_key_and_what_is_no_predicate_are_refused() throws Exception {
    List<List<Object>> before = rows(now);
    String half = " where point IN (SELECT id FROM points WHERE metric = 'power')";
    assertThat(lines(restore() + half, "apply")).isEqualTo(ExitCode.REFUSED);
    for (String wrong :
        List.of("1) OR (1", "avg IS NULL LIMIT 3", "nothing = 1", "avg = ?", "1; x")) {
      assertThat(lines(restore() + " where " + wrong, "apply"))
          .describedAs(wrong)
          .isIn(ExitCode.FAILED, ExitCode.USAGE);
    }
    assertThat(rows(now)).isEqualTo(before);
    assertThat(lines(restore() + " where " + DAMAGED + " -- all of them", "apply"))
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void what_the_schemas_do_not_share_is_said_or_refused() throws Exception {
    sql(now, "ALTER TABLE r ADD COLUMN fresh TEXT DEFAULT 'f'");
    assertThat(lines(restore() + " columns (fresh) where " + DAMAGED)).isEqualTo(ExitCode.REFUSED);
    assertThat(lines(restore() + " columns (t) where " + DAMAGED)).isEqualTo(ExitCode.FAILED);
    assertThat(lines(restore() + " columns (twice) where " + DAMAGED)).isEqualTo(ExitCode.FAILED);
    assertThat(lines(restore() + " where " + DAMAGED, "apply", "verify")).isEqualTo(ExitCode.DONE);
    assertThat(said()).contains("the snapshot has no column fresh");
    assertThat(number("SELECT count(*) FROM r WHERE fresh IS NOT 'f'")).isZero();
    sql(then(), "CREATE TABLE k AS SELECT * FROM r", "DROP TABLE r", "ALTER TABLE k RENAME TO r");
    assertThat(lines(restore() + " where " + DAMAGED)).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void neither_database_is_left_attached_or_written() throws Exception {
    byte[] was = Files.readAllBytes(then());
    assertThat(lines(restore() + " where " + DAMAGED, "apply", "PRAGMA database_list;"))
        .isEqualTo(ExitCode.DONE);
    assertThat(said()).doesNotContain("cairn_then |");
    assertThat(Files.readAllBytes(then())).isEqualTo(was);
    assertThat(lines("ATTACH '" + then() + "' AS x;")).isNotEqualTo(ExitCode.DONE);
  }

  private String restore() {
    return "plan restore r from '" + then() + "'";
  }

  private Path then() {
    return folder.resolve("then.db");
  }

  /** The row of that key as the snapshot has it. */
  private List<Object> there(List<Object> row) throws SQLException {
    return rows(then(), "t = " + row.get(2)).get(0);
  }

  private ExitCode lines(String... lines) throws Exception {
    return lines(false, lines);
  }

  private ExitCode lines(boolean yes, String... lines) throws Exception {
    return typed.run(yes, lines);
  }

  private String said() {
    return typed.said();
  }

  private static List<Object> row(Object... values) {
    return java.util.Arrays.asList(values);
  }

  private List<List<Object>> rows(Path file) throws SQLException {
    return rows(file, "1");
  }

  private List<List<Object>> rows(Path file, String where) throws SQLException {
    return query(
        file,
        "SELECT system, point, t, avg, delta, CASE typeof(note) WHEN 'blob' THEN quote(note)"
            + " ELSE note END FROM r WHERE "
            + where
            + " ORDER BY 1, 2, 3");
  }

  private long number(String sql) throws SQLException {
    return (Long) query(now, sql).get(0).get(0);
  }

  private static List<List<Object>> query(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(value instanceof Integer number ? (Object) number.longValue() : value);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static void sql(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
