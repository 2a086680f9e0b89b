package dev.cairn.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The migration plan's two mappings as SQL, written down here a second time: what was planted is
 * checked against the plan's text and not against the code that planted it.
 */
final class MigrationAsPlanned {
  private static final String READINGS =
      """
      CREATE TEMP TABLE expected_readings AS
      SELECT p.system_id, p.id AS point_id, r.inverter_time * 1000 AS measurement_time,
        CAST(CASE p.origin_sub_id
          WHEN 'solar_w' THEN r.solar_w WHEN 'solarW' THEN r.solar_w
          WHEN 'solarinverter_w' THEN r.solar_inverter_w
          WHEN 'solarRemoteW' THEN r.solar_inverter_w
          WHEN 'shunt_w' THEN r.shunt_w WHEN 'solarLocalW' THEN r.shunt_w
          WHEN 'load_w' THEN r.load_w WHEN 'loadW' THEN r.load_w
          WHEN 'battery_w' THEN r.battery_w WHEN 'batteryW' THEN r.battery_w
          WHEN 'grid_w' THEN r.grid_w WHEN 'gridW' THEN r.grid_w
          WHEN 'battery_soc' THEN r.battery_soc WHEN 'batterySOC' THEN r.battery_soc
          WHEN 'fault_ts' THEN r.fault_timestamp WHEN 'faultTimestamp' THEN r.fault_timestamp
          WHEN 'gen_status' THEN r.generator_status
          WHEN 'generatorStatus' THEN r.generator_status
          WHEN 'solar_wh_total' THEN round(r.solar_kwh_total * 1000, 6)
          WHEN 'load_wh_total' THEN round(r.load_kwh_total * 1000, 6)
          WHEN 'battery_in_wh_total' THEN round(r.battery_in_kwh_total * 1000, 6)
          WHEN 'battery_out_wh_total' THEN round(r.battery_out_kwh_total * 1000, 6)
          WHEN 'grid_in_wh_total' THEN round(r.grid_in_kwh_total * 1000, 6)
          WHEN 'grid_out_wh_total' THEN round(r.grid_out_kwh_total * 1000, 6)
        END AS REAL) AS value,
        CASE WHEN p.origin_sub_id IN ('fault_code', 'faultCode') THEN r.fault_code END
          AS value_str,
        NULL AS error, 'good' AS data_quality
      FROM readings r JOIN point_info p ON p.system_id = r.system_id
      WHERE p.origin_sub_id NOT LIKE '%IntervalWh'
      """;

