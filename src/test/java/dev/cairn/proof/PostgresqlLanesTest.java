package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.StopSignal;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import java.sql.Connection;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Lanes side by side on PostgreSQL: whatever the rows, the number of lanes and the interruptions,
 * what comes out is what one statement gives, and each batch is there once.
 */
class PostgresqlLanesTest {
  private static final int ROUNDS = 8;

  @Test
  void random_migrations_in_many_lanes_are_the_one_statement() throws Exception {
    Random random = seeded();
    int interrupted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (LanesCase migration = new LanesCase(random)) {
        migration.fill();
        Run run = migration.engine().start(migration.engine().measure());
        int tries = 0;
        while (run.status() != RunStatus.SUCCEEDED) {
          AtomicInteger left = new AtomicInteger(random.nextInt(12));
          boolean toTheEnd = random.nextInt(3) == 0 || tries++ > 4;
          StopSignal stop = () -> !toTheEnd && left.decrementAndGet() < 0;
          try {
            run = migration.work(run, 2 + random.nextInt(3), 1 + random.nextInt(60), stop);
          } catch (CairnException stopped) {
            assertThat(stopped.code()).isEqualTo("interrupted");
            interrupted++;
            run = migration.engine().takeOver(migration.engine().journal().run(run.id()));
          }
        }
        migration.isTheOneStatement();
      }
    }
    assertThat(interrupted).isPositive();
  }

  /**
   * Both are seen in their batches at one moment: each waits for a row that another client holds.
   */
  @Test
  void lanes_are_at_work_at_the_same_time() throws Exception {
    try (LanesCase migration = new LanesCase(new Random(3));
        Connection holder = PostgresqlServer.connect(migration.url());
        Statement held = holder.createStatement()) {
      migration.fill(4, 50);
      Run run = migration.engine().start(migration.engine().measure());
      holder.setAutoCommit(false);
      held.execute(
          "INSERT INTO t (g, k) VALUES (1, 1), (2, 1), (1, 2), (2, 2)" + " ON CONFLICT DO NOTHING");
      Thread work = new Thread(() -> migration.work(run, 2, 10, StopSignal.NEVER));
      work.start();
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          migration.rows(
                              "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                  + " current_database() AND application_name = 'cairn'"
                                  + " AND wait_event_type = 'Lock'"))
                      .containsExactly("2"));
      holder.rollback();
      work.join();
      migration.isTheOneStatement();
    }
  }

  @Test
  void a_lane_that_fails_stops_the_others_at_their_edge() throws Exception {
    try (LanesCase migration = new LanesCase(new Random(4))) {
      migration.fill(4, 80);
      migration.sql("ALTER TABLE t ADD CHECK (g <> 3 OR k <> 41)");
      migration.sql("DELETE FROM t WHERE g = 3 AND k = 41");
      Run run = migration.engine().start(migration.engine().measure());
      assertThatThrownBy(() -> migration.work(run, 3, 5, StopSignal.NEVER))
          .isInstanceOfSatisfying(
              CairnException.class, failed -> assertThat(failed.code()).isEqualTo("poison-row"));
      Run failed = migration.engine().journal().run(run.id());
      assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
      migration.sql("ALTER TABLE t DROP CONSTRAINT t_check");
      Run again = migration.engine().takeOver(failed);
      migration.work(again, 2, 7, StopSignal.NEVER);
      migration.isTheOneStatement();
    }
  }

  /** Whoever takes a run over has it alone: no batch of its lanes is half done then. */
  @Test
  void a_run_that_another_takes_over_is_gone_on_with_by_that_one_alone() throws Exception {
    Random random = seeded();
    for (int round = 0; round < 3; round++) {
      try (LanesCase migration = new LanesCase(random)) {
        migration.fill(4, 150);
        Run run = migration.engine().start(migration.engine().measure());
        CountDownLatch begun = new CountDownLatch(1 + random.nextInt(6));
        CairnException[] first = new CairnException[1];
        Thread sleeper =
            new Thread(
                () -> {
                  try {
                    migration.work(run, 3, 5, (l, b, s, tally) -> begun.countDown());
                  } catch (CairnException lost) {
                    first[0] = lost;
                  }
                });
        sleeper.start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        try (LanesCase other = migration.beside()) {
          Run ours = other.engine().takeOver(other.engine().journal().run(run.id()));
          other.work(ours, 2, 20, StopSignal.NEVER);
        }
        sleeper.join();
        assertThat(first[0]).isNotNull();
        assertThat(first[0].exit()).isEqualTo(ExitCode.STOPPED);
        assertThat(first[0].code()).isIn("taken-over", "fenced");
        migration.isTheOneStatement();
      }
    }
  }

  /** Two lanes that could write one key: what stands would hang on who came first. */
  @Test
  void lanes_that_may_meet_run_one_after_another() throws Exception {
    try (LanesCase migration = new LanesCase(new Random(5))) {
      migration.fill(3, 30);
      migration.sql("CREATE UNIQUE INDEX one ON t (k, (g + 0))");
      Run run = migration.engine().start(migration.engine().measure());
      int[] lane = {0};
      migration.work(
          run,
          3,
          7,
          (number, batch, rows, tally) -> {
            assertThat(number).isGreaterThanOrEqualTo(lane[0]);
            lane[0] = number;
          });
      migration.isTheOneStatement();
    }
  }

  static BatchSettings settings(int lanes, long batchRows) {
    return new BatchSettings(
        Pace.FULL, OptionalLong.of(batchRows), false, lanes, BatchSettings.USUAL_LAG);
  }

  private static Random seeded() {
    long seed = Long.getLong("cairn.seed", System.nanoTime());
    System.out.printf("lanes: seed %d (-Dcairn.seed=%d)%n", seed, seed);
    return new Random(seed);
  }
}
