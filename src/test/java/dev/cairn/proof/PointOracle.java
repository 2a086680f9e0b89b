package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the two point migrations must leave, computed row by row in plain Java from the tables of
 * the point migration plan. It shares no code and no text with Cairn's plans and planner.
 */
final class PointOracle {
  private static final List<String> READINGS =
      List.of("value", "value_str", "data_quality", "received_time", "error", "session_id");
  private static final List<String> INTERVALS =
      List.of(
          "avg",
          "min",
          "max",
          "last",
          "sample_count",
          "error_count",
          "created_at",
          "updated_at",
          "delta",
          "value_str",
          "data_quality",
          "session_id");

  private static final Map<String, Map<String, String>> POINTS_OF_READINGS =
      Map.of(
          "selectronic",
          table(
              """
              solar_w              solar_w
              solar_inverter_w     solarinverter_w
              shunt_w              shunt_w
              load_w               load_w
              battery_w            battery_w
              grid_w               grid_w
              battery_soc          battery_soc
              fault_code           fault_code
              fault_timestamp      fault_ts
              generator_status     gen_status
              solar_kwh_total       solar_wh_total
              load_kwh_total        load_wh_total
              battery_in_kwh_total  battery_in_wh_total
              battery_out_kwh_total battery_out_wh_total
              grid_in_kwh_total     grid_in_wh_total
              grid_out_kwh_total    grid_out_wh_total
              """),
          "fronius",
          table(
              """
              solar_w            solarW
              solar_inverter_w   solarRemoteW
              shunt_w            solarLocalW
              load_w             loadW
              battery_w          batteryW
              grid_w             gridW
              battery_soc        batterySOC
              fault_code         faultCode
              fault_timestamp    faultTimestamp
              generator_status   generatorStatus
              """));

  private static final Map<String, Map<String, String>> POINTS_OF_INTERVALS =
      Map.of(
          "selectronic",
          table(
              """
              solar_w         solar_w
              load_w          load_w
              battery_w       battery_w
              grid_w          grid_w
              battery_soc     battery_soc
              solar_kwh_total       solar_wh_total
              load_kwh_total        load_wh_total
              battery_in_kwh_total  battery_in_wh_total
              battery_out_kwh_total battery_out_wh_total
              grid_in_kwh_total     grid_in_wh_total
              grid_out_kwh_total    grid_out_wh_total
              """),
          "fronius",
          table(
              """
              solar_w      solarW
              load_w       loadW
              battery_w    batteryW
              grid_w       gridW
              battery_soc  batterySOC
              """),
          "enphase",
          table(
              """
              solar_w            solar_w
              solar_interval_wh  solar_interval_wh
              """));

  private final SqliteFile before;
  private final SqliteFile after;
  private long inserted;

  PointOracle(SqliteFile before, SqliteFile after) {
    this.before = before;
    this.after = after;
  }

  /** Fails unless point_readings holds what was there and what readings yield; counts the new. */
  long readings() throws SQLException {
    inserted = 0;
    for (List<Object> system : before.rows("SELECT id, vendor_type FROM systems")) {
      Map<String, String> mapping = POINTS_OF_READINGS.getOrDefault(system.get(1), Map.of());
      for (Map.Entry<String, String> point : mapping.entrySet()) {
        List<List<Object>> source =
            before.rows(
                "SELECT inverter_time, received_time, %s FROM readings WHERE system_id = ?"
                    .formatted(point.getKey()),
                system.get(0));
        Map<Long, List<Object>> wanted = new TreeMap<>();
        for (List<Object> row : source) {
          wanted.put(1000 * (Long) row.get(0), reading(point.getKey(), row.get(2), row.get(1)));
        }
        point("point_readings", "measurement_time", READINGS, system.get(0), point, wanted);
      }
    }
    return allNew("point_readings");
  }

  /** The same of point_readings_agg_5m and readings_agg_5m. */
  long intervals() throws SQLException {
    inserted = 0;
    for (List<Object> system : before.rows("SELECT id, vendor_type FROM systems")) {
      Map<String, String> mapping = POINTS_OF_INTERVALS.getOrDefault(system.get(1), Map.of());
      for (Map.Entry<String, String> point : mapping.entrySet()) {
        List<List<Object>> source =
            before.rows(
                "SELECT interval_end, sample_count, created_at, %s FROM readings_agg_5m WHERE system_id = ?"
                    .formatted(columns(point.getKey())),
                system.get(0));
        Map<Long, List<Object>> wanted = new TreeMap<>();
        for (List<Object> row : source) {
          wanted.put(1000 * (Long) row.get(0), interval(point.getKey(), row));
        }
        point("point_readings_agg_5m", "interval_end", INTERVALS, system.get(0), point, wanted);
      }
    }
    return allNew("point_readings_agg_5m");
  }

