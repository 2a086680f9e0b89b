package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.VendorRefactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor refactor with the real process: killed, without room, by hand, there and back. */
class RebuildsTest {
  private static final String PLANS = Path.of("plans").toAbsolutePath().toString();
  private static final Path SCRIPTS = Path.of("examples/vendor-refactor").toAbsolutePath();
  private static final String SCHEMA =
      "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'cairn%'"
          + " AND name NOT LIKE 'sqlite%' ORDER BY 1, 2";

  @TempDir Path folder;

  @Test
  void killed_in_the_middle_it_did_everything_or_nothing() throws Exception {
    SqliteFile fresh = vendor(folder, 10);
    List<List<Object>> schema = fresh.rows(SCHEMA);
    List<List<Object>> before = everything(fresh);
    Random random = new Random();
    int inside = 0;
    for (int kill = 0; kill < 3; kill++) {
      SqliteFile file = fresh.copyTo(folder.resolve("killed.db"));
      killAtWork(file, random.nextInt(60), "plan migrate vendor-refactor", "apply");
      boolean done = file.rows(SCHEMA).equals(schema) ? false : isNew(file);
      inside += done ? 0 : 1;
      if (!done) {
        assertThat(everything(file)).isEqualTo(before);
        assertThat(file.number("SELECT count(*) FROM cairn_rebuild")).isZero();
        cairn(file, 0, "resume");
      }
      cairn(file, 0, "verify vendor-refactor", "undo");
      assertThat(file.rows(SCHEMA)).isEqualTo(schema);
      assertThat(everything(file)).isEqualTo(before);
    }
    assertThat(inside).isPositive();
  }

  @Test
  void killed_on_the_way_back_it_is_the_new_table_or_the_old_one() throws Exception {
    SqliteFile old = vendor(folder, 10);
    List<List<Object>> schema = old.rows(SCHEMA);
    List<List<Object>> before = everything(old);
    cairn(old, 0, "plan migrate vendor-refactor", "apply");
    List<List<Object>> after = everything(old);
    Random random = new Random();
    int inside = 0;
    for (int kill = 0; kill < 2 || (inside == 0 && kill < 40); kill++) {
      SqliteFile file = old.copyTo(folder.resolve("killed.db"));
      killAtWork(file, random.nextInt(60), "undo");
      if (isNew(file)) {
        inside++;
        assertThat(everything(file)).isEqualTo(after);
        cairn(file, 0, begun(file, 2) ? "resume" : "undo");
      }
      assertThat(file.rows(SCHEMA)).isEqualTo(schema);
      assertThat(everything(file)).isEqualTo(before);
    }
    assertThat(inside).isPositive();
  }

