package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.StopSignal;
import dev.cairn.database.Database;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Batching;
import dev.cairn.proof.PostgresqlProxy.Fault;
import dev.cairn.proof.PostgresqlProxy.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A PostgreSQL server whose backends are ended, crash, or deadlock, and a way to it on which lines
 * break around COMMIT: whatever happens, what is there in the end is what an undisturbed run gives,
 * each row once, and the journal adds up.
 */
class PostgresqlFaultRoundsTest {
  private static final int MOST_TRIES = 60;
  private static final String CHANGE = "UPDATE c SET x = x + 1 WHERE x >= 0";

  private final Map<Kind, Integer> met = new EnumMap<>(Kind.class);

  @Test
  void lines_break_around_commit() throws Exception {
    linesBreak(12, seeded("lines"));
    assertThat(met.keySet()).contains(Kind.CUT_BEFORE, Kind.CUT_AFTER, Kind.LATE, Kind.SLOW);
  }

  /** Made twice to a row, it would show. */
  @Test
  void a_change_is_made_once_whatever_the_line_does() throws Exception {
    Random random = seeded("change");
    for (int round = 0; round < 6; round++) {
      String url = PostgresqlServer.get().database();
      PostgresqlServer.run(
          url,
          "CREATE TABLE c (a integer PRIMARY KEY, x integer NOT NULL);"
              + " INSERT INTO c SELECT i, i * 3 FROM generate_series(1, 240) AS i");
      try (PostgresqlProxy proxy = PostgresqlProxy.before(url, () -> fault(random))) {
        toTheEnd(proxy.url(url), database -> change(database, 10 + random.nextInt(30)));
      }
      PostgresqlServer.run(
          url,
          "DO 'BEGIN ASSERT (SELECT count(*) = 240 AND bool_and(x = a * 3 + 1) FROM c);"
              + " ASSERT (SELECT sum(updated) = 240 FROM cairn_checkpoint); END'");
    }
  }

  @Test
  void backends_are_ended_and_statements_cancelled() throws Exception {
    backendsAreEnded(5, seeded("ended"));
  }

  @Test
  void others_deadlock_with_the_lanes() throws Exception {
    Random random = seeded("deadlocks");
    for (int round = 0; round < 2; round++) {
      try (LanesCase work = new LanesCase(random)) {
        work.fill(3, 60);
        work.sql("ALTER DATABASE " + name(work) + " SET deadlock_timeout = '20ms'");
        try (Beside crossing = new Beside(() -> cross(work))) {
          await().until(() -> crossing.done() > 0);
          toTheEnd(work.url(), random);
        }
        work.isTheOneStatement();
      }
    }
  }