  private static final String INTERVALS =
      """
      CREATE TEMP TABLE expected_intervals AS
      SELECT p.system_id, p.id AS point_id, a.interval_end * 1000 AS interval_end,
        CAST(CASE WHEN p.origin_sub_id IN ('solar_w', 'solarW') THEN a.solar_w_avg
          WHEN p.origin_sub_id IN ('load_w', 'loadW') THEN a.load_w_avg
          WHEN p.origin_sub_id IN ('battery_w', 'batteryW') THEN a.battery_w_avg
          WHEN p.origin_sub_id IN ('grid_w', 'gridW') THEN a.grid_w_avg
          WHEN p.origin_sub_id = 'solar_interval_wh' THEN a.solar_interval_wh END AS REAL) AS avg,
        CAST(CASE WHEN p.origin_sub_id IN ('solar_w', 'solarW') THEN a.solar_w_min
          WHEN p.origin_sub_id IN ('load_w', 'loadW') THEN a.load_w_min
          WHEN p.origin_sub_id IN ('battery_w', 'batteryW') THEN a.battery_w_min
          WHEN p.origin_sub_id IN ('grid_w', 'gridW') THEN a.grid_w_min END AS REAL) AS min,
        CAST(CASE WHEN p.origin_sub_id IN ('solar_w', 'solarW') THEN a.solar_w_max
          WHEN p.origin_sub_id IN ('load_w', 'loadW') THEN a.load_w_max
          WHEN p.origin_sub_id IN ('battery_w', 'batteryW') THEN a.battery_w_max
          WHEN p.origin_sub_id IN ('grid_w', 'gridW') THEN a.grid_w_max END AS REAL) AS max,
        CAST(CASE WHEN p.origin_sub_id IN ('battery_soc', 'batterySOC') THEN a.battery_soc_last
          WHEN p.origin_sub_id = 'solar_wh_total' THEN round(a.solar_kwh_total_last * 1000, 6)
          WHEN p.origin_sub_id = 'load_wh_total' THEN round(a.load_kwh_total_last * 1000, 6)
          WHEN p.origin_sub_id = 'battery_in_wh_total'
            THEN round(a.battery_in_kwh_total_last * 1000, 6)
          WHEN p.origin_sub_id = 'battery_out_wh_total'
            THEN round(a.battery_out_kwh_total_last * 1000, 6)
          WHEN p.origin_sub_id = 'grid_in_wh_total' THEN round(a.grid_in_kwh_total_last * 1000, 6)
          WHEN p.origin_sub_id = 'grid_out_wh_total'
            THEN round(a.grid_out_kwh_total_last * 1000, 6) END AS REAL) AS last,
        NULL AS delta, NULL AS value_str, coalesce(a.sample_count, 0) AS sample_count,
        0 AS error_count, NULL AS data_quality
      FROM readings_agg_5m a JOIN point_info p ON p.system_id = a.system_id
      WHERE p.origin_sub_id IN ('solar_w', 'solarW', 'load_w', 'loadW', 'battery_w', 'batteryW',
        'grid_w', 'gridW', 'battery_soc', 'batterySOC', 'solar_interval_wh')
        OR p.origin_sub_id LIKE '%_wh_total'
      """;

  static final MigrationAsPlanned OF_READINGS =
      new MigrationAsPlanned(
          "point_readings",
          "expected_readings",
          "measurement_time",
          READINGS,
          List.of("value", "value_str", "error", "data_quality"));

  static final MigrationAsPlanned OF_INTERVALS =
      new MigrationAsPlanned(
          "point_readings_agg_5m",
          "expected_intervals",
          "interval_end",
          INTERVALS,
          List.of(
              "avg",
              "min",
              "max",
              "last",
              "delta",
              "value_str",
              "sample_count",
              "error_count",
              "data_quality"));

  private final String target;
  private final String expected;
  private final String time;
  private final String sql;
  private final List<String> columns;

  private MigrationAsPlanned(
      String target, String expected, String time, String sql, List<String> columns) {
    this.target = target;
    this.expected = expected;
    this.time = time;
    this.sql = sql;
    this.columns = columns;
  }

  /** Fails unless the counts and every single difference are what the list of planted says. */
  void findsWhatIsPlanted(ExampleFile file) throws SQLException {
    file.execute(sql);
    PlantedFacts facts = new PlantedFacts(file.planted(), target);
    assertThat(file.rows("SELECT system_id, count(*) FROM " + expected + " GROUP BY 1 ORDER BY 1"))
        .isEqualTo(facts.expected());
    assertThat(file.rows("SELECT system_id, count(*) FROM " + joined() + " GROUP BY 1 ORDER BY 1"))
        .isEqualTo(facts.alreadyThere());
    assertThat(differences(file)).containsExactlyInAnyOrderElementsOf(facts.differences());
  }

  /** For each column that differs: system, point, time, column, value there, value expected. */
  private List<List<Object>> differences(ExampleFile file) throws SQLException {
    List<List<Object>> found = new ArrayList<>();
    for (String column : columns) {
      found.addAll(
          file.rows(
              "SELECT system_id, point_id, %s, '%s', t.%s, e.%s FROM %s WHERE t.%s IS NOT e.%s"
                  .formatted(time, column, column, column, joined(), column, column)));
    }
    return found;
  }

  private String joined() {
    return "%s e CROSS JOIN %s t USING (system_id, point_id, %s)".formatted(expected, target, time);
  }
}
