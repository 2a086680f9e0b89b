package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Measured;
import dev.cairn.verify.Verification;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stops a batch that must not commit, and what is left when one stopped. */
class FencesTest {
  private static final String PLAN =
      """
      cairn: 1
      name: copy
      source: { table: src, cursor: id }
      target: { table: dst, key: [id] }
      on_conflict: %s
      columns: { id: id, v: v }
      """;

  @TempDir Path folder;
  private SqliteFile database;

  @BeforeEach
  void twenty_rows() throws SQLException {
    database = new SqliteFile(folder.resolve("small.db"));
    database.run(
        "CREATE TABLE src (id INTEGER PRIMARY KEY, v INTEGER)",
        "CREATE TABLE dst (id INTEGER PRIMARY KEY, v INTEGER CHECK (v < 100))",
        "INSERT INTO src SELECT n, n * 2 FROM (WITH RECURSIVE c (n) AS"
            + " (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20) SELECT n FROM c)");
  }

  /** The next batch's key is still free: it is the epoch alone that stops the sleeper. */
  @Test
  void a_sleeper_whose_run_was_taken_over_commits_nothing_more() {
    try (Engine sleeper = engine("keep");
        Engine other = engine("keep")) {
      Run slept = sleeper.start(sleeper.measure());
      CairnException stopped =
          whileAsleep(sleeper, slept, () -> other.takeOver(other.journal().run(slept.id())));
      assertThat(stopped.code()).isEqualTo("taken-over");
      assertThat(stopped.exit()).isEqualTo(ExitCode.STOPPED);
      Run taken = other.journal().run(slept.id());
      assertThat(taken.status()).isEqualTo(RunStatus.RUNNING);
      assertThat(taken.batches()).isEqualTo(2);
      assertThat(other.work(taken, 3, () -> false).tally().inserted()).isEqualTo(20);
    }
  }

  @Test
  void a_run_that_was_asked_to_stop_stops_at_the_batch_edge() {
    try (Engine engine = engine("keep")) {
      Run run = engine.start(engine.measure());
      CairnException stopped =
          whileAsleep(
              engine,
              run,
              () -> engine.journal().change(engine.journal().run(run.id()), RunStatus.PAUSED, ""));
      assertThat(stopped.code()).isEqualTo("stop-requested");
      assertThat(stopped.exit()).isEqualTo(ExitCode.STOPPED);
      assertThat(engine.journal().run(run.id()).batches()).isEqualTo(2);
      assertThat(engine.journal().run(run.id()).status()).isEqualTo(RunStatus.PAUSED);
    }
  }

  @Test
  void two_that_hold_the_same_run_in_the_same_epoch_do_each_batch_once() throws Exception {
    try (Engine one = engine("keep");
        Engine two = engine("keep")) {
      Run run = one.start(one.measure());
      int[] batches = {0};
      CairnException stopped =
          refused(
              () ->
                  one.work(
                      run,
                      3,
                      (lane, batch, rows, tally) -> {
                        if (++batches[0] == 3) {
                          stopAfter(two, two.journal().run(run.id()), 1);
                        }
                      },
                      () -> false));
      // The other one ended the run's work as well: what stops the first is the status or the key.
      assertThat(stopped.exit()).isIn(ExitCode.STOPPED, ExitCode.DRIFT);
      Run rest = one.takeOver(one.journal().run(run.id()));
      one.work(rest, 3, () -> false);
      Ledger.addsUp(database, run.id());
      assertThat(Ledger.sum(database, run.id(), "inserted")).isEqualTo(20);
    }
  }

  @Test
  void an_abandoned_run_gets_no_further_batch_and_no_resume() {
    try (Engine engine = engine("keep")) {
      Run run = engine.start(engine.measure());
      CairnException stopped =
          whileAsleep(
              engine,
              run,
              () ->
                  engine.journal().change(engine.journal().run(run.id()), RunStatus.ABANDONED, ""));
      assertThat(stopped.code()).isEqualTo("run-ended");
      assertThat(stopped.exit()).isEqualTo(ExitCode.DRIFT);
      assertThatThrownBy(() -> engine.takeOver(engine.journal().run(run.id())))
          .isInstanceOf(CairnException.class);
      BatchTally again = engine.apply(3).tally();
      assertThat(List.of(again.inserted(), again.identical())).containsExactly(14L, 6L);
    }
  }

