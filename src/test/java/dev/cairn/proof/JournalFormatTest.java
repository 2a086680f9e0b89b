package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.RunKind;
import dev.cairn.plan.Batching;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of the first format is read as it is, and brought up to date by the next run. */
class JournalFormatTest {
  @TempDir Path folder;
  private SqliteFile file;

  @BeforeEach
  void a_journal_as_the_first_version_wrote_it() throws Exception {
    file = new SqliteFile(folder.resolve("first.db"));
    file.run(
        "CREATE TABLE t (k INTEGER PRIMARY KEY, v)",
        "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)",
        "CREATE TABLE cairn_journal (format INTEGER NOT NULL)",
        "INSERT INTO cairn_journal VALUES (1)",
        "CREATE TABLE cairn_run (run INTEGER PRIMARY KEY AUTOINCREMENT,"
            + " plan TEXT NOT NULL, plan_text TEXT NOT NULL, where_text TEXT, token TEXT NOT NULL,"
            + " target_table TEXT NOT NULL, schema_fingerprint TEXT NOT NULL,"
            + " approved_by TEXT NOT NULL, status TEXT NOT NULL, epoch INTEGER NOT NULL,"
            + " owner_pid INTEGER NOT NULL, owner_host TEXT NOT NULL, heartbeat_ms INTEGER NOT NULL,"
            + " started_ms INTEGER NOT NULL, seconds REAL NOT NULL DEFAULT 0, reason TEXT,"
            + " tool_version TEXT NOT NULL)",
        "CREATE TABLE cairn_lane (run INTEGER NOT NULL, lane INTEGER NOT NULL, value, bound,"
            + " mapping TEXT NOT NULL, source_rows INTEGER NOT NULL, expected_rows INTEGER NOT NULL,"
            + " done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (run, lane))",
        "CREATE TABLE cairn_checkpoint (run INTEGER NOT NULL, lane INTEGER NOT NULL,"
            + " batch INTEGER NOT NULL, epoch INTEGER NOT NULL, from_key, to_key,"
            + " at_ms INTEGER NOT NULL, source_rows INTEGER, wanted INTEGER, found INTEGER,"
            + " differing INTEGER, written INTEGER, expected INTEGER, inserted INTEGER,"
            + " identical INTEGER, kept INTEGER, replaced INTEGER, rejected INTEGER,"
            + " id_floor INTEGER, id_from INTEGER, id_to INTEGER, logged INTEGER,"
            + " PRIMARY KEY (run, lane, batch), CONSTRAINT conservation CHECK (expected IS NULL OR"
            + " coalesce(expected = inserted + identical + kept + replaced + rejected, 0)))",
        "INSERT INTO cairn_run (plan, plan_text, token, target_table, schema_fingerprint,"
            + " approved_by, status, epoch, owner_pid, owner_host, heartbeat_ms, started_ms,"
            + " tool_version) VALUES ('old', '', '', 't', '', 'apply', 'SUCCEEDED', 1, 1, 'h', 1, 1,"
            + " '1')",
        "INSERT INTO cairn_lane VALUES (1, 0, NULL, 3, '', 3, 3, 1)",
        "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, to_key, at_ms, source_rows, wanted,"
            + " written, expected, inserted, identical, kept, replaced, rejected)"
            + " VALUES (1, 0, 1, 1, 3, 1, 3, 3, 2, 3, 2, 1, 0, 0, 0)");
  }

  @Test
  void it_is_read_as_it_is() throws Exception {
    try (ChangeEngine engine = new ChangeEngine(file)) {
      assertThat(engine.journal().run(1).tally()).isEqualTo(new BatchTally(3, 2, 1, 0, 0, 0));
      assertThat(engine.journal().run(1).kind()).isEqualTo(RunKind.PLAN);
    }
    assertThat(file.number("SELECT format FROM cairn_journal")).isEqualTo(1);
  }

  @Test
  void the_next_run_brings_it_up_to_date() throws Exception {
    try (ChangeEngine engine = new ChangeEngine(file)) {
      engine.apply("UPDATE t SET v = v + 1 WHERE k > 1", Batching.STAGED, 1);
      assertThat(engine.journal().run(1).tally()).isEqualTo(new BatchTally(3, 2, 1, 0, 0, 0));
      assertThat(engine.journal().run(2).tally().updated()).isEqualTo(2);
    }
    assertThat(file.rows("SELECT format FROM cairn_journal")).containsExactly(List.of(2L));
    assertThat(file.rows("SELECT v FROM t")).containsExactly(List.of(1L), List.of(3L), List.of(4L));
  }

  @Test
  void a_later_format_is_never_a_fresh_start() throws Exception {
    file.run("UPDATE cairn_journal SET format = 3");
    try (ChangeEngine engine = new ChangeEngine(file)) {
      assertThatThrownBy(() -> engine.apply("UPDATE t SET v = 0", Batching.STAGED, 1))
          .isInstanceOfSatisfying(
              CairnException.class, error -> assertThat(error.exit()).isEqualTo(ExitCode.DRIFT));
    }
    assertThat(file.number("SELECT count(*) FROM t WHERE v = 0")).isZero();
  }
}
