package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.IncidentNight;
import dev.cairn.example.VendorRefactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore and a rebuild tried out on a copy: all of it there, nothing here. */
class RehearsedRepairsTest {
  private static final String DAMAGED =
      "SELECT count(*) FROM point_readings_agg_5m WHERE (system_id, point_id) IN"
          + " (SELECT system_id, id FROM point_info WHERE metric_type = 'power')"
          + " AND avg IS NULL AND delta IS NOT NULL";
  private static final String REFACTORED =
      "SELECT count(*) FROM pragma_table_info('systems') WHERE name = 'vendor_type'";

  @TempDir Path folder;

  @Test
  void a_restore() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("incident.db"));
    long damaged = IncidentNight.write(file.path(), 0.01, 3, line -> {}).damaged();
    byte[] before = Files.readAllBytes(file.path());
    cairn(file, 0, "plan migrate restore-0035", "apply on snapshot");
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    SqliteFile copy = rehearsal(file);
    assertThat(copy.number(DAMAGED)).isZero();
    assertThat(file.number(DAMAGED)).isEqualTo(damaged).isPositive();
    cairn(file, 0, "plan migrate restore-0035", "apply", "verify restore-0035");
    assertThat(file.content("point_readings_agg_5m"))
        .isEqualTo(copy.content("point_readings_agg_5m"));
  }

  /** One more damaged row than was rehearsed. */
  @Test
  void a_restore_that_finds_other_rows_than_rehearsed_stops() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("incident.db"));
    IncidentNight.write(file.path(), 0.01, 3, line -> {});
    cairn(file, 0, "plan migrate restore-0035", "apply on snapshot");
    assertThat(
            file.change(
                "UPDATE point_readings_agg_5m SET delta = 1, avg = NULL, min = NULL, max = NULL"
                    + " WHERE rowid = (SELECT rowid FROM point_readings_agg_5m WHERE avg IS NOT NULL"
                    + " AND (system_id, point_id) IN (SELECT system_id, id FROM point_info"
                    + " WHERE metric_type = 'power') ORDER BY interval_end LIMIT 1)"))
        .isEqualTo(1);
    List<List<Object>> left = file.content("point_readings_agg_5m");
    assertThat(cairn(file, 4, "plan migrate restore-0035", "apply")).contains("rehears");
    assertThat(file.content("point_readings_agg_5m")).isEqualTo(left);
    cairn(file, 0, "plan migrate restore-0035", "apply --drift 1", "verify restore-0035");
    assertThat(file.number(DAMAGED)).isZero();
  }

  @Test
  void a_rebuild() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("vendor.db"));
    VendorRefactor.write(file.path(), 0.1, 1, line -> {});
    byte[] before = Files.readAllBytes(file.path());
    cairn(file, 0, "plan migrate vendor-refactor", "apply on snapshot");
    assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    SqliteFile copy = rehearsal(file);
    assertThat(copy.number(REFACTORED)).isEqualTo(1);
    assertThat(copy.rows("PRAGMA foreign_key_check")).isEmpty();
    cairn(file, 0, "plan migrate vendor-refactor", "apply", "verify vendor-refactor");
    for (String table : List.of("systems", "readings", "point_info", "polling_status")) {
      assertThat(file.content(table)).isNotEmpty().isEqualTo(copy.content(table));
    }
  }

  private static SqliteFile rehearsal(SqliteFile file) throws Exception {
    Path aside = Path.of(file.path() + ".snapshots");
    String name =
        SnapshotsTest.names(aside).stream()
            .filter(each -> each.startsWith("rehearsal-") && each.endsWith(".db"))
            .findFirst()
            .orElseThrow();
    return new SqliteFile(aside.resolve(name));
  }

  private static String cairn(SqliteFile file, int code, String... lines) throws Exception {
    List<String> all = new ArrayList<>(List.of(file.path().toString()));
    all.addAll(List.of("--plans", Path.of("plans").toAbsolutePath().toString()));
    for (String line : lines) {
      all.addAll(List.of("-c", line));
    }
    return WarmCairn.shared().exits(code, all.toArray(String[]::new));
  }
}
