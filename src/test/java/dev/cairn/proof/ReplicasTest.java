package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real primary with a real replica, which a slow wire keeps behind. */
class ReplicasTest {
  private static final int ROUNDS = 3;
  private static final long LATE_MILLIS = 80;
  private static final SqlFragment COUNT = SqlFragment.of("SELECT count(*) FROM t");

  @TempDir Path folder;

  private SqldServer primary;
  private SqldServer replica;
  private SlowWire wire;
  private String url;

  @BeforeEach
  void start() throws Exception {
    int feed = SqldServer.freePort();
    primary = SqldServer.start(folder.resolve("primary"), "--grpc-listen-addr", at(feed));
    url = primary.namespace("shop");
    try (Database database = open(url)) {
      run(database, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
      run(database, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, 'd'), (5, 'e')");
    }
    wire = new SlowWire(feed, LATE_MILLIS);
    String fed = "http://" + at(wire.port());
    replica = SqldServer.start(folder.resolve("replica"), "--primary-grpc-url", fed);
  }

  @AfterEach
  void stop() throws Exception {
    if (replica != null) {
      replica.close();
    }
    if (wire != null) {
      wire.close();
    }
    if (primary != null) {
      primary.close();
    }
  }

  @Test
  void through_a_replica_what_was_written_is_read() {
    try (Database there = open(replica.url("shop"));
        Database first = open(url)) {
      for (int i = 0; i < ROUNDS; i++) {
        long before = count(there);
        assertThat(run(there, "INSERT INTO t (v) VALUES ('through')"))
            .isInstanceOf(Committed.class);
        assertThat(count(there)).as("round " + i).isEqualTo(before + 1);
        // What somebody else wrote is read under the lock, as an unknown outcome is looked up.
        run(first, "INSERT INTO t (v) VALUES ('beside')");
        BatchOutcome read = there.atomically(AtomicBatch.of(List.of(COUNT)));
        assertThat(read).isInstanceOf(Committed.class);
        assertThat(((Committed) read).results().get(0))
            .as("round " + i)
            .containsExactly(before + 2);
        assertThat(first.atomically(AtomicBatch.of(List.of(COUNT)))).isEqualTo(read);
        awaitCount(there, before + 2);
      }
    }
  }

  @Test
  void comparisons_read_a_replica_that_has_caught_up() throws Exception {
    ServerSnapshots cairn = new ServerSnapshots(folder, url, Map.of());
    Path said = Files.createDirectories(folder.resolve("config/cairn")).resolve("replicas");
    String line = "127.0.0.1:%d http://127.0.0.1:%d%n".formatted(primary.port(), replica.port());
    Files.writeString(said, line);
    Files.setPosixFilePermissions(said, PosixFilePermissions.fromString("rw-------"));
    String change = "UPDATE t SET v = v || '!' WHERE id < 4";
    assertThat(cairn.ends(0, "--yes", "-c", change, "-c", "verify"))
        .contains("comparing on the replica")
        .contains("verified");
    replica.stands(true);
    try {
      assertThat(cairn.ends(0, "--yes", "-c", change, "-c", "verify"))
          .doesNotContain("comparing on the replica")
          .contains("verified");
    } finally {
      replica.stands(false);
    }
    Files.writeString(said, line.replace("%n", "").strip() + "?namespace=another\n");
    assertThat(cairn.ends(2, "-c", "verify")).contains("another's");
  }

  @Test
  void a_plan_is_applied_through_a_replica_in_batches() throws Exception {
    ServerSnapshots cairn = new ServerSnapshots(folder, replica.url("shop"), Map.of());
    String plan = "plan UPDATE t SET v = coalesce(v, '') || '!'";
    String token = ForkedSnapshotsTest.token(cairn.ends(0, "-c", plan));
    assertThat(
            cairn.ends(
                0,
                "--plan",
                token,
                "-c",
                "set batch_rows 1",
                "-c",
                plan,
                "-c",
                "apply",
                "-c",
                "verify"))
        .contains("SUCCEEDED")
        .contains("verified");
    try (Database first = open(url);
        ReadView view = first.view()) {
      assertThat(view.number(SqlFragment.of("SELECT count(*) FROM t WHERE v LIKE '%!'")))
          .isEqualTo(5);
    }
  }

  private static String at(int port) {
    return "127.0.0.1:" + port;
  }

  private static void awaitCount(Database database, long wanted) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (count(database) != wanted) {
      assertThat(System.nanoTime()).as("the replica catches up").isLessThan(end);
    }
  }

  private static long count(Database database) {
    try (ReadView view = database.view()) {
      return view.number(COUNT);
    }
  }

  private static BatchOutcome run(Database database, String statement) {
    return database.atomically(AtomicBatch.of(List.of(SqlFragment.of(statement))));
  }

  private static Database open(String url) {
    return Databases.open(url, new SqliteDatabase.Options(false, false, false, 5_000));
  }
}
