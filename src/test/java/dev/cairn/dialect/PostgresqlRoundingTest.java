package dev.cairn.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.proof.PostgresqlServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresqlRoundingTest {
  private static final PostgresqlDialect DIALECT = new PostgresqlDialect();
  private static final Table SOURCE =
      new Table(
          "readings",
          false,
          false,
          Stream.of("kwh|double precision", "small|real", "exact|numeric", "Odd \"x|real")
              .map(each -> each.split("\\|"))
              .map(part -> new Column(part[0], part[1], false, null, 0, false, ""))
              .toList(),
          List.of(),
          List.of(),
          List.of(),
          "",
          "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "round(kwh * 1000, 6) | round(CAST(CAST(kwh * 1000 AS text) AS numeric), 6)",
        "-ROUND ( Small , 2 ) | -ROUND ( CAST(CAST(Small  AS text) AS numeric), 2 )",
        "round(round(kwh, 3) + exact, 1) | "
            + "round(CAST(CAST(round(CAST(CAST(kwh AS text) AS numeric), 3) + exact AS text) AS numeric), 1)",
        "round(CAST(exact AS float8), 1) | round(CAST(CAST(CAST(exact AS float8) AS text) AS numeric), 1)",
        "round(\"Odd \"\"x\", 1) | round(CAST(CAST(\"Odd \"\"x\" AS text) AS numeric), 1)"
      })
  void a_floating_number_is_rounded_as_a_numeric(String sql, String spelled) {
    assertThat(DIALECT.spelled(sql, SOURCE)).isEqualTo(spelled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "round(kwh)",
        "round(exact * 1000, 6)",
        "own.round(kwh, 6)",
        "coalesce(round, kwh)",
        "kwh || 'round(kwh, 6)'",
        "round(kwh, 6",
        "around(kwh, 6)"
      })
  void all_else_stays_as_it_is(String sql) {
    assertThat(DIALECT.spelled(sql, SOURCE)).isEqualTo(sql);
  }

  /** On a server: the double nearest to the rounded decimal, also of numbers with 17 digits. */
  @Test
  void what_is_written_is_the_double_nearest_to_the_decimal() throws SQLException {
    Random random = new Random(6);
    String url = PostgresqlServer.get().database();
    try (Connection connection = PostgresqlServer.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE readings (kwh double precision)");
      statement.execute("CREATE TABLE into_it (value double precision)");
      for (int i = 0; i < 200; i++) {
        double kwh = random.nextInt(1 << 30) * Math.pow(10, random.nextInt(12) - 6) / 7;
        kwh = i == 0 ? 4100.003 : i == 1 ? -123456789012.12346 : kwh;
        statement.execute("TRUNCATE readings; TRUNCATE into_it");
        statement.execute("INSERT INTO readings VALUES ('" + kwh + "')");
        String sql = DIALECT.spelled("round(kwh * 1000, 6)", SOURCE);
        statement.execute("INSERT INTO into_it SELECT " + sql + " FROM readings");
        double nearest =
            new BigDecimal(Double.toString(kwh * 1000))
                .setScale(6, RoundingMode.HALF_UP)
                .doubleValue();
        try (ResultSet row = statement.executeQuery("SELECT value FROM into_it")) {
          row.next();
          assertThat(row.getDouble(1)).isEqualTo(nearest);
        }
      }
    }
  }
}
