package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.Database;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.journal.Journal;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of several steps, their way back and what others do in the moments between. */
class StepsBesideOthersTest {
  private static final String MADE =
      """
      cairn: 1
      name: made
      steps:
        - name: one
          script: |
            CREATE TABLE n (id INTEGER PRIMARY KEY, k);
            ALTER TABLE x ADD COLUMN c TEXT COLLATE NOCASE DEFAULT 'x';
          rollback: |
            %s
      """;

  @TempDir Path folder;
  private SqliteFile file;

  @BeforeEach
  void fresh() throws Exception {
    file = new SqliteFile(folder.resolve("t.db"));
    file.run(
        "CREATE TABLE x (id INTEGER PRIMARY KEY, a INTEGER)",
        "INSERT INTO x VALUES (1, 1), (2, 2)");
  }

  @Test
  void a_row_written_behind_the_look_stops_the_rollback_too() throws Exception {
    plan("ALTER TABLE x DROP COLUMN c; DROP TABLE n");
    runs(0, "-c", "plan migrate made", "-c", "apply");
    // The run is stored when all was looked at, and right before the rollback.
    file.run(
        "CREATE TRIGGER others AFTER INSERT ON cairn_run WHEN new.plan LIKE 'rollback-%'"
            + " BEGIN INSERT INTO n (k) VALUES ('theirs'); END");
    String said = runs(3, "-c", "undo");
    assertThat(said).contains("others wrote what the rollback would take");
    assertThat(file.rows("SELECT k FROM n")).containsExactly(List.of("theirs"));
    file.run("DROP TRIGGER others", "DELETE FROM n");
    runs(0, "-c", "resume");
    assertThat(file.number("SELECT count(*) FROM sqlite_schema WHERE name = 'n'")).isZero();
  }

  @Test
  void a_rollback_that_renames_before_it_drops_takes_nothing_either() throws Exception {
    plan(
        "ALTER TABLE n RENAME TO m; DROP TABLE m; ALTER TABLE x RENAME COLUMN c TO d;"
            + " ALTER TABLE x DROP COLUMN d");
    runs(0, "-c", "plan migrate made", "-c", "apply");
    file.run("INSERT INTO n (k) VALUES ('theirs')", "UPDATE x SET c = 'X' WHERE id = 1");
    assertThat(runs(3, "-c", "undo")).contains("of n;").contains("of x where");
    file.run("DELETE FROM n", "UPDATE x SET c = 'x'");
    runs(0, "-c", "undo");
    assertThat(file.rows("SELECT * FROM x")).containsExactly(List.of(1L, 1L), List.of(2L, 2L));
  }

  /** Its owner may wait for the lock under which it is given up, and run when it is free. */
  @Test
  void a_step_that_began_meanwhile_is_not_given_up() throws Exception {
    plan("ALTER TABLE x DROP COLUMN c; DROP TABLE n");
    runs(0, "-c", "plan migrate made", "-c", "apply");
    file.run("UPDATE cairn_run SET status = 'RUNNING'");
    try (Database database =
        SqliteDatabase.open(file.path(), new SqliteDatabase.Options(false, false, false, 5_000))) {
      Journal journal = new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
      Run step = journal.run(2);
      assertThat(journal.giveUpUnbegun(step)).isFalse();
      assertThat(file.rows("SELECT status FROM cairn_run WHERE run = 2"))
          .containsExactly(List.of("RUNNING"));
      file.run("DELETE FROM cairn_checkpoint WHERE run = 2");
      assertThat(journal.giveUpUnbegun(step)).isTrue();
      assertThat(journal.giveUpUnbegun(step)).isFalse();
    }
  }

  @Test
  void a_table_made_with_its_rows_is_refused_as_no_journal_has_them() throws Exception {
    plan("DROP TABLE m");
    Path plan = folder.resolve("plans").resolve("made.yaml");
    Files.writeString(
        plan,
        Files.readString(plan).replaceFirst("CREATE TABLE n .*;", "CREATE TABLE m AS SELECT 1;"));
    assertThat(runs(1, "-c", "plan migrate made")).contains("INSERT INTO ... SELECT");
  }

  private void plan(String rollback) throws Exception {
    Path plans = Files.createDirectories(folder.resolve("plans"));
    Files.writeString(plans.resolve("made.yaml"), MADE.formatted(rollback));
  }

  private String runs(int code, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(file.path().toString()));
    all.addAll(List.of("--plans", folder.resolve("plans").toString()));
    all.addAll(List.of(arguments));
    WarmCairn.Ended ended = WarmCairn.shared().run(all.toArray(String[]::new));
    String said = ended.out() + ended.err();
    assertThat(ended.code()).describedAs(said).isEqualTo(code);
    return said;
  }
}
