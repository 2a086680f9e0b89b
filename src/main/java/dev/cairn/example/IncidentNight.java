package dev.cairn.example;

import dev.cairn.database.Database;
import dev.cairn.database.RowStream;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The incident's database in the evening after: the snapshot of 4:43 beside it, migration 0035 run
 * as it ran that night, by no tool that kept anything, and fifteen hours of the application's own
 * writing since.
 *
 * @param before what the wrong statement and the right one touch
 * @param damaged rows of power points that are damaged now, by the report's own check
 * @param rewritten rows that the statement damaged and the application wrote anew since
 * @param writtenSince rows that the snapshot lacks
 * @param energyMoved rows of energy points that the statement changed as it was meant to
 */
public record IncidentNight(
    IncidentScope before, long damaged, long rewritten, long writtenSince, long energyMoved) {
  /** What the report calls the snapshot. */
  public static final String SNAPSHOT = "liveone-snapshot-20251111-044334";

  private static final int INTERVALS = 180;
  private static final int FEWEST_INTERVALS = 6;
  private static final int BUSY_MILLISECONDS = 5_000;
  private static final String OF_POWER =
      "(system_id, point_id) IN (SELECT system_id, id FROM point_info WHERE metric_type = 'power')";

  /**
   * Writes a new SQLite file and, in the folder of its snapshots, the one of that night.
   *
   * @param file must not exist; its folder must
   * @param scale how many times the production row counts, from 0.001 to 100
   * @param progress is told a line of text for each table
   * @throws IOException if it can't be written
   */
  public static IncidentNight write(Path file, double scale, long seed, Consumer<String> progress)
      throws IOException {
    IncidentScope before = Incident0035.write(file, scale, seed, progress);
    try (Database database =
            SqliteDatabase.open(
                file, new SqliteDatabase.Options(false, false, false, BUSY_MILLISECONDS));
        StatementSession session = database.session()) {
      progress.accept("point_readings_agg_1d");
      Resource.statements("incident-daily.sql").forEach(sql -> run(session, sql));
      progress.accept("the snapshot " + SNAPSHOT);
      copy(file, database.snapshotFolder().resolve(SNAPSHOT + ".db"));
      progress.accept("migration 0035, and fifteen hours of writing since");
      long last = number(session, "SELECT max(interval_end) FROM point_readings_agg_5m");
      long intervals =
          Math.max(FEWEST_INTERVALS, Math.min(INTERVALS, Math.round(INTERVALS * scale)));
      List<String> night = Resource.statements("incident-night.sql");
      run(session, night.get(0));
      long moved = session.changes() - before.powerRows();
      run(session, night.get(1).formatted(intervals));
      run(session, night.get(2));
      long rewritten = session.changes();
      return new IncidentNight(
          before,
          number(
              session,
              "SELECT count(*) FROM point_readings_agg_5m WHERE avg IS NULL AND delta IS NOT NULL"
                  + " AND "
                  + OF_POWER),
          rewritten,
          number(
              session, "SELECT count(*) FROM point_readings_agg_5m WHERE interval_end > " + last),
          moved);
    }
  }

  /** The same as maps, lists and plain values, in a fixed order, for a JSON writer. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(before.toMap());
    map.put("snapshot", SNAPSHOT);
    map.put("damaged", damaged);
    map.put("rewritten", rewritten);
    map.put("written_since", writtenSince);
    map.put("energy_moved", energyMoved);
    return map;
  }

  private static void copy(Path file, Path copy) throws IOException {
    Files.createDirectories(
        copy.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.copy(file, copy);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
  }

  private static void run(StatementSession session, String sql) {
    session.run(sql).close();
  }

  private static long number(StatementSession session, String sql) {
    try (RowStream rows = session.run(sql)) {
      rows.next();
      return ((Number) rows.value(0)).longValue();
    }
  }
}
