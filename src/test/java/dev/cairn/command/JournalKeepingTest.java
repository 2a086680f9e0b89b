package dev.cairn.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.ExitCode;
import dev.cairn.report.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the journal keeps what undo needs, and what is never taken from it. */
class JournalKeepingTest {
  @TempDir Path folder;
  private Typing at;

  @BeforeEach
  void three_runs() throws Exception {
    at = new Typing(folder.resolve("t.db"));
    at.outside(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    at.types("UPDATE t SET x = 'r1' WHERE id = 1; UPDATE t SET x = 'r2' WHERE id = 2");
    at.types("INSERT INTO t VALUES (4, 'r3')");
  }

  @Test
  void without_a_policy_nothing_is_removed() throws Exception {
    assertThat(at.types("undo keep")).isEqualTo(ExitCode.DONE);
    assertThat(at.said()).contains("undo data is kept of all runs");
    assertThat(at.types("journal prune")).isEqualTo(ExitCode.REFUSED);
    assertThat(at.said()).contains("no policy says what may be removed");
    assertThat(runs()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_policy_is_stored_and_removes_nothing_by_itself() throws Exception {
    assertThat(at.types("undo keep 1 run")).isEqualTo(ExitCode.DONE);
    assertThat(runs()).containsExactly(1L, 2L, 3L);
    assertThat(at.types("undo keep")).isEqualTo(ExitCode.DONE);
    assertThat(at.said()).contains("undo data is kept of 1 run;");
    assertThat(at.types("undo keep all\njournal prune")).isEqualTo(ExitCode.REFUSED);
    for (String wrong : List.of("undo keep some", "undo keep 3", "undo keep 3 weeks")) {
      assertThat(at.types(wrong)).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void runs_beyond_the_policy_go_whole_and_the_others_can_still_be_taken_back() throws Exception {
    assertThat(at.types("undo keep 1 runs\njournal prune")).isEqualTo(ExitCode.DONE);
    assertThat(at.said()).contains("2 of 3 runs removed");
    assertThat(runs()).containsExactly(3L);
    for (String table : List.of("cairn_lane", "cairn_checkpoint", "cairn_touched")) {
      assertThat(at.number("SELECT count(*) FROM " + table + " WHERE run <> 3")).isZero();
    }
    assertThat(at.number("SELECT count(*) FROM cairn_undo_t WHERE cairn_run <> 3")).isZero();
    assertThat(at.types("undo 1")).isEqualTo(ExitCode.FAILED);
    assertThat(at.types("undo 3")).isEqualTo(ExitCode.DONE);
    assertThat(at.number("SELECT count(*) FROM t")).isEqualTo(3);
  }

  /** The one promise of pruning: what isn't as the run left it may still be needed. */
  @Test
  void what_does_not_verify_stays() throws Exception {
    at.outside("UPDATE t SET x = 'somebody else' WHERE id = 1");
    assertThat(at.types("undo keep 0 runs\njournal prune")).isEqualTo(ExitCode.DONE);
    assertThat(runs()).containsExactly(1L);
    assertThat(at.said()).contains("run 1 stays: its rows aren't as it left them (`verify 1`)");
    at.outside("UPDATE t SET x = 'r1' WHERE id = 1");
    at.types("journal prune");
    assertThat(runs()).isEmpty();
  }

  @Test
  void what_cannot_be_verified_stays() throws Exception {
    at.outside("ALTER TABLE t RENAME TO gone");
    at.types("undo keep 0 runs\njournal prune");
    assertThat(runs()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void undone_runs_go_and_unfinished_ones_stay() throws Exception {
    at.types("undo 1");
    at.outside("UPDATE cairn_run SET status = 'INTERRUPTED' WHERE run = 3");
    at.types("undo keep 0 runs\njournal prune");
    assertThat(runs()).containsExactly(3L);
    assertThat(at.said()).contains("run 3 stays: it is INTERRUPTED");
  }

  @Test
  void a_run_that_is_being_taken_back_stays() throws Exception {
    at.types("undo 1");
    at.outside(
        "UPDATE cairn_run SET status = 'INTERRUPTED' WHERE run = 4",
        "UPDATE cairn_run SET status = 'SUCCEEDED' WHERE run = 1",
        "UPDATE t SET x = 'r1' WHERE id = 1");
    at.types("undo keep 0 runs\njournal prune");
    assertThat(runs()).containsExactly(1L, 4L);
    assertThat(at.types("plan undo 1")).isEqualTo(ExitCode.REFUSED);
    assertThat(at.said()).contains("run 4 takes run 1 back and is INTERRUPTED", "`resume 4`");
  }

  @Test
  void days_are_counted_from_the_beginning_of_a_run() throws Exception {
    at.outside("UPDATE cairn_run SET started_ms = started_ms - 3 * 86400000 WHERE run < 3");
    at.types("undo keep 2 days\njournal prune");
    assertThat(runs()).containsExactly(3L);
  }

  @Test
  void dropping_the_journal_asks_and_takes_all_of_it() throws Exception {
    at.types("undo keep 5 runs");
    assertThat(at.types(Format.TABLE, false, false, "journal drop")).isEqualTo(ExitCode.REFUSED);
    assertThat(runs()).hasSize(3);
    assertThat(at.types("journal drop")).isEqualTo(ExitCode.DONE);
    assertThat(own()).isEmpty();
    assertThat(at.types("runs\nINSERT INTO t VALUES (5, 'five');\nundo")).isEqualTo(ExitCode.DONE);
    assertThat(at.number("SELECT count(*) FROM t")).isEqualTo(4);
  }

  @Test
  void while_a_run_is_unfinished_the_journal_is_not_dropped() throws Exception {
    at.outside("UPDATE cairn_run SET status = 'PAUSED' WHERE run = 2");
    assertThat(at.types("journal drop")).isEqualTo(ExitCode.REFUSED);
    assertThat(runs()).hasSize(3);
    assertThat(at.said()).contains("`resume 2` or `abandon 2` first");
  }

  @Test
  void a_rebuild_goes_whole_too() throws Exception {
    Files.createDirectory(folder.resolve("plans"));
    Files.writeString(
        folder.resolve("plans/anew.yaml"),
        """
        cairn: 1
        name: anew
        rebuild:
          table: t
          columns:
            id: INTEGER PRIMARY KEY
            x: TEXT
        """);
    assertThat(at.types("plan migrate anew\napply"))
        .describedAs(at.said())
        .isEqualTo(ExitCode.DONE);
    assertThat(at.number("SELECT count(*) FROM cairn_rebuild WHERE run = 4")).isPositive();
    at.types("undo keep 0 runs\njournal prune");
    assertThat(runs()).describedAs(at.said()).isEmpty();
    assertThat(at.number("SELECT count(*) FROM cairn_rebuild")).isZero();
    assertThat(at.number("SELECT count(*) FROM cairn_undo_t")).isZero();
    assertThat(at.types("journal drop")).isEqualTo(ExitCode.DONE);
    assertThat(own()).isEmpty();
    assertThat(at.number("SELECT count(*) FROM t")).isEqualTo(4);
  }

  @Test
  void a_table_made_anew_has_nothing_to_take_back() throws Exception {
    at.outside("DROP TABLE t", "CREATE TABLE t (id INTEGER PRIMARY KEY, x)");
    assertThat(at.types("undo 1")).isEqualTo(ExitCode.REFUSED);
    assertThat(at.said()).contains("id 1 is gone", "no row is as it was left");
    assertThat(at.rows("SELECT status FROM cairn_run WHERE run = 1").toString())
        .contains("SUCCEEDED");
  }

  @Test
  void a_long_list_of_runs_is_cut_and_says_so() {
    at.types("INSERT INTO t (x) VALUES (0);".repeat(100) + "\nruns");
    assertThat(at.said()).contains("(100 rows)", "older ones: `runs all`");
    at.types("runs all\nruns 2");
    assertThat(at.said()).contains("(103 rows)", "(2 rows)");
    at.types("undo");
    assertThat(at.said()).contains("plan undo-103");
  }

  private List<Object> runs() throws SQLException {
    return at.rows("SELECT run FROM cairn_run ORDER BY 1").stream().map(row -> row.get(0)).toList();
  }

  private List<List<Object>> own() throws SQLException {
    return at.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'cairn%'");
  }
}
