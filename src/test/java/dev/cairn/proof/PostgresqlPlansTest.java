package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans on PostgreSQL, from their preview to their undoing, told by another client. */
class PostgresqlPlansTest {
  @TempDir Path folder;

  private Connection other;
  private LiveCairn cairn;

  @BeforeEach
  void start() throws SQLException {
    String url = PostgresqlServer.get().database();
    other = PostgresqlServer.connect(url);
    cairn = new LiveCairn(folder, url);
  }

  @AfterEach
  void stop() throws SQLException {
    other.close();
  }

  /** The minute readings, half of which a live writer has written already, and some wrongly. */
  private void readings() throws SQLException, IOException {
    for (String sql :
        List.of(
            "CREATE TABLE systems (id integer PRIMARY KEY, vendor_type text NOT NULL)",
            "CREATE TABLE readings (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " system_id integer NOT NULL REFERENCES systems ON DELETE CASCADE,"
                + " inverter_time bigint NOT NULL, received_time bigint NOT NULL,"
                + " solar_w integer, battery_soc double precision, fault_code text,"
                + " solar_kwh_total double precision, UNIQUE (system_id, inverter_time))",
            "CREATE TABLE point_info (system_id integer NOT NULL REFERENCES systems ON DELETE CASCADE,"
                + " id integer NOT NULL, origin_sub_id text, PRIMARY KEY (system_id, id))",
            "CREATE TABLE point_readings (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " system_id integer NOT NULL REFERENCES systems ON DELETE CASCADE,"
                + " point_id integer NOT NULL, measurement_time bigint NOT NULL,"
                + " received_time bigint NOT NULL, value double precision, value_str text,"
                + " data_quality text NOT NULL DEFAULT 'good',"
                + " UNIQUE (system_id, point_id, measurement_time),"
                + " FOREIGN KEY (system_id, point_id) REFERENCES point_info ON DELETE CASCADE)",
            "INSERT INTO systems VALUES (1, 'selectronic'), (2, 'fronius'), (7, 'mondo')",
            "INSERT INTO point_info VALUES (1, 1, 'solar_w'), (1, 2, 'battery_soc'),"
                + " (1, 3, 'fault_code'), (1, 4, 'solar_wh_total'), (2, 1, 'solarW')",
            "INSERT INTO readings (system_id, inverter_time, received_time, solar_w, battery_soc,"
                + " fault_code, solar_kwh_total) SELECT s, 1700000000 + 60 * g, 1700000001 + 60 * g,"
                + " g, CASE WHEN g % 7 = 0 THEN NULL ELSE g / 10.0 END,"
                + " CASE WHEN g % 50 = 0 THEN 'E' || g END, 4000 + g * 0.001"
                + " FROM generate_series(1, 2) AS s, generate_series(1, 1000) AS g",
            "INSERT INTO point_readings (system_id, point_id, measurement_time, received_time, value)"
                + " SELECT 1, 1, inverter_time * 1000, 5, CASE WHEN solar_w <= 3 THEN -1 ELSE solar_w"
                + " END FROM readings WHERE system_id = 1 AND (solar_w <= 19 OR solar_w = 150)")) {
      run(sql);
    }
    Files.createDirectories(folder.resolve("plans"));
    Files.writeString(
        folder.resolve("plans").resolve("points.yaml"),
        """
        cairn: 1
        name: points
        source: {table: readings, lane: system_id, cursor: inverter_time}
        target: {table: point_readings, key: [system_id, point_id, measurement_time]}
        on_conflict: keep
        progress_name: readings_to_points
        columns:
          system_id: system_id
          measurement_time: inverter_time * 1000
          received_time: {value: received_time * 1000, on_insert: true}
          data_quality: "'good'"
        fan_out:
          column: point_id
          lookup: {table: point_info, match: {system_id: system_id}, name: origin_sub_id, value: id}
          by: {table: systems, match: {id: system_id}, column: vendor_type}
          variants:
            selectronic:
              solar_w: {value: solar_w}
              battery_soc: {value: battery_soc}
              fault_code: {value_str: fault_code}
              solar_wh_total: {value: "round(CAST(solar_kwh_total * 1000 AS NUMERIC), 6)"}
            fronius:
              solarW: {value: solar_w}
        """);
  }

