package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code expect unchanged TABLE}: since the script began, whoever wrote. */
class UnchangedTest {
  private static final Settings APPROVING =
      new Settings(
          false,
          true,
          List.of(),
          false,
          false,
          false,
          Optional.empty(),
          false,
          false,
          false,
          false,
          Settings.defaults().tuning());

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void fill() throws SQLException {
    write(
        "a.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO t VALUES (1, 1), (2, 'x'), (3, NULL), (4, CAST(x'ff61' AS TEXT)), (5, 'x')",
        "CREATE TABLE u (v)",
        "INSERT INTO u VALUES (1), (1)");
    write("b.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)", "INSERT INTO t VALUES (1, 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET v = 2 WHERE id = 1",
        "UPDATE t SET v = 1.0 WHERE id = 1",
        "UPDATE t SET v = '1' WHERE id = 1",
        "UPDATE t SET v = '' WHERE id = 3",
        "UPDATE t SET v = CAST(v AS BLOB) WHERE id = 2",
        "UPDATE t SET v = CAST(x'fe61' AS TEXT) WHERE id = 4",
        "UPDATE t SET v = CASE id WHEN 1 THEN 'x' ELSE 1 END WHERE id < 3",
        "DELETE FROM t WHERE id = 5",
        "INSERT INTO t VALUES (6, 'x')",
        "DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (7, 1)",
        "ALTER TABLE t ADD COLUMN w",
        "ALTER TABLE t RENAME COLUMN v TO w",
        "BEGIN; UPDATE t SET v = 9 WHERE id = 1"
      })
  void whatever_changed_is_noticed(String sql) {
    assertThat(script("a.db", sql + ";\nexpect unchanged t\n")).isEqualTo(ExitCode.MISMATCH);
    assertThat(said()).contains("t changed since the script began");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE u SET v = 2 WHERE rowid = 1",
        "UPDATE t SET v = v WHERE id = 2",
        "UPDATE t SET v = 2 WHERE id = 1; UPDATE t SET v = 1 WHERE id = 1",
        "BEGIN; DELETE FROM t WHERE id = 1; ROLLBACK",
        "DELETE FROM t WHERE id = 5; INSERT INTO t VALUES (5, 'x')",
        "CREATE INDEX i ON t (v)",
        "CREATE TEMP TABLE t (id, v)"
      })
  void what_is_as_it_was_passes(String sql) {
    assertThat(script("a.db", sql + ";\nexpect unchanged T\n"))
        .describedAs(said())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void of_equal_rows_each_one_counts() {
    assertThat(script("a.db", "UPDATE u SET v = 2;\nexpect unchanged u\n"))
        .isEqualTo(ExitCode.MISMATCH);
    assertThat(script("a.db", "UPDATE u SET v = 3 WHERE rowid = 1;\nexpect unchanged u\n"))
        .isEqualTo(ExitCode.MISMATCH);
  }

  @Test
  void what_others_write_counts_too() throws Exception {
    try (Session session = session("a.db")) {
      ScriptRunner runner = new ScriptRunner(session);
      String lines = "SELECT 1;\nexpect unchanged \"t\"\n";
      runner.begin(lines);
      assertThat(runner.run("", "SELECT 1;\n", false)).isEqualTo(ExitCode.DONE);
      write("a.db", "UPDATE t SET v = 'theirs' WHERE id = 3");
      assertThat(runner.run("", "expect unchanged \"t\"\n", false)).isEqualTo(ExitCode.MISMATCH);
    }
  }

  @Test
  void a_script_that_is_read_begins_for_itself() throws Exception {
    Path inner = folder.resolve("inner.cairn");
    Files.writeString(inner, "expect unchanged t\nUPDATE t SET v = 3 WHERE id = 2;\n");
    String before = "UPDATE t SET v = 2 WHERE id = 1;\n";
    assertThat(script("a.db", before + "read " + inner + "\n")).isEqualTo(ExitCode.DONE);
    assertThat(script("a.db", "read " + inner + "\nread " + inner + "\nexpect unchanged t\n"))
        .isEqualTo(ExitCode.DONE); // the same value again
    assertThat(
            script(
                "a.db",
                "UPDATE t SET v = 7 WHERE id = 2;\nread " + inner + "\nexpect unchanged t\n"))
        .isEqualTo(ExitCode.DONE);
    assertThat(
            script(
                "a.db",
                "read " + inner + "\nUPDATE t SET v = 8 WHERE id = 2;\nexpect unchanged t\n"))
        .isEqualTo(ExitCode.MISMATCH);
  }

  @Test
  void a_database_that_the_script_opens_is_looked_at_then() {
    String open = "open " + folder.resolve("b.db") + "\n";
    assertThat(script("a.db", open + "expect unchanged t\n")).isEqualTo(ExitCode.DONE);
    assertThat(script("a.db", open + "DELETE FROM t WHERE id = 1;\nexpect unchanged t\n"))
        .isEqualTo(ExitCode.MISMATCH);
  }

  @Test
  void a_table_that_is_new_or_none_is_no_unchanged_one() {
    assertThat(script("a.db", "CREATE TABLE n (v);\nexpect unchanged n\n"))
        .isEqualTo(ExitCode.MISMATCH);
    assertThat(said()).contains("n was not there when the script began");
    assertThat(script("a.db", "expect unchanged nothing\n")).isEqualTo(ExitCode.FAILED);
    assertThat(script("a.db", "expect unchanged\n")).isEqualTo(ExitCode.USAGE);
  }

  /** A line at the prompt is no script: it would be compared with itself. */
  @Test
  void at_the_prompt_it_is_refused() {
    try (Session session = session("a.db")) {
      ScriptRunner runner = new ScriptRunner(session);
      assertThat(runner.run("", "expect unchanged t", false)).isEqualTo(ExitCode.USAGE);
    }
    assertThat(said()).contains("belongs in a script");
  }

  private ExitCode script(String file, String text) {
    try (Session session = session(file)) {
      ScriptRunner runner = new ScriptRunner(session);
      runner.begin(text);
      return runner.run("", text, false);
    }
  }

  private Session session(String file) {
    PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
    Session session =
        new Session(APPROVING, new ScriptedConsole(said, said, false), new Interrupts());
    session.open(folder.resolve(file).toString());
    return session;
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void write(String file, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
