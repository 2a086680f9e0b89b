package dev.cairn.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the incident, counted by the engine itself. */
class Incident0035Test {
  private static final String MEANT =
      "metric_type = 'energy' AND (transform IS NULL OR transform != 'd')";
  private static final String WRONG = "point_id IN (SELECT id FROM point_info WHERE " + MEANT + ")";
  private static final String RIGHT =
      "(system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE " + MEANT + ")";
  private static final String POWER =
      "(system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'power')";

  @TempDir static Path folder;
  private static Path full;
  private static IncidentScope scope;

  @BeforeAll
  static void at_full_scale() throws Exception {
    full = folder.resolve("full.db");
    scope = Incident0035.write(full, 1, 1, line -> {});
  }

  @Test
  void at_full_scale_the_wrong_statement_hits_the_reported_rows() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + full)) {
      assertThat(count(connection, "%s AND %s".formatted(WRONG, POWER)))
          .isEqualTo(213_942)
          .isEqualTo(scope.powerRows());
      assertThat(count(connection, "%s AND NOT (%s)".formatted(WRONG, RIGHT))).isEqualTo(213_942);
      assertThat(count(connection, WRONG)).isEqualTo(scope.asWritten());
      assertThat(count(connection, RIGHT)).isEqualTo(scope.keySafe()).isPositive();
      assertThat(count(connection, RIGHT + " AND NOT " + WRONG)).isZero();
      assertThat(count(connection, RIGHT + " AND (avg IS NULL OR delta IS NOT NULL)")).isZero();
    }
  }

  @Test
  void at_full_scale_the_systems_have_the_migration_plans_volumes() {
    assertThat(scope.systems())
        .extracting(IncidentScope.OfSystem::system, IncidentScope.OfSystem::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 245_509L),
            org.assertj.core.groups.Tuple.tuple(2, 207_944L),
            org.assertj.core.groups.Tuple.tuple(3, 37_410L),
            org.assertj.core.groups.Tuple.tuple(5, 63_110L),
            org.assertj.core.groups.Tuple.tuple(6, 9_778L * 20));
  }

  @Test
  void ids_of_points_repeat_across_systems_at_every_scale() throws Exception {
    Path file = folder.resolve("incident.db");
    IncidentScope small = Incident0035.write(file, 0.01, 7, line -> {});
    assertThat(small.asWritten()).isEqualTo(small.keySafe() + small.powerRows());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      assertThat(count(connection, WRONG)).isEqualTo(small.asWritten());
      assertThat(count(connection, RIGHT)).isEqualTo(small.keySafe());
    }
  }

  private static long count(Connection connection, String where) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM point_readings_agg_5m WHERE " + where)) {
      return rows.getLong(1);
    }
  }
}
