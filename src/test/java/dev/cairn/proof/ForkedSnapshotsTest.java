package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.RowStream;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that a real libSQL server keeps: forks of the namespace. */
class ForkedSnapshotsTest {
  private static final Pattern FORK = Pattern.compile("cairn-[a-z0-9-]+-[0-9a-f]{8}");

  @TempDir static Path data;
  @TempDir Path folder;

  private static SqldServer server;

  @BeforeAll
  static void start() {
    server = SqldServer.start(data.resolve("sqld"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_fork_holds_what_is_committed_and_no_more(TestInfo test) throws Exception {
    ServerSnapshots cairn = database(test, forking());
    try (Database other = writing(cairn);
        StatementSession writer = other.session()) {
      run(writer, "BEGIN IMMEDIATE");
      run(writer, "INSERT INTO t VALUES (99, 'not committed')");
      assertThat(cairn.ends(0, "-c", "snapshot create Before_it", "-c", "snapshots"))
          .contains("full copy (fork)")
          .contains("Before_it")
          .contains("unchanged");
      run(writer, "COMMIT");
    }
    assertThat(cairn.ends(0, "-c", "diff t Before_it"))
        .contains("1 only here, 0 only there, 3 the same");
    assertThat(cairn.ends(0, "-c", "snapshot open Before_it", "-c", "SELECT count(*) AS n FROM t"))
        .contains("leads back")
        .contains(" 3");
    assertThat(cairn.ends(1, "-c", "snapshot open Before_it", "--yes", "-c", "DELETE FROM t"))
        .doesNotContain("changed");
    Path manifest = cairn.kept().get(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(manifest)))
        .isEqualTo("rw-------");
    String fork = fork(manifest);
    try (Database there =
        Databases.open(
            cairn.database().replaceFirst("namespace=.*", "namespace=" + fork),
            new SqliteDatabase.Options(false, false, false, 5_000))) {
      assertThat(
              there.atomically(AtomicBatch.of(List.of(SqlFragment.of("DELETE FROM t")))).toString())
          .as("the server lets nobody write to it")
          .contains("READ_ONLY");
    }
    assertThat(cairn.ends(3, "-c", "snapshot drop Before_it")).contains("--yes");
    assertThat(server.has(fork)).isTrue();
    cairn.ends(0, "--yes", "-c", "snapshot drop Before_it");
    assertThat(server.has(fork)).isFalse();
    assertThat(cairn.kept()).isEmpty();
  }

  @Test
  void what_a_killed_process_left_is_never_listed_and_dropped_by_the_next(TestInfo test)
      throws Exception {
    ServerSnapshots cairn = database(test, forking());
    String fork;
    try (AdminGate gate = new AdminGate(server.admin(), true);
        CairnChild child =
            new ServerSnapshots(cairn.folder(), cairn.database(), gate.environment())
                .start("-c", "snapshot create cut")) {
      gate.awaitFork();
      child.kill();
      fork = fork(cairn.kept().get(0));
    }
    assertThat(server.has(fork)).isTrue();
    assertThat(cairn.ends(0, "-c", "snapshots")).contains("(0 rows)");
    cairn.ends(0, "-c", "snapshot create next");
    assertThat(server.has(fork)).as("tidied").isFalse();
    assertThat(cairn.kept()).hasSize(1);
  }

  @Test
  void a_fork_whose_answer_was_lost_is_looked_for(TestInfo test) throws Exception {
    ServerSnapshots cairn = database(test, forking());
    try (AdminGate gate = new AdminGate(server.admin(), false)) {
      new ServerSnapshots(cairn.folder(), cairn.database(), gate.environment())
          .ends(0, "-c", "snapshot create lost");
    }
    assertThat(cairn.ends(0, "-c", "snapshots")).contains("lost").contains("unchanged");
  }

  @Test
  void nothing_else_is_dropped_by_a_manifest_that_speaks_of_it(TestInfo test) throws Exception {
    ServerSnapshots cairn = database(test, forking());
    cairn.ends(0, "-c", "snapshot create kept");
    Path manifest = cairn.kept().get(0);
    String fork = fork(manifest);
    String text = Files.readString(manifest, StandardCharsets.UTF_8);
    server.namespace("precious");
    Files.writeString(manifest, text.replace(fork, "precious"), StandardCharsets.UTF_8);
    assertThat(cairn.ends(3, "--yes", "-c", "snapshot drop kept")).contains("nothing was deleted");
    assertThat(server.has("precious")).isTrue();
    Files.writeString(manifest, text, StandardCharsets.UTF_8);
    server.delete(fork);
    assertThat(cairn.ends(0, "-c", "snapshots")).contains("missing");
    server.namespace(fork); // somebody else's, under the same name
    assertThat(cairn.ends(3, "--yes", "-c", "snapshot drop kept")).contains("nothing was deleted");
    assertThat(cairn.ends(4, "-c", "diff t kept")).contains("written to since");
    assertThat(server.has(fork)).isTrue();
    server.delete(fork);
    cairn.ends(0, "--yes", "-c", "snapshot drop kept");
    assertThat(cairn.kept()).isEmpty();
  }

  @Test
  void a_plan_is_rehearsed_on_a_fork_and_held_against_it(TestInfo test) throws Exception {
    ServerSnapshots cairn = database(test, forking());
    String plan = "plan UPDATE t SET v = v || '!' WHERE id < 3";
    assertThat(cairn.ends(0, "-c", plan, "-c", "apply on snapshot"))
        .contains("verified")
        .contains("nothing was written");
    assertThat(cairn.ends(0, "-c", "SELECT v FROM t WHERE v LIKE '%!'")).contains("(0 rows)");
    assertThat(cairn.ends(0, "-c", "snapshots")).contains("rehearsed");
    try (Database other = writing(cairn)) {
      other.atomically(
          AtomicBatch.of(List.of(SqlFragment.of("INSERT INTO t VALUES (-1, 'late')"))));
    }
    String token = token(cairn.ends(0, "-c", plan));
    assertThat(cairn.ends(4, "--plan", token, "-c", plan, "-c", "apply")).contains("rehearsed");
    assertThat(cairn.ends(0, "-c", "SELECT v FROM t WHERE v LIKE '%!'")).contains("(0 rows)");
    cairn.ends(0, "-c", plan, "-c", "apply on snapshot");
    cairn.ends(0, "--plan", token, "-c", plan, "-c", "apply");
    assertThat(cairn.ends(0, "-c", "SELECT v FROM t WHERE v LIKE '%!'")).contains("(3 rows)");
  }

  @Test
  void an_admin_port_that_nobody_listens_on_stops_it(TestInfo test) throws Exception {
    ServerSnapshots cairn = database(test, Map.of("CAIRN_ADMIN_URL", "http://127.0.0.1:1"));
    cairn.ends(6, "-c", "snapshot create none");
    assertThat(cairn.ends(0, "-c", "SELECT count(*) FROM t")).contains("3");
  }

  static String token(String planning) {
    Matcher token = Pattern.compile("(?m)^token (\\S+)$").matcher(planning);
    assertThat(token.find()).as(planning).isTrue();
    return token.group(1);
  }

  private static String fork(Path manifest) throws Exception {
    Matcher name = FORK.matcher(Files.readString(manifest, StandardCharsets.UTF_8));
    assertThat(name.find()).isTrue();
    return name.group();
  }

  private ServerSnapshots database(TestInfo test, Map<String, String> environment) {
    String name = test.getTestMethod().orElseThrow().getName().substring(0, 20);
    ServerSnapshots cairn =
        new ServerSnapshots(folder, server.namespace(name.replace('_', '-')), environment);
    try (Database made = writing(cairn)) {
      made.atomically(
          AtomicBatch.of(
              List.of(
                  SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"),
                  SqlFragment.of("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)"))));
    }
    return cairn;
  }

  private static Map<String, String> forking() {
    return Map.of("CAIRN_ADMIN_URL", server.admin().toString());
  }

  private static Database writing(ServerSnapshots cairn) {
    return Databases.open(cairn.database(), new SqliteDatabase.Options(false, false, false, 5_000));
  }

  private static void run(StatementSession session, String sql) {
    try (RowStream rows = session.run(sql)) {
      rows.next();
    }
  }
}
