package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.LiveOne;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that is killed at a random moment loses nothing and does nothing twice: after it was
 * run again to the end, the target is what one undisturbed run gives.
 */
class KillLoopTest {
  private static final Path PLANS = Path.of("plans").toAbsolutePath();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"DELETE, 25", "WAL, 25"})
  void killed_again_and_again_the_points_are_as_undisturbed(String journalMode, int kills)
      throws Exception {
    SqliteFile fresh = new SqliteFile(folder.resolve("fresh.db"));
    LiveOne.write(fresh.path(), 0.03, 5, line -> {});
    fresh.rows("PRAGMA journal_mode = " + journalMode);
    KillLoop.Case work = new KillLoop.Case("points", PLANS, fresh, "point_readings", "id", 31);
    List<KillLoop.Landing> landings = new KillLoop(folder, work, System.nanoTime()).kill(kills);
    assertThat(landings).hasSizeGreaterThanOrEqualTo(kills);
    assertThat(landings).extracting(KillLoop.Landing::lane).contains(0L, 1L, 2L);
  }
}
