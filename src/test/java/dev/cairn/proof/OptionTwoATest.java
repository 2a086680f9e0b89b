package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Option 2A from its example database to its end and back, on a real server. */
class OptionTwoATest {
  private static final String TRIGGERS_OFF =
      "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'";
  private static final String POSITIONS =
      "SELECT count(*) FROM user_profiles u, LATERAL calculate_user_positions(u.id) p"
          + " JOIN electricity_readings r ON r.id = p.reading_id"
          + " WHERE p.position_kwh IS DISTINCT FROM r.reading_kwh";

  @TempDir Path folder;
  private String url;

  @Test
  void it_is_planned_applied_verified_and_taken_back() throws Exception {
    url = PostgresqlServer.get().database();
    String[] demo = {"demo", folder.toString(), "--story", "option-2a", "--database", url};
    String made = runs(0, add(demo, "--scale", "0.02", "--create-only"));
    assertThat(made).contains("electricity_readings: 2,000 rows");
    long before = number("SELECT count(*) FROM token_events");
    String token = planned("plan migrate option-2a");
    String out = runs(0, url, "--plan", token, "-c", "plan migrate option-2a", "-c", "apply");
    assertThat(out).contains("SUCCEEDED");
    assertThat(number(POSITIONS)).isZero();
    assertThat(number(TRIGGERS_OFF)).isZero();
    assertThat(number("SELECT count(*) FROM electricity_readings_v"))
        .isEqualTo(number("SELECT count(*) FROM token_events WHERE NOT is_voided"));
    assertThat(number("SELECT count(*) FROM electricity_readings"))
        .isEqualTo(number("SELECT count(*) FROM token_events WHERE reading_id IS NOT NULL"));
    runs(0, url, "-c", "verify option-2a");

    String back = planned("plan undo");
    runs(0, url, "--plan", back, "-c", "plan undo", "-c", "apply");
    assertThat(number("SELECT count(*) FROM token_events")).isEqualTo(before);
    assertThat(number("SELECT count(*) FROM pg_matviews")).isZero();
    assertThat(
            number(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'token_events'::regclass"
                    + " AND attname = 'reading_id'"))
        .isZero();
  }

  private String planned(String line) throws Exception {
    return runs(0, url, "-c", line).replaceFirst("(?s).*\ntoken (\\S+).*", "$1");
  }

  private static String[] add(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String runs(int code, String... arguments) throws Exception {
    String[] all = add(arguments, "--plans", Path.of("plans").toAbsolutePath().toString());
    WarmCairn.Ended ended = WarmCairn.shared().run(all);
    String said = ended.out() + ended.err();
    assertThat(ended.code()).as(said).isEqualTo(code);
    return said;
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = PostgresqlServer.connect(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
