package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import dev.cairn.plan.Measured;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is asked before a typed statement runs, and what each answer leads to. */
class TypedGateTest {
  private static final String LEAKING =
      "UPDATE agg SET v = NULL WHERE point IN (SELECT id FROM points WHERE metric = 'energy');";

  @TempDir Path folder;
  private final Deque<String> answers = new ArrayDeque<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void fill() throws SQLException {
    sql(
        "CREATE TABLE points (system INTEGER NOT NULL, id INTEGER NOT NULL, metric TEXT, PRIMARY KEY (system, id))");
    sql(
        "CREATE TABLE agg (system INTEGER NOT NULL, point INTEGER NOT NULL, t INTEGER NOT NULL, v REAL,"
            + " PRIMARY KEY (system, point, t), FOREIGN KEY (system, point) REFERENCES points (system, id))");
    sql("INSERT INTO points VALUES (1, 1, 'energy'), (1, 2, 'power'), (2, 1, 'power')");
    sql(
        "INSERT INTO agg VALUES (1, 1, 1, 1), (1, 1, 2, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 1, 2, 1)");
  }

  @Test
  void the_counts_come_before_the_question() throws Exception {
    assertThat(typed(LEAKING, "")).isEqualTo(ExitCode.REFUSED);
    assertThat(said())
        .contains("UPDATE agg: 4 rows as written, 2 key-safe", "2 rows only as written");
    assertThat(said()).contains("[k]ey-safe (2 rows), as [w]ritten (4 rows)");
    assertThat(emptied()).isZero();
  }

  @Test
  void a_statement_over_two_lines_is_never_planned_by_its_first() throws Exception {
    Session session = session();
    try (session) {
      ScriptRunner runner = new ScriptRunner(session);
      runner.run("", "plan DELETE FROM agg", false);
      runner.run("", "WHERE point = 1;", false);
      assertThat(runner.run("", "apply", false)).isNotEqualTo(ExitCode.DONE);
    }
    assertThat(said()).contains("must stand on one line", "error: ");
    assertThat(emptied()).isZero();
  }

  @Test
  void a_temporary_table_never_stands_for_the_one_that_it_hides() throws Exception {
    String script =
        "CREATE TEMP TABLE agg (v); INSERT INTO agg VALUES (1);\nplan DELETE FROM agg\n";
    assertThat(typed(script)).isEqualTo(ExitCode.REFUSED);
    assertThat(said()).contains("a temporary table hides the table agg");
  }

  @Test
  void key_safe_runs_the_key_safe_text() throws Exception {
    assertThat(typed(LEAKING, "k")).isEqualTo(ExitCode.DONE);
    assertThat(emptied()).isEqualTo(2);
  }

  @Test
  void as_written_wants_the_table_named_where_a_finding_is_an_error() throws Exception {
    assertThat(typed(LEAKING, "w", "y")).isEqualTo(ExitCode.REFUSED);
    assertThat(emptied()).isZero();
    assertThat(typed(LEAKING, "w", "agg")).isEqualTo(ExitCode.DONE);
    assertThat(emptied()).isEqualTo(4);
  }

  @Test
  void a_yes_is_no_choice_between_two_texts() throws Exception {
    assertThat(typed(LEAKING, "y")).isEqualTo(ExitCode.REFUSED);
    assertThat(emptied()).isZero();
  }

  @Test
  void without_a_rewrite_a_yes_is_enough() throws Exception {
    String safe = "UPDATE agg SET v = NULL WHERE system = 1 AND t = 1;";
    assertThat(typed(safe, "n")).isEqualTo(ExitCode.REFUSED);
    assertThat(emptied()).isZero();
    assertThat(typed(safe, "y")).isEqualTo(ExitCode.DONE);
    assertThat(said()).contains("Run it (2 rows)?");
    assertThat(emptied()).isEqualTo(2);
  }

  @Test
  void the_harmless_asks_nothing() throws Exception {
    assertThat(typed("UPDATE agg SET v = NULL WHERE system = 1 AND point = 1 AND t = 1;"))
        .isEqualTo(ExitCode.DONE);
    assertThat(typed("INSERT INTO points VALUES (3, 1, 'energy'); SELECT 1;"))
        .isEqualTo(ExitCode.DONE);
    assertThat(emptied()).isEqualTo(1);
  }

  @Test
  void each_statement_of_a_line_is_asked_for() throws Exception {
    String line =
        "UPDATE agg SET v = NULL WHERE system = 1 AND point = 1 AND t = 1; DROP TABLE agg;";
    assertThat(typed(line, "n")).isEqualTo(ExitCode.REFUSED);
    assertThat(emptied()).isEqualTo(1);
  }

  @Test
  void what_can_not_run_is_the_engines_to_say() throws Exception {
    assertThat(typed("UPDATE agg SET vv = NULL;", "y")).isEqualTo(ExitCode.FAILED);
    assertThat(said()).contains("no such column: vv");
  }

  @Test
  void a_preview_sees_the_persons_own_transaction() throws Exception {
    String script =
        """
        BEGIN;
        INSERT INTO points VALUES (9, 9, 'energy');
        preview DELETE FROM points WHERE system = 9
        ROLLBACK;
        preview DELETE FROM points WHERE system = 9
        """;
    assertThat(typed(script)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("DELETE points: 1 row\n", "DELETE points: 0 rows\n");
  }

  @Test
  void findings_of_a_script_have_their_places_in_its_file() throws Exception {
    String script = "SELECT 1;\n\n  preview " + LEAKING + "\n";
    Session session = session();
    try (session) {
      new ScriptRunner(session).run("night.cairn", script, false);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--> night.cairn:3:41");
  }

  private ExitCode typed(String text, String... given) {
    answers.clear();
    answers.addAll(List.of(given));
    try (Session session = session()) {
      return new ScriptRunner(session).run("", text, true);
    }
  }

  private Session session() {
    Session session = new Session(Settings.defaults(), new Answering(), new Interrupts());
    session.open(folder.resolve("gate.db").toString());
    return session;
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private long emptied() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM agg WHERE v IS NULL")) {
      result.next();
      return result.getLong(1);
    }
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gate.db"));
  }

  /** A console at which the answers lie ready. */
  private final class Answering implements Console {
    @Override
    public PrintStream out() {
      return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream err() {
      return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    @Override
    public int width() {
      return 0;
    }

    @Override
    public Optional<String> ask(String question) {
      err().println(question);
      return Optional.of(answers.isEmpty() ? "" : answers.poll());
    }

    @Override
    public Progress progress(Measured measured, long alreadyDone) {
      throw new AssertionError("no plan runs here");
    }
  }
}