  private long allNew(String table) throws SQLException {
    String count = "SELECT count(*) FROM " + table;
    assertThat(after.number(count) - before.number(count)).isEqualTo(inserted);
    return inserted;
  }

  /**
   * One point's rows: those that were there stay, the others are as wanted, and there are no more.
   */
  private void point(
      String table,
      String time,
      List<String> columns,
      Object system,
      Map.Entry<String, String> point,
      Map<Long, List<Object>> wanted)
      throws SQLException {
    List<List<Object>> ids =
        before.rows(
            "SELECT id FROM point_info WHERE system_id = ? AND origin_sub_id = ?",
            system,
            point.getValue());
    if (ids.isEmpty()) {
      return; // it has no place to go: planned with a warning
    }
    String rows =
        "SELECT %s, %s FROM %s WHERE system_id = ? AND point_id = ?"
            .formatted(time, String.join(", ", columns), table);
    Map<Long, List<Object>> expected = byTime(before.rows(rows, system, ids.get(0).get(0)));
    int there = expected.size();
    wanted.forEach(expected::putIfAbsent);
    inserted += expected.size() - there;
    Map<Long, List<Object>> found = byTime(after.rows(rows, system, ids.get(0).get(0)));
    String which = table + ", system " + system + ", " + point.getValue();
    assertThat(found.keySet()).describedAs(which).isEqualTo(expected.keySet());
    for (Map.Entry<Long, List<Object>> each : expected.entrySet()) {
      assertThat(found.get(each.getKey()))
          .describedAs(which + " at " + each.getKey())
          .isEqualTo(each.getValue());
    }
  }

  private static List<Object> reading(String column, Object value, Object received) {
    boolean text = column.equals("fault_code");
    List<Object> row = new ArrayList<>();
    row.add(text ? null : number(column, value));
    row.add(text ? value : null);
    row.add("good");
    row.add(1000 * (Long) received);
    row.add(null);
    row.add(null);
    return row;
  }

  private static List<Object> interval(String column, List<Object> source) {
    List<Object> row = new ArrayList<>();
    boolean power = column.endsWith("_w");
    boolean energy = column.equals("solar_interval_wh");
    row.add(power || energy ? number(column, source.get(3)) : null);
    row.add(power ? number(column, source.get(4)) : null);
    row.add(power ? number(column, source.get(5)) : null);
    row.add(power || energy ? null : number(column, source.get(3)));
    row.add(source.get(1) == null ? 0L : source.get(1));
    row.add(0L);
    Object made = source.get(2) == null ? source.get(0) : source.get(2);
    row.add(1000 * (Long) made);
    row.add(1000 * (Long) made);
    row.addAll(java.util.Arrays.asList(null, null, null, null));
    return row;
  }

  private static String columns(String column) {
    if (column.endsWith("_w")) {
      return column + "_avg, " + column + "_min, " + column + "_max";
    }
    return column.equals("solar_interval_wh") ? column : column + "_last";
  }

  /** The target's REAL; kWh become Wh in decimal, so that 4.35 kWh are 4350 Wh and no less. */
  private static Double number(String column, Object value) {
    if (value == null) {
      return null;
    }
    BigDecimal decimal = new BigDecimal(value.toString());
    BigDecimal factor = column.contains("kwh") ? BigDecimal.valueOf(1000) : BigDecimal.ONE;
    return decimal.multiply(factor).doubleValue();
  }

  private static Map<Long, List<Object>> byTime(List<List<Object>> rows) {
    Map<Long, List<Object>> map = new TreeMap<>();
    for (List<Object> row : rows) {
      assertThat(map.put((Long) row.get(0), row.subList(1, row.size())))
          .describedAs("two rows for one time")
          .isNull();
    }
    return map;
  }

  private static Map<String, String> table(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    text.lines().map(line -> line.strip().split(" +", 2)).forEach(c -> map.put(c[0], c[1]));
    return map;
  }
}
