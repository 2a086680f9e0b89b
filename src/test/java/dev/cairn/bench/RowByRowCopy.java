package dev.cairn.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The points migration as the plan's pseudo code has it and a script's author would write it:
 * batches of 1,000 readings are read, each value is looked up by its point's name and inserted.
 */
public final class RowByRowCopy {
  private static final int READINGS_A_BATCH = 1_000;
  private static final String INTO =
      "INSERT OR IGNORE INTO point_readings (system_id, point_id, measurement_time, received_time,"
          + " value, value_str, data_quality) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, 'good')";

  private final Connection connection;
  private final boolean rowsTogether;

  private RowByRowCopy(Connection connection, boolean rowsTogether) {
    this.connection = connection;
    this.rowsTogether = rowsTogether;
  }

  /**
   * Arguments: the database; {@code rows} for an INSERT a row, {@code readings} for one a reading.
   */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0])) {
      connection.setAutoCommit(false);
      new RowByRowCopy(connection, arguments[1].equals("readings")).copy();
    }
  }

  private void copy() throws SQLException {
    for (long system : systems()) {
      Map<Long, String> points = points(system);
      String rows = rowsTogether ? (ROW + ", ").repeat(points.size() - 1) + ROW : ROW;
      try (PreparedStatement insert = connection.prepareStatement(INTO + rows)) {
        copy(system, points, insert);
      }
    }
  }

  private void copy(long system, Map<Long, String> points, PreparedStatement insert)
      throws SQLException {
    long after = Long.MIN_VALUE;
    String batch =
        "SELECT * FROM readings WHERE system_id = ? AND inverter_time > ?"
            + " ORDER BY inverter_time LIMIT "
            + READINGS_A_BATCH;
    try (PreparedStatement select = connection.prepareStatement(batch)) {
      while (true) {
        int readings = 0;
        select.setLong(1, system);
        select.setLong(2, after);
        try (ResultSet reading = select.executeQuery()) {
          while (reading.next()) {
            after = reading.getLong("inverter_time");
            readings++;
            add(system, points, reading, insert);
          }
        }
        if (readings == 0) {
          return;
        }
        insert.executeBatch();
        connection.commit();
      }
    }
  }

  private void add(
      long system, Map<Long, String> points, ResultSet reading, PreparedStatement insert)
      throws SQLException {
    int at = 0;
    for (Map.Entry<Long, String> point : points.entrySet()) {
      insert.setLong(++at, system);
      insert.setLong(++at, point.getKey());
      insert.setLong(++at, reading.getLong("inverter_time") * 1000);
      insert.setLong(++at, reading.getLong("received_time") * 1000);
      insert.setObject(++at, value(reading, point.getValue()));
      insert.setString(++at, text(reading, point.getValue()));
      if (!rowsTogether) {
        insert.addBatch();
        at = 0;
      }
    }
    if (rowsTogether) {
      insert.addBatch();
    }
  }

  private static Object value(ResultSet reading, String point) throws SQLException {
    return switch (point) {
      case "solar_w", "solarW" -> reading.getObject("solar_w");
      case "solarinverter_w", "solarRemoteW" -> reading.getObject("solar_inverter_w");
      case "shunt_w", "solarLocalW" -> reading.getObject("shunt_w");
      case "load_w", "loadW" -> reading.getObject("load_w");
      case "battery_w", "batteryW" -> reading.getObject("battery_w");
      case "grid_w", "gridW" -> reading.getObject("grid_w");
      case "battery_soc", "batterySOC" -> reading.getObject("battery_soc");
      case "fault_ts", "faultTimestamp" -> reading.getObject("fault_timestamp");
      case "gen_status", "generatorStatus" -> reading.getObject("generator_status");
      case "fault_code", "faultCode" -> null;
      default -> wattHours(reading, point.replace("_wh_", "_kwh_"));
    };
  }

  private static Object wattHours(ResultSet reading, String column) throws SQLException {
    Object total = reading.getObject(column);
    return total == null ? null : ((Number) total).doubleValue() * 1000;
  }

  private static String text(ResultSet reading, String point) throws SQLException {
    boolean fault = point.equals("fault_code") || point.equals("faultCode");
    return fault ? reading.getString("fault_code") : null;
  }

  private List<Long> systems() throws SQLException {
    List<Long> systems = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT DISTINCT system_id FROM readings ORDER BY 1");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        systems.add(rows.getLong(1));
      }
    }
    return systems;
  }

  /** The mapped points of a system; Fronius's interval energies have no column in readings. */
  private Map<Long, String> points(long system) throws SQLException {
    Map<Long, String> points = new LinkedHashMap<>();
    String query =
        "SELECT id, origin_sub_id FROM point_info WHERE system_id = ?"
            + " AND origin_sub_id NOT LIKE '%IntervalWh' ORDER BY id";
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setLong(1, system);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          points.put(rows.getLong(1), rows.getString(2));
        }
      }
    }
    return points;
  }
}
