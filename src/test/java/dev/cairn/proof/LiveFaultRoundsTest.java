package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.batch.BatchListener;
import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.StopSignal;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.example.LiveOne;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Batching;
import dev.cairn.proof.FaultProxy.Asked;
import dev.cairn.proof.FaultProxy.Fault;
import dev.cairn.proof.FaultProxy.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed, and a way to it on which requests and answers get lost, come late or
 * twice: whatever happens, what is there in the end is what one undisturbed run gives, the journal
 * adds up, and a change that would show if it were made twice was made once.
 */
class LiveFaultRoundsTest {
  private static final int ROUNDS_OF_A_CHANGE = 18;
  private static final int ROUNDS_OF_A_MIGRATION = 3;
  private static final int KILLS = 8;
  private static final int MOST_TRIES = 60;

  /** As on a server, but small: lanes begin with the size of the one before, and end in one go. */
  private static final Pace CARRYING =
      new Pace("carrying", Duration.ofMillis(5), Duration.ZERO, 100, 2, true);

  /** Applied twice to a row, or to a row too many, it would show. */
  private static final String CHANGE = "UPDATE t SET x = x + 1 WHERE x >= 0";

  private static final String ROWS = "SELECT * FROM t ORDER BY a";
  private static final String AGGREGATES =
      "SELECT * FROM point_readings_agg_5m ORDER BY system_id, point_id, interval_end";
  private static final String READINGS =
      "SELECT * FROM point_readings ORDER BY system_id, point_id, measurement_time";