  /** The server takes all its backends down with the one that is killed, and recovers. */
  @SuppressWarnings("try") // who crashes it only has to be ended
  @Test
  void the_server_crashes_and_recovers() throws Exception {
    Random random = seeded("crashes");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("synchronous_commit", "on") // as servers have it that may crash
            .start()) {
      String base = "postgresql://postgres@127.0.0.1:" + server.getPort() + "/";
      AtomicInteger crashes = new AtomicInteger();
      // A quick machine may be done before anything crashes.
      for (int round = 0; round < 2 || (crashes.get() == 0 && round < 12); round++) {
        PostgresqlServer.run(base + "postgres", "CREATE DATABASE c" + round);
        LanesCase work = new LanesCase(random, base + "c" + round);
        work.fill(3, 60);
        try (Beside killer = new Beside(() -> crash(work.url(), random, crashes))) {
          toTheEnd(work.url(), random);
        }
        await().ignoreExceptions().until(() -> answers(work.url()));
        try (LanesCase after = work.beside()) {
          after.isTheOneStatement();
        }
      }
      assertThat(crashes.get()).isPositive();
    }
  }

  @Tag("longRounds")
  @Test
  void for_very_many_rounds() throws Exception {
    Random random = seeded("long");
    linesBreak(150, random);
    backendsAreEnded(80, random);
  }

  /** The answer to a COMMIT never comes: the line's own limit ends the wait. */
  @Tag("longRounds")
  @Test
  void an_answer_is_withheld() throws Exception {
    Random random = seeded("held");
    AtomicBoolean once = new AtomicBoolean(true);
    try (LanesCase work = new LanesCase(random)) {
      work.fill(3, 60);
      try (PostgresqlProxy proxy =
          PostgresqlProxy.before(
              work.url(),
              () ->
                  random.nextInt(6) == 0 && once.getAndSet(false)
                      ? new Fault(Kind.HELD, 0)
                      : Fault.NONE)) {
        toTheEnd(proxy.url(work.url()), random);
      }
      assertThat(once).isFalse();
      work.isTheOneStatement();
    }
  }

  private void linesBreak(int rounds, Random random) throws Exception {
    for (int round = 0; round < rounds; round++) {
      try (LanesCase work = new LanesCase(random)) {
        work.fill(2 + random.nextInt(2), 30 + random.nextInt(50));
        try (PostgresqlProxy proxy = PostgresqlProxy.before(work.url(), () -> fault(random))) {
          toTheEnd(proxy.url(work.url()), random);
        }
        work.isTheOneStatement();
      }
    }
    System.out.println("met on the way: " + met);
  }

  private static void backendsAreEnded(int rounds, Random random) throws Exception {
    int ended = 0;
    for (int round = 0; round < rounds; round++) {
      try (LanesCase work = new LanesCase(random)) {
        work.fill(3, 40 + random.nextInt(60));
        try (Beside ender = new Beside(() -> end(work.url(), random))) {
          toTheEnd(work.url(), random);
          ended += ender.done();
        }
        work.isTheOneStatement();
      }
    }
    assertThat(ended).isPositive();
  }

  private Fault fault(Random random) {
    synchronized (met) {
      if (random.nextInt(100) >= 15) {
        return Fault.NONE;
      }
      Kind[] kinds = {Kind.CUT_BEFORE, Kind.CUT_AFTER, Kind.LATE, Kind.SLOW};
      Kind kind = kinds[random.nextInt(kinds.length)];
      met.merge(kind, 1, Integer::sum);
      return new Fault(kind, random.nextInt(120));
    }
  }

  /** Applies, and resumes for as long as it takes. Every stop must be one that loses nothing. */
  private static void toTheEnd(String way, Random random) {
    toTheEnd(way, database -> migrate(LanesCase.over(database), random));
  }

  private static void migrate(Engine engine, Random random) {
    List<Run> runs = engine.journal().runs();
    if (runs.stream().anyMatch(run -> run.status() == RunStatus.SUCCEEDED)) {
      return; // only the word of it got lost
    }
    Run run = runs.isEmpty() ? engine.start(engine.measure()) : engine.takeOver(runs.get(0));
    engine.work(
        run,
        PostgresqlLanesTest.settings(1 + random.nextInt(3), 10 + random.nextInt(30)),
        (lane, batch, rows, tally) -> {},
        StopSignal.NEVER);
  }

  private static void change(Database database, long batchRows) {
    ChangeEngine engine = new ChangeEngine(database);
    List<Run> runs = engine.journal().runs();
    if (runs.stream().anyMatch(run -> run.status() == RunStatus.SUCCEEDED)) {
      return;
    }
    Run run =
        runs.isEmpty() ? engine.start(CHANGE, Batching.BY_RANGE) : engine.takeOver(runs.get(0));
    engine.work(CHANGE, run, batchRows, BatchListener.NONE, StopSignal.NEVER);
  }

  private static void toTheEnd(String way, Consumer<Database> work) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try (Database database = LanesCase.database(way, 160)) {
        work.accept(database);
        return;
      } catch (CairnException stopped) {
        boolean asked = stopped.exit() == ExitCode.INTERRUPTED; // by pg_cancel_backend
        assertThat(asked || List.of(ExitCode.STOPPED, ExitCode.UNKNOWN).contains(stopped.exit()))
            .describedAs(stopped.code() + ": " + stopped.getMessage())
            .isTrue();
        pause(100); // as a person needs, or a script that tries again
      }
    }
    throw new AssertionError("not at its end after " + MOST_TRIES + " tries: " + way);
  }

  /** Ends, or cancels, whatever of Cairn's is connected. */
  private static void end(String url, Random random) throws Exception {
    Thread.sleep(random.nextInt(400));
    String how = random.nextBoolean() ? "pg_terminate_backend" : "pg_cancel_backend";
    PostgresqlServer.run(
        url,
        "SELECT %s(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = 'cairn' AND datname = current_database() ORDER BY random() LIMIT 2) AS c"
            .formatted(how));
  }

  /** Locks keys of two lanes in the order that lanes don't. */
  private static void cross(LanesCase work) throws Exception {
    try (Connection connection = PostgresqlServer.connect(work.url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT * FROM t ORDER BY k DESC LIMIT 40 FOR UPDATE");
      statement.execute(
          "INSERT INTO t (g, k) SELECT g, cur FROM s WHERE cur % 3 = 0 ORDER BY cur DESC LIMIT 60"
              + " ON CONFLICT DO NOTHING");
      connection.rollback();
    } catch (SQLException deadlocked) {
      return;
    }
  }

  /** kill -9 of one of the server's backends. */
  private static void crash(String url, Random random, AtomicInteger crashes) throws Exception {
    Thread.sleep(20 + random.nextInt(150));
    try (Connection connection = PostgresqlServer.connect(url);
        Statement statement = connection.createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'cairn'"
                    + " AND datname = current_database() LIMIT 1")) {
      if (rows.next()) {
        ProcessHandle.of(rows.getLong(1)).orElseThrow().destroyForcibly();
        crashes.incrementAndGet();
        Thread.sleep(700);
      }
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean answers(String url) throws SQLException {
    PostgresqlServer.connect(url).close();
    return true;
  }

  private static String name(LanesCase work) {
    return work.url().substring(work.url().lastIndexOf('/') + 1);
  }

  /** Does something again and again beside the work. */
  private static final class Beside implements AutoCloseable {
    private final Thread thread;
    private final AtomicBoolean end = new AtomicBoolean();
    private final AtomicInteger done = new AtomicInteger();

    /** What is done. */
    private interface Deed {
      void run() throws Exception;
    }

    Beside(Deed deed) {
      thread =
          new Thread(
              () -> {
                while (!end.get()) {
                  try {
                    deed.run();
                    done.incrementAndGet();
                  } catch (Exception | AssertionError away) {
                    pause(50); // the server is on its way back
                  }
                }
              });
      thread.start();
    }

    int done() {
      return done.get();
    }

    @Override
    public void close() {
      end.set(true);
      await().atMost(java.time.Duration.ofSeconds(30)).until(() -> !thread.isAlive());
    }
  }

  private static Random seeded(String what) {
    long seed = Long.getLong("cairn.seed", System.nanoTime());
    System.out.printf("%s: seed %d (-Dcairn.seed=%d)%n", what, seed, seed);
    return new Random(seed);
  }
}
