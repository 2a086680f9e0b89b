package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.StopSignal;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** Others beside a run on PostgreSQL: who waits for it, for whom it waits, and who falls behind. */
class PostgresqlNeighboursTest {
  private LanesCase work;
  private Connection other;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicLong batches = new AtomicLong();

  @BeforeEach
  void start() throws SQLException {
    work = new LanesCase(new Random(8));
    other = PostgresqlServer.connect(work.url());
    other.setAutoCommit(false);
  }

  @AfterEach
  void stop() throws SQLException {
    other.close();
    work.close();
  }

  /** Nobody is kept waiting behind a batch that waits itself, and a person reads for whom. */
  @Test
  void a_lock_is_waited_for_in_short_goes_and_its_holder_is_named() throws Exception {
    work.fill(2, 60);
    Run run = work.engine().start(work.engine().measure());
    execute("LOCK TABLE t IN EXCLUSIVE MODE");
    Thread runner = run(run, 2, 20, BatchSettings.USUAL_LAG);
    await().until(() -> !said.isEmpty());
    assertThat(said.get(0)).contains("waiting for a lock held by PID ", "LOCK TABLE t");
    long longest = 0;
    for (int i = 0; i < 20; i++) {
      Thread.sleep(100);
      longest =
          Math.max(
              longest,
              Long.parseLong(
                  work.rows(
                          "SELECT coalesce(max(extract(epoch FROM now() - waitstart) * 1000), 0)::bigint"
                              + " FROM pg_locks WHERE NOT granted AND relation = 't'::regclass")
                      .get(0)));
    }
    assertThat(longest).isBetween(1L, 1_900L);
    other.rollback();
    runner.join();
    work.isTheOneStatement();
  }

  @Test
  void a_lock_that_stays_ends_the_run_resumably_and_names_its_holder() throws Exception {
    work.fill(2, 30);
    try (Engine impatient = LanesCase.open(work.url(), 300)) {
      Run run = impatient.start(impatient.measure());
      execute("LOCK TABLE t IN EXCLUSIVE MODE");
      CairnException busy =
          catchThrowableOfType(
              CairnException.class,
              () ->
                  impatient.work(
                      run, settings(1, 10, Duration.ofSeconds(10)), listener(), StopSignal.NEVER));
      assertThat(busy.exit()).isEqualTo(ExitCode.STOPPED);
      assertThat(busy.getMessage()).contains("the lock was held by PID ", "LOCK TABLE t");
      other.rollback();
      Run again = impatient.takeOver(impatient.journal().run(run.id()));
      impatient.work(again, settings(2, 10, Duration.ofSeconds(10)), listener(), StopSignal.NEVER);
    }
    work.isTheOneStatement();
  }

  /** Whoever ends a run may rely on it: what its lanes have in hand is waited for. */
  @Test
  void an_abandoned_run_commits_nothing_more() throws Exception {
    work.fill(2, 60);
    Run run = work.engine().start(work.engine().measure());
    work.sql("DELETE FROM t WHERE k <= 4");
    // Behind their fences, before their commits: the lanes wait for rows that another writes.
    execute("INSERT INTO t (g, k) SELECT g, k FROM groups, generate_series(1, 4) AS k");
    Thread runner = run(run, 2, 10, BatchSettings.USUAL_LAG);
    await().until(() -> waiting() == 2);
    try (LanesCase second = work.beside()) {
      Run now = second.engine().journal().run(run.id());
      AtomicBoolean abandoned = new AtomicBoolean();
      Thread ending =
          new Thread(
              () -> {
                second.engine().journal().change(now, RunStatus.ABANDONED, "a test");
                abandoned.set(true);
              });
      ending.start();
      await().until(() -> waiting() == 3 || abandoned.get());
      assertThat(abandoned).isFalse();
      other.rollback();
      ending.join();
      List<String> left = work.rows("SELECT lane, batch FROM cairn_checkpoint ORDER BY 1, 2");
      runner.join();
      assertThat(work.rows("SELECT lane, batch FROM cairn_checkpoint ORDER BY 1, 2"))
          .isEqualTo(left);
      assertThat(work.rows("SELECT status FROM cairn_run")).containsExactly("ABANDONED");
    }
  }

