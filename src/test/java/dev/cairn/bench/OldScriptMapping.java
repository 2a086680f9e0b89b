package dev.cairn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Which value of a reading goes where, as the old script looked it up for each point. */
abstract class OldScriptMapping {
  private static final Map<String, String> CAMEL =
      Map.of(
          "solarRemoteW", "solarinverter_w",
          "solarLocalW", "shunt_w",
          "faultTimestamp", "fault_ts",
          "generatorStatus", "gen_status",
          "batterySOC", "battery_soc");

  private final Map<String, String> columns = new HashMap<>();

  static OldScriptMapping of(Migration migration) {
    return migration == Migration.POINTS ? new Points() : new Aggregates();
  }

  private OldScriptMapping(String... columns) {
    for (String each : columns) {
      String[] parts = each.split("=");
      this.columns.put(parts[0], parts[parts.length - 1]);
    }
  }

  abstract String source();

  abstract String cursor();

  abstract String target();

  abstract List<String> targetColumns();

  /** Adds a row's values. */
  abstract void row(
      JsonNode point, String name, Function<String, JsonNode> reading, List<JsonNode> values);

  boolean knows(String name) {
    boolean unmapped = name.endsWith("IntervalWh"); // Fronius's own, which no plan maps
    return !unmapped && columns.containsKey(plain(name));
  }

  int width() {
    return targetColumns().size();
  }

  String insertInto() {
    return "INSERT INTO " + target() + " (" + String.join(", ", targetColumns()) + ") VALUES ";
  }

  String kept() {
    return " ON CONFLICT DO NOTHING";
  }

  /** The reading's column for a point. */
  String column(String name) {
    return columns.get(plain(name));
  }

  /** Fronius writes names in another way. */
  private static String plain(String name) {
    return CAMEL.getOrDefault(
        name, name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT));
  }

  static JsonNode times1000(JsonNode value) {
    if (value.path("type").asText().equals("null")) {
      return value;
    }
    return value.path("type").asText().equals("integer")
        ? HranaRequests.whole(value.path("value").asLong() * 1000)
        : HranaRequests.real(value.path("value").asDouble() * 1000);
  }

  private static final class Points extends OldScriptMapping {
    private Points() {
      super(
          "solar_w",
          "solarinverter_w=solar_inverter_w",
          "shunt_w",
          "load_w",
          "battery_w",
          "grid_w",
          "battery_soc",
          "fault_code",
          "fault_ts=fault_timestamp",
          "gen_status=generator_status",
          "solar_wh_total=solar_kwh_total",
          "load_wh_total=load_kwh_total",
          "battery_in_wh_total=battery_in_kwh_total",
          "battery_out_wh_total=battery_out_kwh_total",
          "grid_in_wh_total=grid_in_kwh_total",
          "grid_out_wh_total=grid_out_kwh_total");
    }

    @Override
    String source() {
      return "readings";
    }

    @Override
    String cursor() {
      return "inverter_time";
    }

    @Override
    String target() {
      return "point_readings";
    }

    @Override
    List<String> targetColumns() {
      return Arrays.asList(
          "system_id",
          "point_id",
          "measurement_time",
          "received_time",
          "value",
          "value_str",
          "data_quality");
    }

    @Override
    void row(
        JsonNode point, String name, Function<String, JsonNode> reading, List<JsonNode> values) {
      JsonNode value = reading.apply(column(name));
      boolean fault = column(name).equals("fault_code");
      values.add(reading.apply("system_id"));
      values.add(point);
      values.add(times1000(reading.apply("inverter_time")));
      values.add(times1000(reading.apply("received_time")));
      values.add(
          fault ? HranaRequests.nothing() : name.endsWith("_wh_total") ? times1000(value) : value);
      values.add(fault ? value : HranaRequests.nothing());
      values.add(HranaRequests.text("good"));
    }
  }

  private static final class Aggregates extends OldScriptMapping {
    private Aggregates() {
      super(
          "solar_w",
          "load_w",
          "battery_w",
          "grid_w",
          "battery_soc=battery_soc_last",
          "solar_wh_total=solar_kwh_total_last",
          "load_wh_total=load_kwh_total_last",
          "battery_in_wh_total=battery_in_kwh_total_last",
          "battery_out_wh_total=battery_out_kwh_total_last",
          "grid_in_wh_total=grid_in_kwh_total_last",
          "grid_out_wh_total=grid_out_kwh_total_last",
          "solar_interval_wh");
    }

    @Override
    String source() {
      return "readings_agg_5m";
    }

    @Override
    String cursor() {
      return "interval_end";
    }

    @Override
    String target() {
      return "point_readings_agg_5m";
    }

    @Override
    List<String> targetColumns() {
      return Arrays.asList(
          "system_id",
          "point_id",
          "interval_end",
          "avg",
          "min",
          "max",
          "last",
          "sample_count",
          "error_count",
          "created_at",
          "updated_at");
    }

    @Override
    void row(
        JsonNode point, String name, Function<String, JsonNode> reading, List<JsonNode> values) {
      String column = column(name);
      boolean power = column.endsWith("_w");
      boolean interval = column.equals("solar_interval_wh");
      JsonNode last = power || interval ? HranaRequests.nothing() : reading.apply(column);
      JsonNode count = reading.apply("sample_count");
      JsonNode created = reading.apply("created_at");
      JsonNode at = times1000(isNull(created) ? reading.apply("interval_end") : created);
      values.add(reading.apply("system_id"));
      values.add(point);
      values.add(times1000(reading.apply("interval_end")));
      values.add(
          power
              ? reading.apply(column + "_avg")
              : interval ? reading.apply(column) : HranaRequests.nothing());
      values.add(power ? reading.apply(column + "_min") : HranaRequests.nothing());
      values.add(power ? reading.apply(column + "_max") : HranaRequests.nothing());
      values.add(name.endsWith("_wh_total") ? times1000(last) : last);
      values.add(isNull(count) ? HranaRequests.whole(0) : count);
      values.add(HranaRequests.whole(0));
      values.add(at);
      values.add(at);
    }

    private static boolean isNull(JsonNode value) {
      return value.path("type").asText().equals("null");
    }
  }
}
