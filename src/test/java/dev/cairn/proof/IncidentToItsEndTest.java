package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.IncidentNight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session that ends incident 0035, judged from outside. */
class IncidentToItsEndTest {
  private static final String KEYS = "system_id, point_id, interval_end";
  private static final String VALUES = "avg, min, max, last, delta, sample_count, updated_at";
  private static final String OF_POWER =
      "(system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'power')";
  private static final String REWRITTEN = "(system_id = 6 AND interval_end = 1762800000000)";

  @TempDir Path folder;

  @Test
  void the_session_closes_every_status_that_the_report_left_open() throws Exception {
    closesEveryStatus(0.02);
  }

  @Tag("longRounds")
  @Test
  void the_session_closes_every_status_at_full_scale() throws Exception {
    closesEveryStatus(1);
  }

  private void closesEveryStatus(double scale) throws Exception {
    SqliteFile now = new SqliteFile(folder.resolve("incident.db"));
    IncidentNight night = IncidentNight.write(now.path(), scale, 3, line -> {});
    SqliteFile then =
        new SqliteFile(
            folder.resolve("incident.db.snapshots").resolve(IncidentNight.SNAPSHOT + ".db"));
    assertThat(night.damaged()).isEqualTo(night.before().powerRows() - night.rewritten());
    assertThat(night.rewritten()).isPositive();
    SqliteFile damaged = now.copyTo(folder.resolve("damaged.db"));
    Path plans = Path.of("plans").toAbsolutePath();
    Path script = Path.of("repl-scripts/restore-0035.cairn").toAbsolutePath();
    try (CairnChild child =
        CairnChild.start(
            folder, "--plans", plans.toString(), now.path().toString(), "-f", script.toString())) {
      assertThat(child.await(Duration.ofMinutes(20)))
          .describedAs(child.out() + child.err())
          .isZero();
    }
    String power = OF_POWER + " AND NOT " + REWRITTEN + " AND interval_end <= 1762800000000";
    assertThat(rows(now, power)).isEqualTo(rows(then, power));
    assertThat(rows(now, "NOT (" + power + ")")).isEqualTo(rows(damaged, "NOT (" + power + ")"));
    assertThat(now.rows("SELECT sum(updated) FROM cairn_checkpoint WHERE run = 1"))
        .containsExactly(List.of(night.damaged()));
    assertThat(
            now.rows("SELECT system_id, point_id, day FROM point_readings_agg_1d ORDER BY 1, 2, 3"))
        .isEqualTo(
            then.rows(
                "SELECT system_id, point_id, day FROM point_readings_agg_1d ORDER BY 1, 2, 3"));
    assertThat(now.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
    assertThat(now.rows("PRAGMA foreign_key_check")).isEmpty();
  }

  private static List<List<Object>> rows(SqliteFile file, String where) throws Exception {
    return file.rows(
        "SELECT %s, %s FROM point_readings_agg_5m WHERE %s ORDER BY 1, 2, 3"
            .formatted(KEYS, VALUES, where));
  }
}