  private long waiting() throws SQLException {
    return Long.parseLong(
        work.rows(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND wait_event_type = 'Lock'")
            .get(0));
  }

  /** A standby that says it is 3 s behind; it gets the log and applies nothing. */
  @Test
  void batches_wait_for_a_replica_that_falls_behind() throws Exception {
    work.fill(2, 80);
    Run run = work.engine().start(work.engine().measure());
    Properties properties = new Properties();
    properties.setProperty("replication", "true");
    properties.setProperty("assumeMinServerVersion", "10");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("user", "postgres");
    properties.setProperty("ApplicationName", "slowpoke");
    Thread runner;
    String place = work.url().replaceAll(".*@", "");
    try (Connection standby =
        DriverManager.getConnection("jdbc:postgresql://" + place, properties)) {
      PGReplicationStream log =
          standby
              .unwrap(PGConnection.class)
              .getReplicationAPI()
              .replicationStream()
              .physical()
              .withStatusInterval(50, java.util.concurrent.TimeUnit.MILLISECONDS)
              .withStartPosition(
                  org.postgresql.replication.LogSequenceNumber.valueOf(
                      work.rows("SELECT pg_current_wal_lsn()").get(0)))
              .start();
      Slowpoke slowpoke = new Slowpoke(log);
      slowpoke.start();
      await()
          .until(
              () -> {
                work.sql("CREATE TABLE IF NOT EXISTS wal (i integer)");
                work.sql("INSERT INTO wal VALUES (1)");
                return work.rows(
                        "SELECT 1 FROM pg_stat_replication WHERE application_name = 'slowpoke'"
                            + " AND replay_lag > '1 s'")
                    .equals(List.of("1"));
              });
      runner = run(run, 2, 10, Duration.ofSeconds(1));
      await().until(() -> said.stream().anyMatch(words -> words.contains("slowpoke")));
      long before = batches.get();
      Thread.sleep(1_000);
      assertThat(batches.get() - before).isLessThanOrEqualTo(2);
      slowpoke.goAway();
      slowpoke.join();
    }
    runner.join(); // the replica is gone, and nobody waits for it
    work.isTheOneStatement();
  }

  /** Reads the log at once and says that it applies it 2 s later. */
  private static final class Slowpoke extends Thread {
    private final PGReplicationStream log;
    private volatile boolean gone;

    Slowpoke(PGReplicationStream log) {
      this.log = log;
    }

    void goAway() {
      gone = true;
    }

    @Override
    public void run() {
      try {
        java.util.ArrayDeque<Object[]> got = new java.util.ArrayDeque<>();
        while (!gone) {
          ByteBuffer some = log.readPending();
          if (some != null) {
            got.add(new Object[] {System.nanoTime(), log.getLastReceiveLSN()});
          }
          while (!got.isEmpty() && System.nanoTime() - (Long) got.peek()[0] > 2_000_000_000L) {
            log.setAppliedLSN((org.postgresql.replication.LogSequenceNumber) got.poll()[1]);
          }
          log.setFlushedLSN(log.getLastReceiveLSN());
          log.forceUpdateStatus();
          Thread.sleep(20);
        }
        log.close();
      } catch (SQLException | InterruptedException ended) {
        return;
      }
    }
  }

  private Thread run(Run run, int lanes, long batchRows, Duration mostLag) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.engine()
                    .work(run, settings(lanes, batchRows, mostLag), listener(), StopSignal.NEVER);
              } catch (CairnException stopped) {
                said.add(stopped.getMessage());
              }
            });
    thread.start();
    return thread;
  }

  private Engine.OnCommit listener() {
    return new Engine.OnCommit() {
      @Override
      public void committed(int lane, long batch, long sourceRows, BatchTally tally) {
        batches.incrementAndGet();
      }

      @Override
      public void says(String message) {
        said.add(message);
      }
    };
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private static BatchSettings settings(int lanes, long batchRows, Duration mostLag) {
    return new BatchSettings(Pace.FULL, OptionalLong.of(batchRows), false, lanes, mostLag);
  }
}
