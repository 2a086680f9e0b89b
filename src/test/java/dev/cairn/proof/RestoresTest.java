package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A restore that is killed, that others write beside, and whose snapshot goes away: nothing is lost
 * and nothing is done twice.
 */
class RestoresTest {
  private static final int ROWS = 6_000;

  @TempDir Path folder;
  private SqliteFile now;
  private SqliteFile then;

  @BeforeEach
  void damaged_outside_cairn() throws Exception {
    now = new SqliteFile(folder.resolve("now.db"));
    now.run(
        "CREATE TABLE r (a INTEGER NOT NULL, b TEXT NOT NULL, x REAL, y, PRIMARY KEY (a, b))",
        "CREATE INDEX r_x ON r (x)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + ROWS
            + ") INSERT INTO r SELECT i % 7, 'k' || i, i / 2.0, CASE i % 3 WHEN 0 THEN i END FROM n");
    then = now.copyTo(folder.resolve("then.db"));
    now.run(
        "DELETE FROM r WHERE a = 6 AND b LIKE '%1'",
        "UPDATE r SET x = NULL, y = 'wrong' WHERE a < 5",
        "INSERT INTO r SELECT a, 'new' || b, 1, 'new' FROM r WHERE b LIKE '%7'");
    Files.writeString(
        folder.resolve("back.yaml"),
        """
        cairn: 1
        name: back
        restore:
          table: r
          from: "'%s'"
          columns: [x, y]
          where: y = 'wrong' OR a = 6
          with_deleted: true
        """
            .formatted(then.path()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void killed_again_and_again_every_row_comes_back_once(String mode) throws Exception {
    killed(mode, 250, 2);
  }

  @Tag("longRounds")
  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void killed_very_often_every_row_comes_back_once(String mode) throws Exception {
    killed(mode, 60, 30);
  }

  private void killed(String mode, int batchRows, int kills) throws Exception {
    now.rows("PRAGMA journal_mode = " + mode);
    KillLoop.Case work = new KillLoop.Case("back", folder, now, "r", "", batchRows);
    List<KillLoop.Landing> landings = new KillLoop(folder, work, System.nanoTime()).kill(kills);
    assertThat(landings).hasSizeGreaterThanOrEqualTo(kills);
    SqliteFile done = new SqliteFile(folder.resolve("killed.db"));
    assertThat(done.number("SELECT count(*) FROM r WHERE y = 'wrong'")).isZero();
    assertThat(done.rows("SELECT * FROM r WHERE b NOT LIKE 'new%' ORDER BY 1, 2"))
        .isEqualTo(then.rows("SELECT * FROM r ORDER BY 1, 2"));
  }

  /** What was written down is in the target: the snapshot is needed no more. */
  @Test
  void once_all_is_written_down_it_goes_on_without_the_snapshot() throws Exception {
    plan("columns: [x, y]", "where: y = 'wrong'");
    killBehind(3);
    Files.delete(then.path());
    exits(0, "-c", "resume", "-c", "verify back");
    assertThat(now.number("SELECT count(*) FROM r WHERE y = 'wrong' OR x IS NULL")).isZero();
    Ledger.addsUp(now, 1);
  }

  @Test
  void before_that_another_snapshot_is_drift() throws Exception {
    killBehind(2); // the second lane, of rows to put in, has written nothing down
    then.run("UPDATE r SET x = x + 1 WHERE a = 6");
    exits(4, "-c", "resume");
    then.run("UPDATE r SET x = x - 1 WHERE a = 6");
    exits(0, "-c", "resume", "-c", "verify back");
  }

  @Test
  void what_others_write_meanwhile_is_never_overwritten() throws Exception {
    plan("columns: [x, y]", "where: y = 'wrong'");
    now.rows("PRAGMA journal_mode = WAL");
    AtomicBoolean stop = new AtomicBoolean();
    List<String> written = new ArrayList<>();
    Thread writer =
        new Thread(
            () -> {
              try (Connection connection = now.connect();
                  PreparedStatement change =
                      connection.prepareStatement(
                          "UPDATE r SET x = -1, y = 'live' WHERE a = ? AND b = ?")) {
                for (int i = 1; i <= ROWS && !stop.get(); i += 13) {
                  if (i % 7 < 5) {
                    change.setInt(1, i % 7);
                    change.setString(2, "k" + i);
                    change.executeUpdate();
                    written.add("k" + i);
                    Thread.sleep(2);
                  }
                }
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    try (CairnChild child = inSmallBatches()) {
      while (checkpoints() < 2 && child.isAlive()) {
        Thread.sleep(1);
      }
      writer.start();
      assertThat(child.await()).describedAs(child.out() + child.err()).isZero();
    }
    stop.set(true);
    writer.join();
    assertThat(written).hasSizeGreaterThan(50);
    assertThat(now.number("SELECT count(*) FROM r WHERE x = -1 AND y = 'live'"))
        .isEqualTo(written.size());
    assertThat(now.number("SELECT count(*) FROM r WHERE y = 'wrong'")).isZero();
    assertThat(now.number("SELECT sum(kept) FROM cairn_checkpoint")).isPositive();
    Ledger.addsUp(now, 1);
  }

  @Test
  void a_full_disk_stops_it_and_nothing_is_lost() throws Exception {
    plan("columns: [x, y]", "where: y = 'wrong'");
    Path small = Files.createDirectory(folder.resolve("small"));
    try (SmallDisk disk = SmallDisk.mount(small, 4_000_000)) {
      now = now.copyTo(small.resolve("now.db"));
      List<List<Object>> before = now.content("r");
      Path filler = disk.fillUpTo(120_000);
      exits(6, "-c", "set batch_rows 60", "-c", "plan migrate back", "-c", "apply");
      assertThat(now.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
      assertThat(now.number("SELECT count(*) FROM r WHERE y = 'wrong'"))
          .isEqualTo(before.stream().filter(row -> "wrong".equals(row.get(3))).count());
      Files.delete(filler);
      exits(0, "-c", "plan migrate back", "-c", "apply", "-c", "verify back");
      assertThat(now.number("SELECT count(*) FROM r WHERE y = 'wrong'")).isZero();
    }
  }

  private void plan(String... lines) throws Exception {
    Files.writeString(
        folder.resolve("back.yaml"),
        "cairn: 1\nname: back\nrestore:\n  table: r\n  from: \"'%s'\"\n  %s\n"
            .formatted(then.path(), String.join("\n  ", lines)));
  }

  private void killBehind(int checkpoints) throws Exception {
    try (CairnChild child = inSmallBatches()) {
      while (checkpoints() < checkpoints && child.isAlive()) {
        Thread.sleep(1);
      }
      child.kill();
    }
    assertThat(now.rows("SELECT status FROM cairn_run")).containsExactly(List.of("RUNNING"));
  }

  private long checkpoints() throws Exception {
    return now.number("SELECT count(*) FROM sqlite_schema WHERE name = 'cairn_checkpoint'") == 0
        ? 0
        : now.number("SELECT count(*) FROM cairn_checkpoint");
  }

  private void exits(int code, String... lines) throws Exception {
    WarmCairn.shared().exits(code, line(lines));
  }

  private CairnChild inSmallBatches() throws Exception {
    return start(
        "-c",
        "set batch_rows 60",
        "-c",
        "set pace shared",
        "-c",
        "plan migrate back",
        "-c",
        "apply");
  }

  private CairnChild start(String... lines) throws Exception {
    return CairnChild.start(folder, line(lines));
  }

  private String[] line(String... lines) {
    List<String> all = new ArrayList<>(List.of("--plans", folder.toString()));
    all.add(now.path().toString());
    all.addAll(List.of(lines));
    return all.toArray(String[]::new);
  }
}
