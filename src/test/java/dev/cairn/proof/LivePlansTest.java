package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.example.Incident0035;
import dev.cairn.example.IncidentNight;
import dev.cairn.example.VendorRefactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plans that change what is there, on a live libSQL server: as they are for a file, from the
 * plan to the verification and back again.
 */
class LivePlansTest {
  private static final String SCHEMA =
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'cairn%'"
          + " AND name NOT LIKE 'sqlite%' ORDER BY 1, 2";
  private static final String DAMAGED =
      "SELECT count(*) FROM point_readings_agg_5m WHERE (system_id, point_id) IN (SELECT system_id,"
          + " id FROM point_info WHERE metric_type = 'power') AND avg IS NULL AND delta IS NOT"
          + " NULL";
  private static final String AGGREGATES =
      "SELECT * FROM point_readings_agg_5m ORDER BY system_id, point_id, interval_end";
  private static final String DAYS =
      "plan UPDATE point_readings_agg_1d SET avg = NULL, min = NULL, max = NULL, delta = (SELECT"
          + " round(sum(f.delta), 3) FROM point_readings_agg_5m AS f WHERE f.system_id ="
          + " point_readings_agg_1d.system_id AND f.point_id = point_readings_agg_1d.point_id AND"
          + " f.interval_end > (unixepoch(point_readings_agg_1d.day) - 36000) * 1000 AND"
          + " f.interval_end <= (unixepoch(point_readings_agg_1d.day) + 50400) * 1000) WHERE"
          + " (system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type ="
          + " 'energy' AND (transform IS NULL OR transform <> 'd'))";

  @TempDir Path folder;
  private SqldServer server;