  @Test
  void a_poison_row_is_named_and_the_rows_before_it_stay() throws SQLException {
    database.run("UPDATE src SET v = 100 WHERE id = 13");
    try (Engine engine = engine("keep")) {
      Run run = engine.start(engine.measure());
      CairnException stopped = refused(() -> engine.work(run, 8, () -> false));
      assertThat(stopped.code()).isEqualTo("poison-row");
      assertThat(stopped.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(stopped).hasMessageContaining("id = 13");
      assertThat(database.number("SELECT count(*) FROM dst")).isEqualTo(12);
      assertThat(database.number("SELECT max(id) FROM dst")).isEqualTo(12);
      database.run("UPDATE src SET v = 99 WHERE id = 13");
      Run rest = engine.takeOver(engine.journal().run(run.id()));
      engine.work(rest, 8, () -> false);
      Ledger.addsUp(database, run.id());
      assertThat(database.rows("SELECT * FROM src EXCEPT SELECT * FROM dst")).isEmpty();
    }
  }

  @Test
  void under_stop_a_row_with_other_values_ends_the_run_before_its_batch() throws SQLException {
    database.run("INSERT INTO dst VALUES (2, 4), (12, 5)");
    try (Engine engine = engine("stop")) {
      Run run = engine.start(engine.measure());
      CairnException stopped = refused(() -> engine.work(run, 5, () -> false));
      assertThat(stopped.code()).isEqualTo("conflict");
      assertThat(stopped.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(database.number("SELECT count(*) FROM dst WHERE id <= 10")).isEqualTo(10);
      assertThat(database.rows("SELECT * FROM dst WHERE id > 10"))
          .containsExactly(List.of(12L, 5L));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "5, ''", "1, WITHOUT ROWID", "5, WITHOUT ROWID"})
  void two_source_rows_for_one_key_are_counted_never_lost(int batchRows, String kind)
      throws SQLException {
    database.run(
        "CREATE TABLE named (name TEXT PRIMARY KEY, v INTEGER) " + kind,
        "ALTER TABLE src ADD COLUMN name TEXT",
        "UPDATE src SET name = 'n' || id",
        "UPDATE src SET name = 'n1', v = 2 WHERE id = 2",
        "UPDATE src SET name = 'n3', v = 7 WHERE id IN (4, 9)");
    String plan =
        """
        cairn: 1
        name: named
        source: { table: src, cursor: id }
        target: { table: named, key: [name] }
        columns: { name: name, v: v }
        """;
    try (Engine engine = new Engine(database, plan)) {
      Run run = engine.apply(batchRows);
      assertThat(run.tally()).isEqualTo(new BatchTally(20, 17, 1, 2, 0, 0));
      assertThat(database.rows("SELECT v FROM named WHERE name IN ('n1', 'n3') ORDER BY name"))
          .containsExactly(List.of(2L), List.of(6L));
      // Their values are in no row of the target, and the plan wrote the row that has their key.
      assertThat(engine.verify()).isInstanceOf(Verification.Mismatch.class);
      assertThat(engine.measure().findings())
          .anyMatch(finding -> finding.check().equals("duplicate-key"));
    }
  }

  @Test
  void late_rows_are_found_by_verify_and_taken_by_the_next_apply() throws SQLException {
    database.run("DELETE FROM src WHERE id = 7");
    try (Engine engine = engine("keep")) {
      Measured planned = engine.measure();
      database.run("INSERT INTO src VALUES (30, 1)"); // above the bound: the next plan's
      assertThat(engine.work(engine.start(planned), 4, () -> false).tally().inserted())
          .isEqualTo(19);
      database.run("INSERT INTO src VALUES (7, 14)"); // below the watermark
      Verification found = engine.verify();
      assertThat(found).isInstanceOf(Verification.Mismatch.class);
      assertThat(found.checks().get(0).missing()).isEqualTo(2);
      BatchTally next = engine.apply(4).tally();
      assertThat(List.of(next.inserted(), next.identical())).containsExactly(2L, 19L);
      assertThat(engine.verify()).isInstanceOf(Verification.Verified.class);
    }
  }

  @Test
  void a_schema_that_changed_since_is_drift_and_abandon_is_the_way_out() throws Exception {
    try (Engine engine = engine("keep")) {
      stopAfter(engine, engine.start(engine.measure()), 2);
    }
    database.run("ALTER TABLE dst ADD COLUMN w TEXT DEFAULT 'x'");
    cairn(4, "resume", "schema");
    cairn(4, "resume 1", "abandon");
    cairn(0, "abandon 1", "");
    cairn(0, "resume", "");
    assertThat(database.number("SELECT count(*) FROM dst")).isEqualTo(6);
  }

  @Test
  void a_journal_of_another_format_is_never_taken_for_none() throws Exception {
    try (Engine engine = engine("keep")) {
      stopAfter(engine, engine.start(engine.measure()), 2);
    }
    database.run("UPDATE cairn_journal SET format = 99");
    cairn(4, "resume", "format");
    cairn(4, "runs", "format");
    assertThat(database.number("SELECT count(*) FROM cairn_run")).isEqualTo(1);
  }

  private void cairn(int exit, String line, String said) throws Exception {
    try (CairnChild child = CairnChild.run(folder, "small.db", "-c", line)) {
      assertThat(child.await()).describedAs(child.out() + child.err()).isEqualTo(exit);
      assertThat(child.err()).contains(said);
    }
  }

  private Engine engine(String policy) {
    return new Engine(database, PLAN.formatted(policy));
  }

  private static void stopAfter(Engine engine, Run run, int batches) {
    int[] left = {batches};
    CairnException stopped =
        refused(
            () -> engine.work(run, 3, (lane, batch, rows, tally) -> left[0]--, () -> left[0] <= 0));
    assertThat(stopped.code()).isEqualTo("interrupted");
  }

  /** What stops a run to which this happens between its second batch and its third. */
  private static CairnException whileAsleep(Engine engine, Run run, Runnable meanwhile) {
    return refused(
        () ->
            engine.work(
                run,
                3,
                (lane, batch, rows, tally) -> {
                  if (batch == 2) {
                    meanwhile.run();
                  }
                },
                () -> false));
  }

  private static CairnException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(CairnException.class, work);
  }
}
