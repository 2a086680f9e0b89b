package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.LiveOne;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both migrations of the point migration plan on a live libSQL server, each row as the same plan
 * leaves it in a SQLite file. What is on the server is read by the JDBC driver of somebody else.
 */
class LiveMigrationsTest {
  /** The driver knows no namespaces: the server then takes the first part of the host's name. */
  private static final String NAMESPACE = "127";

  @TempDir Path folder;

  @Test
  void a_server_holds_what_a_file_would() throws Exception {
    Path file = folder.resolve("liveone.db");
    LiveOne.write(file, 0.02, 17, line -> {});
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      String url = server.namespace(NAMESPACE, file);
      LiveCairn live = new LiveCairn(folder, url);
      LiveCairn local = new LiveCairn(folder, file.toString());
      List<List<String>> before = targets("jdbc:sqlite:" + file);
      for (String plan : List.of("agg5m", "points")) {
        String planning = "plan migrate " + plan;
        List<String> approved = List.of("--plan", live.token(planning));
        assertThat(live.run(approved, planning, "apply", "verify " + plan))
            .contains("\"status\":\"SUCCEEDED\"")
            .contains("\"result\":\"verified\"");
        local.run(List.of(), planning, "apply");
        assertThat(spotchecked(live, plan)).isEqualTo(spotchecked(local, plan));
      }
      List<List<String>> wanted = targets("jdbc:sqlite:" + file);
      wanted.forEach(rows -> assertThat(rows.size()).isGreaterThan(5_000));
      String driver = "jdbc:dbeaver:libsql:http://127.0.0.1:" + server.port();
      assertThat(targets(driver)).isEqualTo(wanted);
      for (String run : List.of("2", "1")) {
        live.run(List.of("--plan", live.token("plan undo " + run)), "undo " + run);
      }
      assertThat(targets(driver)).isEqualTo(before);
    }
  }

  /** What it says of rows that it picked, but for the time that it took. */
  private static String spotchecked(LiveCairn cairn, String plan) throws Exception {
    String said = cairn.ends("spotcheck " + plan + " 5 seed 7");
    assertThat(said).contains("\"name\":\"spotcheck\"");
    return said.replaceAll("\"seconds\":[0-9.]+", "");
  }

  private static List<List<String>> targets(String place) throws SQLException {
    try (Connection connection = DriverManager.getConnection(place)) {
      return List.of(
          rows(
              connection,
              "SELECT system_id, point_id, measurement_time, value, value_str, data_quality, received_time FROM point_readings ORDER BY 1, 2, 3"),
          rows(
              connection,
              "SELECT system_id, point_id, interval_end, avg, min, max, last, delta, value_str, sample_count, created_at FROM point_readings_agg_5m ORDER BY 1, 2, 3"));
    }
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int width = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= width; i++) {
          Object value = result.getObject(i);
          row.append(value instanceof Number number ? number.doubleValue() : value).append('|');
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }
}
