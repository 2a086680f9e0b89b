package dev.cairn.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the two statements of incident 0035 touch in its example database, in rows. */
public record IncidentScope(double scale, long seed, List<OfSystem> systems) {
  public IncidentScope {
    systems = List.copyOf(systems);
  }

  /**
   * The rows of one system in point_readings_agg_5m.
   *
   * @param rows all of them
   * @param asWritten those that the wrong statement touches: their point's id is, in some system,
   *     that of an energy point
   * @param keySafe those that are meant: energy that is no running total
   * @param powerRows those of the first that belong to power points
   */
  public record OfSystem(int system, long rows, long asWritten, long keySafe, long powerRows) {
    OfSystem and(Point point, boolean meant, boolean hit) {
      boolean power = point.metricType().equals("power");
      return new OfSystem(
          system,
          rows + 1,
          asWritten + (hit ? 1 : 0),
          keySafe + (meant ? 1 : 0),
          powerRows + (hit && power ? 1 : 0));
    }

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("system_id", system);
      map.put("rows", rows);
      map.put("as_written", asWritten);
      map.put("key_safe", keySafe);
      map.put("power_rows_hit", powerRows);
      return map;
    }
  }

  /** The rows that the wrong statement touches. */
  public long asWritten() {
    return systems.stream().mapToLong(OfSystem::asWritten).sum();
  }

  /** The rows that were meant. */
  public long keySafe() {
    return systems.stream().mapToLong(OfSystem::keySafe).sum();
  }

  /** The rows of power points that the wrong statement damages. */
  public long powerRows() {
    return systems.stream().mapToLong(OfSystem::powerRows).sum();
  }

  /** The same as maps, lists and plain values, in a fixed order, for a JSON writer. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scale", scale);
    map.put("seed", seed);
    map.put("table", "point_readings_agg_5m");
    map.put("as_written", asWritten());
    map.put("key_safe", keySafe());
    map.put("power_rows_hit", powerRows());
    map.put("by_system", systems.stream().map(OfSystem::toMap).toList());
    return map;
  }
}
