package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.StopSignal;
import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeRows;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change in batches is the change that its statement would have been. */
class ChangePlansTest {
  private static final String ADD = "UPDATE t SET x = x + 1, y = NULL WHERE b % 3 <> 0";

  @TempDir Path folder;
  private SqliteFile file;
  private SqliteFile copy;

  @BeforeEach
  void three_hundred_rows_with_a_composite_key() throws Exception {
    file = new SqliteFile(folder.resolve("t.db"));
    file.run(
        "CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, x INTEGER, y REAL, z TEXT,"
            + " PRIMARY KEY (a, b))",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
            + " INSERT INTO t SELECT i % 4, i, i * 10, i / 2.0, 'z' || i FROM n");
    copy = file.copyTo(folder.resolve("copy.db"));
  }

  @ParameterizedTest
  @EnumSource
  void gives_what_the_statement_gives(Batching batching) throws Exception {
    copy.run(ADD);
    try (ChangeEngine engine = new ChangeEngine(file)) {
      Run run = engine.apply(ADD, batching, 17);
      assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(run.tally().updated()).isEqualTo(200);
      assertThat(run.tally().expected()).isEqualTo(200);
    }
    assertThat(file.content("t")).isEqualTo(copy.content("t"));
  }

  @ParameterizedTest
  @EnumSource
  void deletes_what_the_statement_deletes(Batching batching) throws Exception {
    String delete = "DELETE FROM t WHERE x % 20 = 0 AND z IS NOT NULL";
    copy.run(delete);
    try (ChangeEngine engine = new ChangeEngine(file)) {
      Run run = engine.apply(delete, batching, 17);
      assertThat(run.tally().deleted()).isEqualTo(150);
    }
    assertThat(file.content("t")).isEqualTo(copy.content("t"));
  }

  @ParameterizedTest
  @EnumSource
  void stopped_at_every_batch_edge_it_adds_once(Batching batching) throws Exception {
    copy.run(ADD);
    int stops = 0;
    try (ChangeEngine engine = new ChangeEngine(file)) {
      Run run = engine.start(ADD, batching);
      while (true) {
        AtomicInteger batches = new AtomicInteger();
        BatchListener counts =
            new BatchListener() {
              @Override
              public void committed(
                  int lane, long batch, long rows, dev.cairn.journal.BatchTally tally) {
                batches.incrementAndGet();
              }
            };
        StopSignal afterOne = () -> batches.get() > 0;
        try {
          engine.work(ADD, run, 17, counts, afterOne);
          break;
        } catch (CairnException stopped) {
          assertThat(stopped.code()).isEqualTo("interrupted");
          stops++;
          run = engine.takeOver(engine.journal().run(run.id()));
        }
      }
    }
    assertThat(stops).isGreaterThan(batching == Batching.WHOLE ? 0 : 9);
    assertThat(file.content("t")).isEqualTo(copy.content("t"));
  }

  @Test
  void a_row_changed_since_it_was_written_down_is_kept() throws Exception {
    try (ChangeEngine engine = new ChangeEngine(file)) {
      Run run = engine.start(ADD, Batching.STAGED);
      BatchListener somebodyElse =
          new BatchListener() {
            @Override
            public void committed(
                int lane, long batch, long rows, dev.cairn.journal.BatchTally tally) {
              if (batch == 1) {
                write("UPDATE t SET x = -1 WHERE b = 4");
                write("UPDATE t SET z = 'unread' WHERE b = 5");
                write("DELETE FROM t WHERE b = 7");
              }
            }
          };
      Run done = engine.work(ADD, run, 17, somebodyElse, StopSignal.NEVER);
      assertThat(done.tally().kept()).isEqualTo(2);
      assertThat(done.tally().updated()).isEqualTo(198);
    }
    assertThat(file.rows("SELECT x, y FROM t WHERE b = 4")).containsExactly(List.of(-1L, 2.0));
    assertThat(file.rows("SELECT b FROM cairn_undo_t WHERE cairn_kind = 'kept' ORDER BY b"))
        .containsExactly(List.of(4L), List.of(7L));
  }

