package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.LiveOne;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run, two processes: who works, who is refused, who wakes up too late. */
class TwoProcessesTest {
  @TempDir Path folder;
  private SqliteFile database;
  private Path plan;

  @BeforeEach
  void example() throws IOException {
    database = new SqliteFile(folder.resolve("liveone.db"));
    LiveOne.write(database.path(), 0.01, 3, line -> {});
    plan = Files.createDirectory(folder.resolve("plans")).resolve("agg5m.yaml");
    Files.copy(Path.of("plans", "agg5m.yaml"), plan, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void the_second_apply_names_the_first_and_stop_and_abandon_end_it() throws Exception {
    try (CairnChild first = slowApply()) {
      atWork();
      cairn(6, "process " + first.pid() + " on", "plan migrate agg5m", "apply");
      cairn(6, "process " + first.pid() + " on", "resume");
      cairn(0, "", "stop");
      assertThat(first.await()).describedAs(first.err()).isEqualTo(6);
      assertThat(first.err()).contains("asked to stop").contains("resume");
    }
    assertThat(status()).isEqualTo("PAUSED");
    Files.writeString(plan, Files.readString(plan).replace("error_count: 0", "error_count: 1"));
    cairn(4, "`resume 1` finishes it as planned, `abandon 1`", "plan migrate agg5m", "apply");
    cairn(0, "", "abandon 1");
    assertThat(status()).isEqualTo("ABANDONED");
    cairn(0, "", "resume");
    assertThat(status()).isEqualTo("ABANDONED");
  }

  @Test
  void a_sleeper_that_wakes_after_the_take_over_stops_with_6() throws Exception {
    SqliteFile quiet = database.copyTo(folder.resolve("quiet.db"));
    try (CairnChild sleeper = slowApply()) {
      atWork();
      signal("STOP", sleeper);
      // Asleep inside a transaction it would hold the lock: that is the lock's case, not the
      // fence's.
      while (holdsTheLock()) {
        signal("CONT", sleeper);
        Thread.sleep(7);
        signal("STOP", sleeper);
      }
      Thread.sleep(1_500);
      cairn(0, "", "set lease 1", "set pace full", "resume");
      signal("CONT", sleeper);
      assertThat(sleeper.await()).describedAs(sleeper.err()).isEqualTo(6);
    }
    assertThat(status()).isEqualTo("SUCCEEDED");
    Ledger.addsUp(database, 1);
    try (CairnChild all =
        CairnChild.run(folder, "quiet.db", "-c", "plan migrate agg5m", "-c", "apply")) {
      assertThat(all.await()).isZero();
    }
    KillLoop.sameRows(
        quiet.content("point_readings_agg_5m"), database.content("point_readings_agg_5m"));
  }

  private CairnChild slowApply() throws IOException {
    return CairnChild.start(
        folder,
        "liveone.db",
        "--quiet",
        "-c",
        "set batch_rows 2",
        "-c",
        "set pace shared",
        "-c",
        "plan migrate agg5m",
        "-c",
        "apply");
  }

  private void atWork() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                database.number(
                            "SELECT count(*) FROM sqlite_schema WHERE name = 'cairn_checkpoint'")
                        > 0
                    && database.number("SELECT count(*) FROM cairn_checkpoint") > 2);
  }

  private boolean holdsTheLock() {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("ROLLBACK");
      return false;
    } catch (SQLException locked) {
      return true;
    }
  }

  private String status() throws SQLException {
    return (String)
        database.rows("SELECT status FROM cairn_run ORDER BY run DESC LIMIT 1").get(0).get(0);
  }

  private void cairn(int exit, String said, String... lines) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("liveone.db"));
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    try (CairnChild child = CairnChild.run(folder, arguments.toArray(String[]::new))) {
      assertThat(child.await()).describedAs(child.out() + child.err()).isEqualTo(exit);
      assertThat(child.err()).contains(said);
    }
  }

  private static void signal(String name, CairnChild child) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
