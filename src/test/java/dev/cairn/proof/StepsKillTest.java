package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan of several steps that is killed at random moments, in a step and between two, does each
 * step once; killed while it is taken back, it is taken back once.
 */
class StepsKillTest {
  private static final int ROWS = 2_000;
  private static final String[] RESUME = {"resume"};
  private static final String PLAN =
      """
      cairn: 1
      name: steps
      steps:
        - name: column
          script: |
            ALTER TABLE t ADD COLUMN b INTEGER;
            UPDATE t SET b = a + 1;
          rollback: ALTER TABLE t DROP COLUMN b
        - name: more
          change: { table: t, set: { b: b * 2 }, where: "id % 2 = 0" }
        - name: copy
          migrate:
            source: { table: t, cursor: id }
            target: { table: u, key: [id] }
            columns: { id: id, v: b }
        - name: anew
          rebuild:
            table: w
            columns: { id: INTEGER PRIMARY KEY, n: { definition: INTEGER NOT NULL, from: "v" } }
            drop: [v]
            rollback: { v: n }
        - name: last
          script: |
            CREATE TABLE seen (n INTEGER PRIMARY KEY);
            INSERT INTO seen SELECT n FROM w;
          rollback: DROP TABLE seen
      """;

  @TempDir Path folder;

  @Test
  void killed_again_and_again_each_step_is_done_and_taken_back_once() throws Exception {
    killed(2);
  }

  @Tag("longRounds")
  @Test
  void killed_very_often_each_step_is_done_and_taken_back_once() throws Exception {
    killed(20);
  }

  private void killed(int kills) throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("plans")).resolve("steps.yaml"), PLAN);
    SqliteFile fresh = new SqliteFile(folder.resolve("fresh.db"));
    fresh.run(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)",
        numbers("t", ", i * 3"),
        "CREATE TABLE u (id INTEGER PRIMARY KEY, v)",
        "CREATE TABLE w (id INTEGER PRIMARY KEY, v INTEGER)",
        numbers("w", ", i * 5"));
    String before = content(fresh);
    SqliteFile quiet = fresh.copyTo(folder.resolve("quiet.db"));
    go(quiet, Integer.MAX_VALUE, new Random(1), "plan migrate steps", "apply");
    String done = content(quiet);
    assertThat(done).isNotEqualTo(before);
    Random random = new Random(System.nanoTime());
    int landed = 0;
    for (int round = 0; landed < kills; round++) {
      SqliteFile file = fresh.copyTo(folder.resolve("round" + round + ".db"));
      landed += untilDone(file, random, "SUCCEEDED", "plan migrate steps", "apply");
      assertThat(content(file)).isEqualTo(done);
      assertThat(
              file.rows(
                  "SELECT count(*), count(DISTINCT step) FROM cairn_step JOIN cairn_run r"
                      + " ON r.run = child WHERE cairn_step.run = 1 AND status = 'SUCCEEDED'"))
          .containsExactly(List.of(5L, 5L));
      assertThat(
              file.number(
                  "SELECT total(updated) + total(inserted) FROM cairn_checkpoint"
                      + " WHERE run = 1"))
          .isEqualTo(ROWS + ROWS / 2 + ROWS + ROWS + ROWS);
      assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
      landed += untilDone(file, random, "UNDONE", "undo 1");
      assertThat(content(file)).isEqualTo(before);
      assertThat(
              file.number(
                  "SELECT count(*) FROM cairn_run WHERE status NOT IN"
                      + " ('SUCCEEDED', 'UNDONE', 'ABANDONED')"))
          .isZero();
    }
  }

  private static String numbers(String table, String more) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
            .formatted(ROWS)
        + " INSERT INTO %s SELECT i%s FROM n".formatted(table, more);
  }

  /** Kills until the first run has the status; gives how many kills found it begun. */
  private int untilDone(SqliteFile file, Random random, String status, String... lines)
      throws Exception {
    int landed = 0;
    while (!status(file).equals(status)) {
      boolean resumes = !status(file).isEmpty() && random.nextBoolean();
      boolean killed = go(file, random.nextInt(900), random, resumes ? RESUME : lines);
      boolean begun =
          killed && file.number("SELECT count(*) FROM sqlite_schema WHERE name = 'cairn_step'") > 0;
      if (begun && !status(file).equals(status)) {
        landed++;
        System.out.println("killed at " + place(file));
      }
    }
    return landed;
  }

  private static String place(SqliteFile file) throws Exception {
    return file.rows(
            "SELECT run, plan, status, (SELECT count(*) FROM cairn_checkpoint c"
                + " WHERE c.run = r.run) FROM cairn_run r ORDER BY run DESC LIMIT 3")
        .toString();
  }

  private static String status(SqliteFile file) throws Exception {
    if (file.number("SELECT count(*) FROM sqlite_schema WHERE name = 'cairn_run'") == 0) {
      return "";
    }
    List<List<Object>> rows = file.rows("SELECT status FROM cairn_run WHERE run = 1");
    return rows.isEmpty() ? "" : rows.get(0).get(0).toString();
  }

  /** Runs the lines; true where it was killed before its end, so many ms behind its first sign. */
  private boolean go(SqliteFile file, int millis, Random random, String... lines) throws Exception {
    List<String> all = new ArrayList<>(List.of(file.path().toString()));
    all.addAll(List.of("-c", "set batch_rows 50", "-c", "set pace full"));
    for (String line : lines) {
      all.addAll(List.of("-c", line));
    }
    try (CairnChild child = CairnChild.start(folder, all.toArray(String[]::new))) {
      // Killed before it began it would have to begin again.
      while (child.isAlive() && !child.err().contains("step ")) {
        Thread.sleep(2);
      }
      for (int waited = 0; child.isAlive() && waited < millis; waited++) {
        Thread.sleep(1, random.nextInt(1_000_000));
      }
      if (child.isAlive()) {
        child.kill();
        return true;
      }
      assertThat(child.await()).describedAs(child.out() + child.err()).isZero();
      return false;
    }
  }

  /** All rows and texts that aren't Cairn's own. */
  private static String content(SqliteFile file) throws Exception {
    StringBuilder all = new StringBuilder();
    for (List<Object> row :
        file.rows(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'cairn%'"
                + " AND name NOT LIKE 'sqlite%' ORDER BY name")) {
      all.append(row).append('\n');
      all.append(file.rows("SELECT * FROM " + row.get(0) + " ORDER BY 1")).append('\n');
    }
    return all.toString();
  }
}