  @Test
  void without_room_nothing_happened_and_with_room_it_goes_on() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    try (SmallDisk disk = SmallDisk.mount(small, 6_000_000)) {
      SqliteFile file = vendor(small, 5);
      List<List<Object>> schema = file.rows(SCHEMA);
      List<List<Object>> before = everything(file);
      Path filler = disk.fillUpTo(400_000);
      cairn(file, 6, "plan migrate vendor-refactor", "apply");
      assertThat(file.rows(SCHEMA)).isEqualTo(schema);
      assertThat(everything(file)).isEqualTo(before);
      assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
      Files.delete(filler);
      cairn(file, 0, "resume", "verify vendor-refactor");
      assertThat(isNew(file)).isTrue();
    }
  }

  @Test
  void the_documents_script_stops_at_the_null_and_loses_nothing() throws Exception {
    SqliteFile file = vendor(folder, 0.1);
    List<List<Object>> schema = file.rows(SCHEMA);
    List<List<Object>> before = everything(file);
    String script = SCRIPTS.resolve("migrate-prod.sql").toString();
    assertThat(run(file, "--yes", "-f", script)).isEqualTo(1);
    assertThat(file.rows(SCHEMA)).isEqualTo(schema);
    assertThat(everything(file)).isEqualTo(before);
    // Whoever goes on after errors meets the DROP, which is refused.
    assertThat(run(file, "--yes", "--keep-going", "-f", script)).isEqualTo(3);
    assertThat(file.number("SELECT count(*) FROM systems")).isEqualTo(systems(before));
    assertThat(file.number("SELECT count(*) FROM readings")).isEqualTo(5 * systems(before));
  }

  @Test
  void without_a_null_the_documents_script_would_take_the_children_and_is_refused()
      throws Exception {
    SqliteFile file = vendor(folder, 0.1);
    file.run("UPDATE systems SET timezone_offset = 10 WHERE timezone_offset IS NULL");
    List<List<Object>> before = everything(file);
    String script = SCRIPTS.resolve("migrate-prod.sql").toString();
    assertThat(run(file, "--yes", "-f", script)).isEqualTo(3);
    assertThat(everything(file)).isEqualTo(before);
  }

  /** It would drop three columns, a trigger, an index and every child row. */
  @Test
  void the_documents_rollback_is_refused_and_undo_does_what_it_meant() throws Exception {
    SqliteFile file = vendor(folder, 0.1);
    List<List<Object>> schema = file.rows(SCHEMA);
    List<List<Object>> before = everything(file);
    cairn(file, 0, "plan migrate vendor-refactor", "apply");
    List<List<Object>> after = everything(file);
    List<List<Object>> refactored = file.rows(SCHEMA);
    String script = SCRIPTS.resolve("rollback.sql").toString();
    assertThat(run(file, "--yes", "-f", script)).isEqualTo(3);
    assertThat(run(file, "-f", script)).isEqualTo(3);
    assertThat(everything(file)).isEqualTo(after);
    assertThat(file.rows(SCHEMA)).isEqualTo(refactored);
    cairn(file, 0, "undo");
    assertThat(file.rows(SCHEMA)).isEqualTo(schema);
    assertThat(everything(file)).isEqualTo(before);
  }

  @Test
  void rows_added_and_changed_since_go_through_the_rollback() throws Exception {
    SqliteFile file = vendor(folder, 0.1);
    cairn(file, 0, "plan migrate vendor-refactor", "apply");
    file.run(
        "INSERT INTO systems (vendor_type, vendor_site_id, display_name, timezone_offset_min)"
            + " VALUES ('select.live', '9999', 'New', 345)",
        "UPDATE systems SET timezone_offset_min = 575 WHERE id = 7",
        "UPDATE systems SET display_name = 'Named' WHERE id = 13");
    cairn(file, 0, "undo");
    assertThat(
            file.rows(
                "SELECT id, system_number, display_name, timezone_offset, user_id FROM systems"
                    + " WHERE id IN (4, 7, 13, 32) OR system_number = '9999' ORDER BY id"))
        .containsExactly(
            java.util.Arrays.asList(4L, "1504", "Site 4", null, null),
            List.of(7L, "1507", "Site 7", 9L, "user_7"),
            List.of(13L, "1513", "Named", 10L, "user_13"),
            java.util.Arrays.asList(32L, "1532", "Site 32", 9.5, null),
            java.util.Arrays.asList(108L, "9999", "New", 5L, null));
  }

  /** Kills it so many milliseconds after it has begun to write. */
  private void killAtWork(SqliteFile file, int millis, String... lines) throws Exception {
    List<String> all = new ArrayList<>(List.of("--plans", PLANS, file.path().toString()));
    for (String line : lines) {
      all.addAll(List.of("-c", line));
    }
    Path journal = Path.of(file.path() + "-journal");
    try (CairnChild child = CairnChild.start(folder, all.toArray(String[]::new))) {
      while (child.isAlive() && !isAtWork(journal)) {
        Thread.sleep(1);
      }
      Thread.sleep(millis);
      child.kill();
    }
  }

  private static boolean begun(SqliteFile file, long run) throws SQLException {
    return file.number("SELECT count(*) FROM cairn_run WHERE run = ?", run) == 1;
  }

  private static boolean isAtWork(Path journal) {
    try {
      return Files.size(journal) > 20_000;
    } catch (IOException none) {
      return false;
    }
  }

  private static boolean isNew(SqliteFile file) throws SQLException {
    return file.number(
            "SELECT count(*) FROM pragma_table_info('systems') WHERE name = 'vendor_type'")
        == 1;
  }

  private static long systems(List<List<Object>> before) {
    return before.size();
  }

  private static List<List<Object>> everything(SqliteFile file) throws SQLException {
    return file.rows(
        "SELECT s.*, (SELECT count(*) FROM readings r WHERE r.system_id = s.id),"
            + " (SELECT count(*) FROM point_info p WHERE p.system_id = s.id),"
            + " (SELECT seq FROM sqlite_sequence WHERE name = 'systems') FROM systems s ORDER BY id");
  }

  private static SqliteFile vendor(Path folder, double scale) throws IOException {
    SqliteFile file = new SqliteFile(folder.resolve("vendor.db"));
    VendorRefactor.write(file.path(), scale, 1, line -> {});
    return file;
  }

  private void cairn(SqliteFile file, int exit, String... lines) throws Exception {
    List<String> arguments = new ArrayList<>();
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    assertThat(run(file, arguments.toArray(String[]::new))).isEqualTo(exit);
  }

  private int run(SqliteFile file, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--plans", PLANS, file.path().toString()));
    all.addAll(List.of(arguments));
    return WarmCairn.shared().run(all.toArray(String[]::new)).code();
  }
}
