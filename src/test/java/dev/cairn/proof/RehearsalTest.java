package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans tried out on a copy, and applies held against that. */
class RehearsalTest {
  private static final String PLAN = "plan migrate daily_sales";
  private static final String REHEARSE = "apply on snapshot";
  private static final OtherPlan DAILY_SALES = OtherPlan.valueOf("DAILY_SALES");

  /** A row of a lane that the plan would insert, as a live writer might write it before. */
  private static final String WRITER =
      "INSERT INTO daily_sales SELECT shop, substr(placed_at, 1, 10), -1, -1, -1 FROM orders o"
          + " WHERE shop = 'New' AND state <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM daily_sales d"
          + " WHERE d.shop = o.shop AND d.day = substr(o.placed_at, 1, 10)) LIMIT 1";

  @TempDir Path folder;

  @Test
  void a_rehearsal_does_all_of_the_plan_and_nothing_to_the_target() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    SqliteFile oracle = database.copyTo(folder.resolve("oracle.db"));
    DAILY_SALES.inOneStatement(oracle);
    byte[] before = Files.readAllBytes(database.path());
    assertThat(cairn(0, "--format", "json", "-c", PLAN, "-c", REHEARSE))
        .contains("\"kind\":\"run\"")
        .contains("SUCCEEDED");
    assertThat(Files.readAllBytes(database.path())).isEqualTo(before);
    SqliteFile copy = rehearsal();
    assertThat(copy.content("daily_sales")).isEqualTo(oracle.content("daily_sales"));
    assertThat(Files.readString(measured(copy))).contains("\"verification\" : \"verified\"");
    cairn(0, "-c", PLAN, "-c", "apply");
    assertThat(database.content("daily_sales")).isEqualTo(oracle.content("daily_sales"));
    // What was rehearsed has been applied: another apply is held against nothing.
    cairn(0, "-c", PLAN, "-c", "apply", "--yes", "-c", "snapshot drop " + name(copy));
    assertThat(SnapshotsTest.names(folder.resolve("sales.db.snapshots"))).isEmpty();
  }

  @Test
  void an_apply_stops_at_the_edge_of_the_lane_that_differs() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    cairn(0, "-c", PLAN, "-c", REHEARSE);
    assertThat(database.change(WRITER)).isEqualTo(1);
    assertThat(cairn(4, "-c", PLAN, "-c", "apply")).contains("rehearsed").contains("lane New");
    assertThat(lanesDone(database)).isEqualTo(List.of("Big", "New"));
    assertThat(status(database)).isEqualTo("PAUSED");
    assertThat(cairn(0, "-c", "resume")).contains("SUCCEEDED");
    assertThat(lanesDone(database)).isEqualTo(List.of("Big", "New", "Old"));
  }

  @Test
  void a_difference_within_the_tolerance_goes_on() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    cairn(0, "-c", PLAN, "-c", REHEARSE);
    assertThat(database.change(WRITER)).isEqualTo(1);
    cairn(0, "-c", PLAN, "-c", "apply --drift 1");
    assertThat(status(database)).isEqualTo("SUCCEEDED");
  }

  @Test
  void an_apply_that_stopped_goes_on_with_a_tolerance() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    cairn(0, "-c", PLAN, "-c", REHEARSE);
    database.change(WRITER);
    database.change(WRITER.replace("'New'", "'Old'"));
    cairn(4, "-c", PLAN, "-c", "apply");
    assertThat(cairn(4, "-c", PLAN, "-c", "apply")).contains("lane Old");
    cairn(0, "-c", PLAN, "-c", "apply --drift 1");
    assertThat(status(database)).isEqualTo("SUCCEEDED");
  }

  @Test
  void other_rows_than_rehearsed_are_found_before_the_first_batch() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    cairn(0, "-c", PLAN, "-c", REHEARSE);
    database.run("INSERT INTO orders VALUES (99999, 'Old', '2031-01-01 00:00:00', 1, 'paid')");
    assertThat(cairn(4, "-c", PLAN, "-c", "apply"))
        .contains("lane Old")
        .contains("nothing was written");
    assertThat(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'cairn_run'"))
        .isZero();
    cairn(0, "-c", PLAN, "-c", REHEARSE, "-c", "apply");
  }

  @Test
  void a_change_and_its_undo_can_be_rehearsed() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    List<List<Object>> before = database.content("orders");
    String update = "plan UPDATE orders SET cents = cents + 1 WHERE shop = 'Old'";
    cairn(0, "-c", update, "-c", REHEARSE);
    assertThat(database.content("orders")).isEqualTo(before);
    cairn(0, "-c", update, "-c", "apply");
    List<List<Object>> changed = database.content("orders");
    assertThat(changed).isNotEqualTo(before);
    cairn(0, "-c", "plan undo", "-c", REHEARSE);
    assertThat(database.content("orders")).isEqualTo(changed);
    cairn(0, "-c", "plan undo", "-c", "apply");
    assertThat(database.content("orders")).isEqualTo(before);
  }

  @Test
  void a_plan_that_fails_on_the_copy_leaves_the_target_alone() throws Exception {
    SqliteFile database = DAILY_SALES.write(folder.resolve("sales.db"));
    database.run(
        "CREATE TRIGGER no_more BEFORE INSERT ON daily_sales WHEN NEW.shop = 'Old'"
            + " BEGIN SELECT raise(ABORT, 'not here'); END");
    byte[] before = Files.readAllBytes(database.path());
    assertThat(cairn(1, "-c", PLAN, "-c", REHEARSE))
        .contains("on the snapshot")
        .contains("nothing was written to sales.db");
    assertThat(Files.readAllBytes(database.path())).isEqualTo(before);
  }

  private String cairn(int exit, String... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(folder.resolve("sales.db").toString());
    all.addAll(List.of("--plans", OtherPlan.FOLDER.toString()));
    all.addAll(Arrays.asList(arguments));
    return WarmCairn.shared().exits(exit, all.toArray(String[]::new));
  }

  private SqliteFile rehearsal() throws Exception {
    Path aside = folder.resolve("sales.db.snapshots");
    String file =
        SnapshotsTest.names(aside).stream()
            .filter(n -> n.endsWith(".db"))
            .findFirst()
            .orElseThrow();
    return new SqliteFile(aside.resolve(file));
  }

  private static String name(SqliteFile copy) {
    return copy.path().getFileName().toString().replaceFirst("\\.db$", "");
  }

  private static Path measured(SqliteFile copy) {
    return copy.path().resolveSibling(name(copy) + ".rehearsal");
  }

  private static List<Object> lanesDone(SqliteFile database) throws Exception {
    return database.rows("SELECT value FROM cairn_lane WHERE done = 1 ORDER BY lane").stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static Object status(SqliteFile database) throws Exception {
    return database.rows("SELECT status FROM cairn_run ORDER BY run DESC LIMIT 1").get(0).get(0);
  }
}