  @Test
  void a_migration_is_planned_applied_verified_and_undone() throws Exception {
    readings();
    String before = rows("SELECT * FROM point_readings ORDER BY id");
    assertThat(cairn.run(plans(), "plan migrate points"))
        .contains("\"source_rows\":2000", "\"expected_rows\":5000", "\"already_there\":20");

    assertThat(
            approved(
                "plan migrate points",
                "set batch_rows 300",
                "plan migrate points",
                "apply",
                "verify points",
                "spotcheck points 50 seed 1"))
        .contains(
            "\"status\":\"SUCCEEDED\"",
            "\"inserted\":4980,\"identical\":17,\"kept\":3,",
            "\"result\":\"verified\"")
        .doesNotContain("\"result\":\"mismatch\"");
    assertThat(rows("SELECT count(*), sum(value) FROM point_readings WHERE point_id = 4"))
        .isEqualTo("1000|4000500500;");
    assertThat(rows("SELECT count(*), sum(inserted), max(epoch) FROM cairn_checkpoint"))
        .isEqualTo("8|4980|1;");
    // A batch that met rows has gaps in its numbers: its keys are noted, a range of all others.
    assertThat(
            rows(
                "SELECT count(*) FILTER (WHERE id_to - id_from + 1 = inserted),"
                    + " count(*) FILTER (WHERE id_from IS NULL), (SELECT count(*)"
                    + " FROM cairn_undo_point_readings WHERE cairn_kind = 'inserted')"
                    + " FROM cairn_checkpoint"))
        .isEqualTo("7|1|1180;");
    assertThat(rows("SELECT to_regclass('migration_progress')")).isEqualTo("null;");

    run(
        "UPDATE point_readings SET value = -77 WHERE system_id = 2"
            + " AND measurement_time = 1700000060000");
    assertThat(approved("plan undo 1", "undo 1"))
        .contains("\"status\":\"SUCCEEDED\"", "\"deleted\":4979");
    assertThat(rows("SELECT * FROM point_readings WHERE value IS DISTINCT FROM -77 ORDER BY id"))
        .isEqualTo(before);
    assertThat(approved("plan undo 2", "undo 2")).contains("\"inserted\":4979");
    assertThat(rows("SELECT count(*) FROM point_readings")).isEqualTo("5000;");
  }

  @Test
  void what_replaces_and_what_removes_rows_is_taken_back_as_it_was() throws Exception {
    readings();
    String over = Files.readString(folder.resolve("plans/points.yaml"));
    Files.writeString(
        folder.resolve("plans/over.yaml"),
        over.replace("name: points\n", "name: over\n")
            .replace("conflict: keep", "conflict: replace"));
    String before = rows("SELECT * FROM point_readings ORDER BY id");
    assertThat(approved("plan migrate over", "plan migrate over", "apply", "verify over"))
        .contains("\"inserted\":4980,\"identical\":17,\"kept\":0,\"replaced\":3,", "verified");
    String migrated = rows("SELECT * FROM point_readings ORDER BY id");

    String delete = "plan DELETE FROM point_readings WHERE system_id = 1 AND point_id = 1";
    assertThat(approved(delete, delete, "apply", "verify"))
        .contains("\"deleted\":1000", "\"result\":\"verified\"");
    assertThat(approved("plan undo", "undo")).contains("\"inserted\":1000");
    assertThat(rows("SELECT * FROM point_readings ORDER BY id")).isEqualTo(migrated);
    assertThat(approved("plan undo 1", "undo 1")).contains("\"updated\":3", "\"deleted\":4980");
    assertThat(rows("SELECT * FROM point_readings ORDER BY id")).isEqualTo(before);
  }

  private List<String> plans() {
    return List.of("--plans", folder.resolve("plans").toString());
  }

  /** Runs lines under the token of the plan that this line makes. */
  private String approved(String planning, String... lines) throws Exception {
    String planned = cairn.run(plans(), planning);
    String token = planned.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    List<String> options = new ArrayList<>(plans());
    options.addAll(List.of("--plan", token));
    return cairn.run(options, lines);
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private String rows(String sql) throws SQLException {
    StringBuilder out = new StringBuilder();
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          out.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
        out.append(';');
      }
    }
    return out.toString();
  }
}
