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
 * {@code repl-scripts/live-agg5m.cairn} on a real server, as its head says to run it. What it left
 * there is read by the JDBC driver of somebody else.
 */
class LiveScriptTest {
  private static final Path SCRIPT = Path.of("repl-scripts/live-agg5m.cairn").toAbsolutePath();
  private static final Path PLANS = Path.of("plans").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void the_live_session_runs_under_the_token_that_a_plan_printed_and_is_taken_back()
      throws Exception {
    Path file = folder.resolve("liveone.db");
    LiveOne.write(file, 0.02, 17, line -> {});
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      String url = server.namespace("127", file); // the driver's namespace
      long before = number(server, "SELECT count(*) FROM point_readings_agg_5m");
      String planned = exits(0, url, "-c", "plan migrate agg5m");
      String token = planned.replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");

      assertThat(exits(3, url, "--yes", "-f", SCRIPT.toString())).contains("needs --plan TOKEN");
      assertThat(number(server, "SELECT count(*) FROM point_readings_agg_5m")).isEqualTo(before);

      assertThat(exits(0, url, "--plan", token, "-f", SCRIPT.toString()))
          .contains("\"status\":\"SUCCEEDED\"", "\"result\":\"verified\"")
          .contains("\"columns\":[\"system_id\",\"last_migrated\",\"rows_migrated\"]");
      long after = number(server, "SELECT count(*) FROM point_readings_agg_5m");
      assertThat(after).isGreaterThan(before);
      assertThat(number(server, "SELECT sum(inserted) FROM cairn_checkpoint"))
          .isEqualTo(after - before);

      String undo =
          exits(0, url, "-c", "plan undo").replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");
      exits(0, url, "--plan", undo, "-c", "undo");
      assertThat(number(server, "SELECT count(*) FROM point_readings_agg_5m")).isEqualTo(before);
    }
  }

  private String exits(int code, String url, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(url, "--format", "json"));
    arguments.addAll(List.of("--plans", PLANS.toString()));
    arguments.addAll(List.of(more));
    try (CairnChild child = CairnChild.run(folder, arguments.toArray(String[]::new))) {
      String all = child.out() + child.err();
      assertThat(child.await()).as(all).isEqualTo(code);
      return all;
    }
  }

  private static long number(SqldServer server, String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:dbeaver:libsql:http://127.0.0.1:" + server.port());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return ((Number) result.getObject(1)).longValue();
    }
  }
}
