package dev.cairn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A migration as the old script did it on a live server: 1,000 readings are selected, their values
 * mapped here, and inserted by 500 rows a request; the checkpoint is a request of its own. Prints
 * the rows that it wrote and the seconds between its first request and its last answer.
 */
public final class OldScript {
  private static final int READINGS_A_BATCH = 1_000;
  private static final int ROWS_A_REQUEST = 500;

  private final HranaRequests server;
  private final OldScriptMapping mapping;
  private final double share;
  private final List<JsonNode> waiting = new ArrayList<>();
  private long rows;

  private OldScript(HranaRequests server, OldScriptMapping mapping, double share) {
    this.server = server;
    this.mapping = mapping;
    this.share = share;
  }

  /** Arguments: the port, the database, the migration, the share of each system's readings. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    OldScript script =
        new OldScript(
            new HranaRequests(Integer.parseInt(arguments[0]), arguments[1]),
            OldScriptMapping.of(Migration.valueOf(arguments[2])),
            Double.parseDouble(arguments[3]));
    long started = System.nanoTime();
    script.copy();
    System.out.println(script.rows + " " + (System.nanoTime() - started) / 1e9);
  }

  private void copy() throws IOException, InterruptedException {
    server.run(
        "CREATE TABLE IF NOT EXISTS migration_progress (migration_name TEXT, system_id INTEGER,"
            + " last_migrated_timestamp INTEGER, rows_migrated INTEGER, updated_at INTEGER,"
            + " UNIQUE (migration_name, system_id))",
        List.of());
    String systems =
        "SELECT system_id, count(*) FROM " + mapping.source() + " GROUP BY 1 ORDER BY 1";
    for (JsonNode system : server.run(systems, List.of()).path("rows")) {
      Map<JsonNode, String> points = points(system.get(0));
      if (!points.isEmpty()) {
        copy(system.get(0), points, Math.round(system.get(1).path("value").asLong() * share));
      }
    }
  }

  private Map<JsonNode, String> points(JsonNode system) throws IOException, InterruptedException {
    Map<JsonNode, String> points = new LinkedHashMap<>();
    String query = "SELECT id, origin_sub_id FROM point_info WHERE system_id = ?";
    for (JsonNode point : server.run(query, List.of(system)).path("rows")) {
      String name = point.get(1).path("value").asText();
      if (mapping.knows(name)) {
        points.put(point.get(0), name);
      }
    }
    return points;
  }

  private void copy(JsonNode system, Map<JsonNode, String> points, long wanted)
      throws IOException, InterruptedException {
    String select =
        "SELECT * FROM %1$s WHERE system_id = ? AND %2$s > ? ORDER BY %2$s LIMIT ?"
            .formatted(mapping.source(), mapping.cursor());
    JsonNode after = HranaRequests.whole(Long.MIN_VALUE);
    long left = wanted;
    while (left > 0) {
      JsonNode found =
          server.run(
              select,
              List.of(system, after, HranaRequests.whole(Math.min(left, READINGS_A_BATCH))));
      Map<String, Integer> columns = new LinkedHashMap<>();
      found.path("cols").forEach(c -> columns.put(c.path("name").asText(), columns.size()));
      if (found.path("rows").isEmpty()) {
        return;
      }
      for (JsonNode cells : found.path("rows")) {
        for (Map.Entry<JsonNode, String> point : points.entrySet()) {
          mapping.row(
              point.getKey(), point.getValue(), name -> cells.get(columns.get(name)), waiting);
          sendFull(ROWS_A_REQUEST);
        }
        after = cells.get(columns.get(mapping.cursor()));
        left--;
      }
      sendFull(1);
      checkpoint(system, after);
    }
  }

  private void sendFull(int least) throws IOException, InterruptedException {
    int held = waiting.size() / mapping.width();
    if (held < least) {
      return;
    }
    String row = "(" + String.join(", ", Collections.nCopies(mapping.width(), "?")) + ")";
    server.run(
        mapping.insertInto() + String.join(", ", Collections.nCopies(held, row)) + mapping.kept(),
        waiting);
    rows += held;
    waiting.clear();
  }

  private void checkpoint(JsonNode system, JsonNode after)
      throws IOException, InterruptedException {
    server.run(
        "INSERT INTO migration_progress VALUES ('old', ?, ?, ?, 0)"
            + " ON CONFLICT (migration_name, system_id) DO UPDATE SET"
            + " last_migrated_timestamp = excluded.last_migrated_timestamp,"
            + " rows_migrated = excluded.rows_migrated",
        List.of(system, after, HranaRequests.whole(rows)));
  }
}
