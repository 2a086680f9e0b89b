package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.example.VendorRefactor;
import dev.cairn.proof.FaultProxy.Asked;
import dev.cairn.proof.FaultProxy.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody else does on a server between Cairn's last look and its batch: the proxy lets him
 * in at just that moment. The batch's own guards find him.
 */
class LiveGuardsTest {
  @TempDir static Path folder;
  private static SqldServer server;

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
  void rows_that_were_brought_and_are_not_all_there_are_not_taken() throws Exception {
    try (Restoring restoring = new Restoring("short")) {
      String said =
          restoring.ends(
              1,
              LiveGuardsTest::notes,
              () -> {
                Object stage = restoring.stages().get(0).get(0);
                restoring.write("DELETE FROM " + stage + " WHERE cairn_n = 2");
              });
      assertThat(said).contains("brought");
      assertThat(restoring.values()).containsOnly(List.of("wrong"));
      assertThat(restoring.live.run(List.of(), "resume")).contains("\"status\":\"SUCCEEDED\"");
      assertThat(restoring.values()).containsOnly(List.of("right"));
      assertThat(restoring.stages()).isEmpty();
    }
  }

  @Test
  void a_row_that_was_changed_since_it_was_noted_stays() throws Exception {
    try (Restoring restoring = new Restoring("changed")) {
      restoring.ends(
          0, LiveGuardsTest::writes, () -> restoring.write("UPDATE r SET w = 'mine' WHERE id = 3"));
      assertThat(restoring.values())
          .containsExactly(List.of("right"), List.of("right"), List.of("mine"), List.of("right"));
    }
  }

  @Test
  void a_batch_of_a_run_that_somebody_took_over_writes_nothing() throws Exception {
    takenOver("noting", LiveGuardsTest::notes);
    takenOver("writing", LiveGuardsTest::writes);
  }

  private static void takenOver(String name, Predicate<Asked> batch) throws Exception {
    try (Restoring restoring = new Restoring(name)) {
      restoring.ends(6, batch, () -> restoring.write("UPDATE cairn_run SET epoch = epoch + 1"));
      assertThat(restoring.values()).containsOnly(List.of("wrong"));
    }
  }

  @Test
  void a_table_whose_schema_changed_at_the_last_moment_is_not_made_anew() throws Exception {
    Path file = folder.resolve("vendor.db");
    VendorRefactor.write(file, 0.05, 5, line -> {});
    server.namespace("vendor", file);
    try (FaultProxy proxy = FaultProxy.before(server.port());
        Database database = open(server.url("vendor"))) {
      LiveCairn live = new LiveCairn(folder, proxy.url("vendor"));
      String token = live.token("plan migrate vendor-refactor");
      List<List<Object>> before = rows(database, "SELECT * FROM systems ORDER BY id");
      once(
          proxy,
          asked -> asked.isRunBatch() && asked.body().contains("DROP TABLE"),
          () -> write(database, "CREATE INDEX mine ON systems (model)"));
      String said =
          live.exits(4, List.of("--plan", token), "plan migrate vendor-refactor", "apply");
      assertThat(said).contains("schema");
      assertThat(rows(database, "SELECT * FROM systems ORDER BY id")).isEqualTo(before);
      assertThat(rows(database, "SELECT name FROM sqlite_schema WHERE name = 'mine'")).hasSize(1);
    }
  }

  /** Four wrong rows on a server that are right in a file, with a proxy on the way. */
  private static final class Restoring implements AutoCloseable {
    private final String planning;
    private final FaultProxy proxy = FaultProxy.before(server.port());
    private final Database database;
    private final LiveCairn live;

    Restoring(String name) throws Exception {
      SqliteFile then = new SqliteFile(folder.resolve(name + ".db"));
      then.run("CREATE TABLE r (id INTEGER PRIMARY KEY, v TEXT, w TEXT)");
      then.run("INSERT INTO r SELECT value, 'right', 'right' FROM json_each('[1, 2, 3, 4]')");
      server.namespace(name, then.path());
      this.database = open(server.url(name));
      this.live = new LiveCairn(folder, proxy.url(name));
      this.planning = "plan restore r from '" + then.path() + "' where v = 'wrong'";
      write("UPDATE r SET v = 'wrong', w = 'wrong'");
    }

    /** Applies; the other one comes in before the first batch of that kind. */
    String ends(int exit, Predicate<Asked> before, Runnable other) throws Exception {
      String token = live.token(planning);
      once(proxy, before, other);
      return live.exits(exit, List.of("--plan", token), planning, "apply");
    }

    List<List<Object>> values() {
      return rows(database, "SELECT w FROM r ORDER BY id");
    }

    List<List<Object>> stages() {
      return rows(
          database, "SELECT name FROM sqlite_schema WHERE name LIKE 'cairn\\_stage%' ESCAPE '\\'");
    }

    void write(String sql) {
      LiveGuardsTest.write(database, sql);
    }

    @Override
    public void close() {
      database.close();
      proxy.close();
    }
  }

  private static boolean notes(Asked asked) {
    return asked.isRunBatch() && asked.body().contains("cairn_stage_");
  }

  private static boolean writes(Asked asked) {
    return asked.isRunBatch() && !asked.body().contains("cairn_stage_");
  }

  private static void once(FaultProxy proxy, Predicate<Asked> before, Runnable other) {
    AtomicBoolean done = new AtomicBoolean();
    proxy.faults(
        asked -> {
          if (before.test(asked) && done.compareAndSet(false, true)) {
            other.run();
          }
          return Fault.NONE;
        });
  }

  private static Database open(String named) {
    return Databases.open(named, new SqliteDatabase.Options(true, false, false, 5_000));
  }

  private static void write(Database database, String sql) {
    ContractEngines.write(database, SqlFragment.of(sql));
  }

  private static List<List<Object>> rows(Database database, String sql) {
    try (ReadView view = database.view()) {
      return view.rows(SqlFragment.of(sql));
    }
  }
}