  @Test
  void a_sleeper_whose_run_was_taken_over_changes_nothing() throws Exception {
    copy.run(ADD);
    try (ChangeEngine sleeper = new ChangeEngine(file);
        ChangeEngine other = new ChangeEngine(file)) {
      Run run = sleeper.start(ADD, Batching.STAGED);
      BatchListener taker =
          new BatchListener() {
            @Override
            public void committed(
                int lane, long batch, long rows, dev.cairn.journal.BatchTally tally) {
              if (batch == 4) {
                Run taken = other.takeOver(other.journal().run(run.id()));
                other.work(ADD, taken, 17, BatchListener.NONE, StopSignal.NEVER);
              }
            }
          };
      assertThatThrownBy(() -> sleeper.work(ADD, run, 17, taker, StopSignal.NEVER))
          .isInstanceOf(CairnException.class)
          .hasMessageContaining("taken over");
      assertThat(other.journal().run(run.id()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
    assertThat(file.content("t")).isEqualTo(copy.content("t"));
  }

  @Test
  void a_second_run_of_the_same_plan_does_not_begin() {
    try (ChangeEngine one = new ChangeEngine(file);
        ChangeEngine other = new ChangeEngine(file)) {
      one.start(ADD, Batching.STAGED);
      assertThatThrownBy(() -> other.start(ADD, Batching.STAGED))
          .isInstanceOf(CairnException.class)
          .hasMessageContaining("belongs to process");
    }
  }

  @Test
  void a_row_that_is_refused_is_named_and_the_rows_before_it_stay() throws Exception {
    file.run("CREATE UNIQUE INDEX one_x ON t (x) WHERE x > 5000");
    String bad = "UPDATE t SET x = CASE WHEN b > 297 THEN 9999 ELSE x + 1 END";
    for (Batching batching : List.of(Batching.STAGED, Batching.BY_RANGE)) {
      SqliteFile one = file.copyTo(folder.resolve(batching + ".db"));
      try (ChangeEngine engine = new ChangeEngine(one)) {
        assertThatThrownBy(() -> engine.apply(bad, batching, 17))
            .isInstanceOf(CairnException.class)
            .hasMessageContaining("was refused");
        assertThat(engine.journal().run(1).status()).isEqualTo(RunStatus.FAILED);
      }
      assertThat(one.number("SELECT count(*) FROM t WHERE x = 9999")).isEqualTo(1);
      assertThat(one.number("SELECT count(*) FROM t WHERE x <> b * 10")).isGreaterThan(200);
    }
  }

  @Test
  void the_same_keys_with_other_values_are_no_longer_what_was_planned() throws Exception {
    try (ChangeEngine engine = new ChangeEngine(file)) {
      var planned = engine.measure(ADD).token();
      assertThat(engine.measure(ADD).token()).isEqualTo(planned);
      file.run("UPDATE t SET z = 'not read' WHERE b = 4");
      assertThat(engine.measure(ADD).token()).isEqualTo(planned);
      file.run("UPDATE t SET x = 0 WHERE b = 4");
      assertThat(engine.measure(ADD).token()).isNotEqualTo(planned);
    }
  }

  @Test
  void what_a_change_reads_decides_how_it_is_cut() throws Exception {
    file.run("CREATE TABLE o (k INTEGER PRIMARY KEY, v)");
    file.run("CREATE TABLE audited (k INTEGER PRIMARY KEY, v)");
    file.run(
        "CREATE TRIGGER writes AFTER UPDATE ON audited BEGIN INSERT INTO o (v) VALUES (new.v); END");
    try (ChangeEngine engine = new ChangeEngine(file)) {
      assertThat(engine.step(ADD).batching()).isEqualTo(Batching.BY_RANGE);
      assertThat(batching(engine, "UPDATE t SET x = 1 WHERE b IN (SELECT k FROM o)"))
          .isEqualTo(Batching.BY_RANGE);
      assertThat(batching(engine, "UPDATE t SET x = t.x + 1 WHERE t.a = 1"))
          .isEqualTo(Batching.BY_RANGE);
      assertThat(batching(engine, "DELETE FROM t WHERE (SELECT count(*) FROM t) > 50"))
          .isEqualTo(Batching.STAGED);
      assertThat(batching(engine, "UPDATE t SET x = 1 WHERE a = 1 ORDER BY b LIMIT 2"))
          .isEqualTo(Batching.STAGED);
      assertThat(batching(engine, "UPDATE t SET x = random() WHERE a = 1"))
          .isEqualTo(Batching.STAGED);
      assertThat(batching(engine, "UPDATE t SET b = b + 1 WHERE a = 1")).isEqualTo(Batching.WHOLE);
      assertThat(batching(engine, "UPDATE OR REPLACE t SET x = 1 WHERE a = 1"))
          .isEqualTo(Batching.WHOLE);
      ChangeRows triggered = engine.step("UPDATE audited SET v = 1 WHERE k = 1");
      assertThat(triggered.batching()).isEqualTo(Batching.WHOLE);
      assertThat(triggered.alsoTouched()).extracting(each -> each.table().name()).contains("o");
    }
  }

  private static Batching batching(ChangeEngine engine, String sql) {
    return engine.step(sql).batching();
  }

  private void write(String sql) {
    try {
      file.run(sql);
    } catch (java.sql.SQLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