  private static final SqlFragment TABLE =
      SqlFragment.of("CREATE TABLE t (a INTEGER PRIMARY KEY, x INTEGER NOT NULL)");
  private static final SqlFragment SOME =
      SqlFragment.of(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 240)"
              + " INSERT INTO t SELECT i, i * 3 FROM n");

  @TempDir static Path folder;
  private static SqldServer server;

  private final Map<Kind, Integer> met = new EnumMap<>(Kind.class);

  @BeforeAll
  static void start() {
    server = SqldServer.start(folder.resolve("sqld"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_change_is_made_once_whatever_the_way_does() {
    Random random = seeded("faults on a change");
    for (int round = 0; round < ROUNDS_OF_A_CHANGE; round++) {
      String name = table("c" + round);
      try (FaultProxy proxy = FaultProxy.before(server.port())) {
        proxy.faults(asked -> fault(random, asked, 0.3));
        toTheEnd(proxy.url(name), server.url(name), CHANGE, 25 + random.nextInt(40));
      }
      changedOnce(name);
    }
    System.out.println("met on the way: " + met);
    assertThat(met.keySet())
        .contains(Kind.CUT_AFTER, Kind.CUT_BEFORE, Kind.STATUS_AFTER, Kind.TWICE, Kind.LATE);
  }

  @Test
  void a_migration_of_aggregates_is_whole_whatever_the_way_does() throws IOException {
    isWhole("agg5m", AGGREGATES);
  }

  /** Its table numbers its rows: what was inserted is known by a range of numbers. */
  @Test
  void a_migration_of_readings_is_whole_whatever_the_way_does() throws IOException {
    isWhole("points", READINGS);
  }

  private void isWhole(String plan, String target) throws IOException {
    Random random = seeded("faults on " + plan);
    Path file = folder.resolve(plan + ".db");
    LiveOne.write(file, 0.001, 7, line -> {});
    String text = Files.readString(Path.of("plans", plan + ".yaml"));
    String quiet = "quiet-" + plan;
    toTheEnd(server.namespace(quiet, file), server.url(quiet), text, 40);
    List<List<Object>> undisturbed = rows(quiet, target);
    assertThat(undisturbed).hasSizeGreaterThan(100);
    for (int round = 0; round < ROUNDS_OF_A_MIGRATION; round++) {
      String name = plan + round;
      server.namespace(name, file);
      try (FaultProxy proxy = FaultProxy.before(server.port())) {
        proxy.faults(asked -> fault(random, asked, 0.2));
        // In turns batches of a fixed size and such as the pace picks.
        long batchRows = 20L + 2L * random.nextInt(20) + round % 2;
        toTheEnd(proxy.url(name), server.url(name), text, batchRows);
      }
      KillLoop.sameRows(undisturbed, rows(name, target));
      addsUp(name);
    }
  }

  @Test
  void a_server_that_is_killed_under_load_has_each_row_changed_once() throws Exception {
    Random random = seeded("kills of the server");
    int killed = 0;
    for (int round = 0; killed < KILLS; round++) {
      String name = table("k" + round);
      Killer killer = new Killer(random.nextInt(250));
      killer.start();
      toTheEnd(server.url(name), server.url(name), CHANGE, 3);
      killer.join();
      killed++;
      changedOnce(name);
    }
  }

  /** Kills the server after some time, and starts it again. */
  private static final class Killer extends Thread {
    private final int millis;

    Killer(int millis) {
      super("killer");
      this.millis = millis;
    }

    @Override
    public void run() {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException interrupted) {
        return;
      }
      server.kill();
      server.start();
    }
  }

  /** Applies, and resumes for as long as it takes. Every stop must be one that loses nothing. */
  private static void toTheEnd(String way, String direct, String work, long batchRows) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try (Database database = Databases.open(way, options())) {
        if (work.equals(CHANGE)) {
          change(new ChangeEngine(database), batchRows);
        } else {
          migrate(new Engine(database, work), batchRows);
        }
        return;
      } catch (CairnException stopped) {
        assertThat(stopped.exit())
            .describedAs(stopped.getMessage())
            .isIn(ExitCode.STOPPED, ExitCode.UNKNOWN);
      }
    }
    throw new AssertionError("not at its end after " + MOST_TRIES + " tries: " + direct);
  }

  private static void change(ChangeEngine engine, long batchRows) {
    List<Run> runs = engine.journal().runs();
    if (runs.stream().anyMatch(run -> run.status() == RunStatus.SUCCEEDED)) {
      return; // only the word of it got lost
    }
    Run run =
        runs.isEmpty() ? engine.start(CHANGE, Batching.BY_RANGE) : engine.takeOver(runs.get(0));
    engine.work(CHANGE, run, batchRows, BatchListener.NONE, StopSignal.NEVER);
  }

  private static void migrate(Engine engine, long batchRows) {
    List<Run> runs = engine.journal().runs();
    if (runs.stream().anyMatch(run -> run.status() == RunStatus.SUCCEEDED)) {
      return;
    }
    Run run = runs.isEmpty() ? engine.start(engine.measure()) : engine.takeOver(runs.get(0));
    boolean even = batchRows % 2 == 0;
    BatchSettings settings =
        new BatchSettings(
            even ? CARRYING : Pace.FULL,
            even ? OptionalLong.empty() : OptionalLong.of(batchRows),
            false);
    engine.work(run, settings, (lane, batch, rows, tally) -> {}, StopSignal.NEVER);
  }

  private Fault fault(Random random, Asked asked, double share) {
    synchronized (met) {
      if (random.nextDouble() >= (asked.isBatch() ? share : 0.03)) {
        return Fault.NONE;
      }
      Kind[] kinds = Kind.values();
      Kind kind = kinds[1 + random.nextInt(kinds.length - 1)];
      boolean costsATimeout =
          kind == Kind.HOLD_BEFORE || kind == Kind.HOLD_AFTER || kind == Kind.SLOW_AFTER;
      if (costsATimeout && (!asked.isBatch() || random.nextInt(6) > 0)) {
        kind = Kind.CUT_AFTER;
      }
      met.merge(kind, 1, Integer::sum);
      int[] statuses = {429, 500, 502, 503, 504};
      int status = statuses[random.nextInt(kind == Kind.STATUS_AFTER ? 4 : 5)];
      if (kind == Kind.STATUS_AFTER && status == 429) {
        status = 502; // who says 429 has done nothing
      }
      Duration delay = kind == Kind.LATE ? Duration.ofMillis(random.nextInt(400)) : Duration.ZERO;
      return new Fault(kind, status, delay);
    }
  }

  private static String table(String name) {
    server.namespace(name);
    try (Database database = Databases.open(server.url(name), options())) {
      assertThat(database.atomically(AtomicBatch.of(List.of(TABLE, SOME))))
          .isInstanceOf(Committed.class);
    }
    return name;
  }

  private static void changedOnce(String name) {
    List<List<Object>> rows = rows(name, ROWS);
    assertThat(rows).hasSize(240);
    for (List<Object> row : rows) {
      assertThat(row.get(1)).isEqualTo((Long) row.get(0) * 3 + 1);
    }
    addsUp(name);
    assertThat(rows(name, "SELECT sum(updated) FROM cairn_checkpoint"))
        .containsExactly(List.of(240L));
  }

  /** One run, at its end; unbroken chains of batches; sums that agree. */
  private static void addsUp(String name) {
    assertThat(rows(name, "SELECT status FROM cairn_run")).containsExactly(List.of("SUCCEEDED"));
    assertThat(rows(name, "SELECT * FROM cairn_lane WHERE NOT done")).isEmpty();
    assertThat(
            rows(
                name,
                "SELECT * FROM (SELECT batch, from_key, lag(batch, 1, 0) OVER w AS previous,"
                    + " lag(to_key) OVER w AS behind FROM cairn_checkpoint"
                    + " WINDOW w AS (PARTITION BY lane ORDER BY batch))"
                    + " WHERE batch <> previous + 1 OR from_key IS NOT behind"))
        .isEmpty();
    assertThat(
            rows(
                name,
                "SELECT l.lane FROM cairn_lane l JOIN cairn_checkpoint c USING (run, lane)"
                    + " GROUP BY l.lane HAVING l.source_rows <> sum(c.source_rows)"
                    + " OR l.expected_rows <> sum(c.expected)"))
        .isEmpty();
  }

  private static List<List<Object>> rows(String name, String query) {
    try (Database database = Databases.open(server.url(name), options());
        ReadView view = database.view()) {
      return view.rows(SqlFragment.of(query));
    }
  }

  /** Impatient: a second for tries, two for an answer. */
  private static SqliteDatabase.Options options() {
    return new SqliteDatabase.Options(false, false, false, 160);
  }

  private static Random seeded(String what) {
    long seed = Long.getLong("cairn.seed", System.nanoTime());
    System.out.printf("%s: seed %d (-Dcairn.seed=%d)%n", what, seed, seed);
    return new Random(seed);
  }
}
