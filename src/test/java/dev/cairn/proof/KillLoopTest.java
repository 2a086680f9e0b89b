package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.LiveOne;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that is killed at a random moment loses nothing and does nothing twice: after it was
 * run again to the end, the target is what one undisturbed run gives.
 */
class KillLoopTest {
  private static final Path PLANS = Path.of("plans").toAbsolutePath();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void killed_again_and_again_the_points_are_as_undisturbed(String journalMode) throws Exception {
    points(journalMode, 0.01, 60, 3);
  }

  @Tag("longRounds")
  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void killed_very_often_the_points_are_as_undisturbed(String journalMode) throws Exception {
    points(journalMode, 0.03, 31, 25);
  }

  private void points(String journalMode, double scale, int batchRows, int kills) throws Exception {
    SqliteFile fresh = new SqliteFile(folder.resolve("fresh.db"));
    LiveOne.write(fresh.path(), scale, 5, line -> {});
    fresh.rows("PRAGMA journal_mode = " + journalMode);
    KillLoop.Case work =
        new KillLoop.Case("points", PLANS, fresh, "point_readings", "id", batchRows);
    List<KillLoop.Landing> landings =
        new KillLoop(folder, work, System.nanoTime()).kill(kills, Set.of(0L, 1L, 2L));
    assertThat(landings).hasSizeGreaterThanOrEqualTo(kills);
  }

  /** Added twice to a row, or to a row too many, one would show. */
  @ParameterizedTest
  @CsvSource({"DELETE, 12000, 400, 2", "WAL, 12000, 400, 2", "DELETE, 401000, 40000, 1"})
  void killed_again_and_again_a_change_adds_once(
      String journalMode, int rows, int batchRows, int kills) throws Exception {
    change(journalMode, rows, batchRows, kills);
  }

  @Tag("longRounds")
  @ParameterizedTest
  @CsvSource({"DELETE, 12000, 60, 10", "WAL, 12000, 60, 10", "DELETE, 401000, 2500, 6"})
  void killed_very_often_a_change_adds_once(String journalMode, int rows, int batchRows, int kills)
      throws Exception {
    change(journalMode, rows, batchRows, kills);
  }

  private void change(String journalMode, int rows, int batchRows, int kills) throws Exception {
    SqliteFile fresh = new SqliteFile(folder.resolve("fresh.db"));
    fresh.run(
        "PRAGMA journal_mode = " + journalMode,
        "CREATE TABLE t (a INTEGER NOT NULL, b TEXT NOT NULL, x INTEGER, y, PRIMARY KEY (a, b))",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + rows
            + ")"
            + " INSERT INTO t SELECT i % 7, 'k' || i, i, i / 2.0 FROM n");
    Files.writeString(
        folder.resolve("add-one.yaml"),
        """
        cairn: 1
        name: add-one
        change:
          table: t
          set: { x: x + 1, y: x }
          where: x > 0
        """);
    KillLoop.Case work = new KillLoop.Case("add-one", folder, fresh, "t", "", batchRows);
    List<KillLoop.Landing> landings = new KillLoop(folder, work, System.nanoTime()).kill(kills);
    assertThat(landings).hasSizeGreaterThanOrEqualTo(kills);
  }
}
