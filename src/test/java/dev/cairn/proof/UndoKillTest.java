package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo that is killed at random moments loses nothing and puts nothing back twice. */
class UndoKillTest {
  private static final int ROWS = 9_000;

  @TempDir Path folder;

  @Test
  void killed_again_and_again_an_undo_puts_back_once() throws Exception {
    killed(200, 5);
  }

  @Tag("longRounds")
  @Test
  void killed_very_often_an_undo_puts_back_once() throws Exception {
    killed(60, 40);
  }

  private void killed(int batchRows, int kills) throws Exception {
    SqliteFile fresh = changed();
    long seed = System.nanoTime();
    System.out.println("undo kill loop: seed " + seed);
    Random random = new Random(seed);
    int landed = 0;
    for (int round = 0; landed < kills; round++) {
      SqliteFile file = fresh.copyTo(folder.resolve("round" + round + ".db"));
      landed += killUntilDone(file, batchRows, random);
      assertThat(file.rows("SELECT status FROM cairn_run ORDER BY run"))
          .containsExactly(List.of("UNDONE"), List.of("SUCCEEDED"));
      Ledger.addsUp(file, 2);
      assertThat(Ledger.sum(file, 2, "updated")).isEqualTo(ROWS - 1);
      assertThat(Ledger.sum(file, 2, "kept")).isEqualTo(1);
      assertThat(file.number("SELECT count(*) FROM t WHERE x <> id")).isEqualTo(1);
      assertThat(file.number("SELECT x FROM t WHERE id = 77")).isEqualTo(-1);
      assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
    }
  }

  /** All rows changed by a plan, and one of them by somebody else since. */
  private SqliteFile changed() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("fresh.db"));
    file.run(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x INTEGER)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + ROWS
            + ") INSERT INTO t SELECT i, i FROM n");
    runs(0, file, "-c", "plan update t set x = x + 1 where id > 0", "-c", "apply");
    file.run("UPDATE t SET x = -1 WHERE id = 77");
    return file;
  }

  /** How many kills landed between the undo's first commit and its last. */
  private int killUntilDone(SqliteFile file, int batchRows, Random random) throws Exception {
    int landed = 0;
    while (true) {
      long before = file.number("SELECT count(*) FROM cairn_checkpoint");
      try (CairnChild child =
          CairnChild.start(
              folder,
              file.path().toString(),
              "-c",
              "set batch_rows " + batchRows,
              "-c",
              "set pace full",
              "-c",
              "undo 1")) {
        long until = before + 1 + random.nextInt(25);
        try (SqliteFile.Watch watch = file.watch()) {
          while (child.isAlive() && watch.number("SELECT count(*) FROM cairn_checkpoint") < until) {
            Thread.sleep(1);
          }
        }
        Thread.sleep(random.nextInt(4));
        if (!child.isAlive()) {
          assertThat(child.await()).describedAs(child.out() + child.err()).isZero();
          return landed;
        }
        child.kill();
      }
      String status =
          file.rows("SELECT status FROM cairn_run ORDER BY run DESC").get(0).get(0).toString();
      if (status.equals("SUCCEEDED")) {
        return landed;
      }
      landed += file.number("SELECT count(*) FROM cairn_checkpoint") > before ? 1 : 0;
    }
  }

  private void runs(int code, SqliteFile file, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = file.path().toString();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    WarmCairn.shared().exits(code, all);
  }
}