  @BeforeEach
  void start() {
    server = SqldServer.start(folder.resolve("sqld"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void a_table_with_children_views_and_nulls_is_made_anew_and_back() throws Exception {
    Path file = folder.resolve("vendor.db");
    VendorRefactor.write(file, 0.2, 5, line -> {});
    String url = server.namespace("vendor", file);
    LiveCairn live = new LiveCairn(folder, url);
    try (Database database = open(url)) {
      List<List<Object>> schema = rows(database, SCHEMA);
      List<List<Object>> systems = rows(database, "SELECT * FROM systems ORDER BY id");
      List<List<Object>> children = children(database);
      List<List<Object>> numbers =
          rows(database, "SELECT * FROM sqlite_sequence WHERE name = 'systems'");
      assertThat(systems).anyMatch(row -> row.contains(null));
      done(live, "plan migrate vendor-refactor", "apply", "verify vendor-refactor");
      assertThat(rows(database, "SELECT count(*) FROM systems WHERE timezone_offset_min IS NULL"))
          .containsExactly(List.of(0L));
      assertThat(rows(database, "SELECT count(*) FROM systems"))
          .containsExactly(List.of((long) systems.size()));
      assertThat(children(database)).isEqualTo(children);
      assertThat(rows(database, "PRAGMA foreign_key_check")).isEmpty();
      done(live, "plan undo", "apply");
      assertThat(rows(database, SCHEMA)).isEqualTo(schema);
      assertThat(rows(database, "SELECT * FROM systems ORDER BY id")).isEqualTo(systems);
      assertThat(rows(database, "SELECT * FROM sqlite_sequence WHERE name = 'systems'"))
          .isEqualTo(numbers);
      assertThat(children(database)).isEqualTo(children);
    }
  }

  @Test
  void the_incident_is_repaired_from_a_file_to_its_end() throws Exception {
    Path file = folder.resolve("incident.db");
    IncidentNight.write(file, 0.02, 3, line -> {});
    String url = server.namespace("incident", file);
    Path aside =
        Files.createDirectories(
            folder.resolve("state/cairn/snapshots/127.0.0.1:" + server.port() + "_incident"));
    Path snapshot = aside.resolve(IncidentNight.SNAPSHOT + ".db");
    Files.copy(
        folder.resolve("incident.db.snapshots").resolve(IncidentNight.SNAPSHOT + ".db"), snapshot);
    LiveCairn live = new LiveCairn(folder, url);
    new LiveCairn(folder, file.toString())
        .run(List.of(), "plan migrate restore-0035", "apply", "verify restore-0035");
    try (Database database = open(url);
        Database local = open(file.toString())) {
      List<List<Object>> before = rows(database, AGGREGATES);
      assertThat((Long) rows(database, DAMAGED).get(0).get(0)).isPositive();
      done(live, "plan migrate restore-0035", "apply", "verify restore-0035");
      assertThat(rows(database, DAMAGED)).containsExactly(List.of(0L));
      assertThat(rows(database, AGGREGATES)).isEqualTo(rows(local, AGGREGATES));
      assertThat(stages(database)).isEmpty();
      done(live, DAYS, "apply", "verify");
      done(live, "plan undo 1", "apply");
      assertThat(rows(database, AGGREGATES)).isEqualTo(before);
    }
  }

  @Test
  void rows_of_every_type_come_from_another_server_to_the_bit() throws Exception {
    String then = server.namespace("then");
    String now = server.namespace("now");
    try (Database old = open(then);
        Database database = open(now)) {
      for (Database each : List.of(old, database)) {
        run(each, "CREATE TABLE r (k TEXT NOT NULL PRIMARY KEY, v, n REAL)");
        run(
            each,
            "INSERT INTO r VALUES ('max', 9223372036854775807, 0.1), ('min', -9223372036854775808,"
                + " -0.0), ('blob', x'00ff', 5e-324), ('empty', '', 1.7976931348623157e308),"
                + " ('null', NULL, 3.0), ('real', 2.0, 4611686018427387905), ('noblob', x'',"
                + " 2.2250738585072014e-308), ('kanji', '漢\u0001字', 1e23)");
      }
      run(database, "UPDATE r SET v = 'wrong', n = 7");
      run(database, "INSERT INTO r VALUES ('later', 'mine', 1)");
      LiveCairn live = new LiveCairn(folder, now);
      List<List<Object>> wrong = rows(database, "SELECT * FROM r ORDER BY k");
      done(live, "plan restore r from '" + then + "' where v = 'wrong'", "apply", "verify");
      String exact =
          "SELECT k, typeof(v), quote(v), typeof(n), n FROM r WHERE k <> 'later' ORDER BY k";
      assertThat(rows(database, exact)).isEqualTo(rows(old, exact));
      assertThat(live.run(List.of(), "diff r '" + then + "'"))
          .contains("later")
          .doesNotContain("kanji");
      done(live, "plan undo", "apply");
      assertThat(rows(database, "SELECT * FROM r ORDER BY k")).isEqualTo(wrong);
    }
  }

  @Test
  void interval_energy_moves_and_comes_back() throws Exception {
    Path file = folder.resolve("night.db");
    Incident0035.write(file, 0.02, 3, line -> {});
    String url = server.namespace("night", file);
    LiveCairn live = new LiveCairn(folder, url);
    new LiveCairn(folder, file.toString()).run(List.of(), "plan migrate energy-delta", "apply");
    try (Database database = open(url);
        Database local = open(file.toString())) {
      List<List<Object>> before = rows(database, AGGREGATES);
      done(live, "plan migrate energy-delta", "apply", "verify energy-delta");
      assertThat(rows(database, AGGREGATES)).isEqualTo(rows(local, AGGREGATES)).isNotEqualTo(before);
      done(live, "plan undo", "apply");
      assertThat(rows(database, AGGREGATES)).isEqualTo(before);
      done(live, "plan undo 2", "apply"); // the undo of the undo does it again
      assertThat(rows(database, AGGREGATES)).isEqualTo(rows(local, AGGREGATES));
      String newest = "(SELECT max(interval_end) FROM point_readings_agg_5m WHERE delta IS NOT NULL)";
      live.run(
          List.of("--yes"),
          "UPDATE point_readings_agg_5m SET delta = -1 WHERE delta IS NOT NULL AND interval_end = "
              + newest);
      assertThat(live.run(List.of(), "plan undo 3")).contains("changed since and left alone");
    }
  }

  @Test
  void killed_while_rows_are_brought_it_begins_again() throws Exception {
    Path then = folder.resolve("then.db");
    try (Database old = open(then.toString())) {
      run(old, "CREATE TABLE r (id INTEGER PRIMARY KEY, v TEXT, n REAL)");
      run(
          old,
          "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40000)"
              + " INSERT INTO r SELECT i, 'row ' || i, i / 7.0 FROM c");
    }
    String url = server.namespace("killed", then);
    LiveCairn live = new LiveCairn(folder, url);
    try (Database database = open(url)) {
      run(database, "UPDATE r SET v = NULL, n = NULL WHERE id > 1000");
      String planning = "plan restore r from '" + then + "' where v IS NULL";
      String[] line = {url, "--plan", live.token(planning), "-c", planning, "-c", "apply"};
      for (int kill = 0; kill < 2; kill++) {
        String[] again = {url, "-c", "set lease 1", "-c", "resume"};
        Thread.sleep(kill * 1500L);
        try (CairnChild child = CairnChild.start(folder, kill == 0 ? line : again)) {
          long already = largest(database);
          while (child.isAlive() && stages(database).isEmpty() | largest(database) == already) {
            Thread.sleep(2);
          }
          child.kill();
        }
        assertThat(rows(database, "SELECT count(*) FROM r WHERE v IS NULL"))
            .containsExactly(List.of(39_000L));
        assertThat(rows(database, "SELECT count(*) FROM cairn_checkpoint"))
            .containsExactly(List.of(0L));
      }
      Thread.sleep(1500);
      assertThat(live.run(List.of(), "set lease 1", "resume", "verify"))
          .contains("\"status\":\"SUCCEEDED\"", "\"result\":\"verified\"");
      assertThat(stages(database)).isEmpty();
      assertThat(live.run(List.of(), "diff r '" + then + "'")).contains("\"rows\":[]");
    }
  }

  /** How many rows have been brought by whoever brought most. */
  private static long largest(Database database) {
    long most = 0;
    for (List<Object> stage : stages(database)) {
      try {
        most =
            Math.max(
                most, (Long) rows(database, "SELECT count(*) FROM " + stage.get(0)).get(0).get(0));
      } catch (RuntimeException dropped) {
        continue; // it was there a moment ago
      }
    }
    return most;
  }

  @Test
  void a_file_and_a_server_are_compared_and_repaired_in_both_directions() throws Exception {
    Path file = folder.resolve("here.db");
    try (Database local = open(file.toString())) {
      run(local, "CREATE TABLE r (id INTEGER PRIMARY KEY, v)");
      run(local, "INSERT INTO r VALUES (1, 'a'), (2, NULL), (3, 3.5), (4, 9223372036854775807)");
    }
    String one = server.namespace("one", file);
    String two = server.namespace("two", file);
    try (Database database = open(one);
        Database local = open(file.toString())) {
      run(database, "UPDATE r SET v = '' WHERE id = 2");
      run(database, "INSERT INTO r VALUES (5, x'00')");
      String[] pairs = {one, "'" + file + "'", one, "'" + two + "'", file.toString(), "'" + one + "'"};
      for (int i = 0; i < pairs.length; i += 2) {
        String said = new LiveCairn(folder, pairs[i]).run(List.of(), "diff r " + pairs[i + 1]);
        assertThat(said).describedAs(pairs[i]).contains("[\"changed\",2,").doesNotContain(",3,", ",4,");
      }
      run(local, "UPDATE r SET v = 'wrong' WHERE id IN (2, 4)");
      new LiveCairn(folder, file.toString())
          .run(List.of(), "plan restore r from '" + two + "' where v = 'wrong'", "apply", "verify");
      assertThat(rows(local, "SELECT * FROM r WHERE id IN (2, 4)").get(1).get(1))
          .isEqualTo(Long.MAX_VALUE);
      assertThat(rows(local, "SELECT * FROM r WHERE id = 2").get(0).get(1)).isNull();
    }
  }

  /** With the token of a planning before, as a script on a live database must. */
  private static void done(LiveCairn live, String planning, String... then) throws Exception {
    List<String> lines = new ArrayList<>(List.of(planning));
    lines.addAll(List.of(then));
    String said = live.run(List.of("--plan", live.token(planning)), lines.toArray(String[]::new));
    assertThat(said).contains("\"status\":\"SUCCEEDED\"");
    if (then[then.length - 1].startsWith("verify")) {
      assertThat(said).contains("\"result\":\"verified\"");
    }
  }

  private static List<List<Object>> children(Database database) {
    List<List<Object>> all = rows(database, "SELECT * FROM point_info ORDER BY system_id, id");
    return List.of(
        List.of(all), List.of(rows(database, "SELECT * FROM readings ORDER BY 1, 2, 3")));
  }

  private static List<List<Object>> stages(Database database) {
    return rows(
        database, "SELECT name FROM sqlite_schema WHERE name LIKE 'cairn\\_stage%' ESCAPE '\\'");
  }

  private static Database open(String named) {
    return Databases.open(named, new SqliteDatabase.Options(true, false, false, 5_000));
  }

  private static void run(Database database, String sql) {
    ContractEngines.write(database, SqlFragment.of(sql));
  }

  private static List<List<Object>> rows(Database database, String sql) {
    try (ReadView view = database.view()) {
      return view.rows(SqlFragment.of(sql));
    }
  }
}
