package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.example.LiveOne;
import dev.cairn.example.Planted;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Run;
import dev.cairn.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both migrations of the point migration plan, against an oracle and against what was planted. */
class PointMigrationsTest {
  @TempDir Path folder;

  @Test
  void the_targets_are_what_the_plan_document_says() throws Exception {
    bothMigrations(0.05, 17, 777);
  }

  @Tag("longRounds")
  @Test
  void at_full_volume_the_targets_are_what_the_plan_document_says() throws Exception {
    bothMigrations(1, 1, 20_000);
  }

  private void bothMigrations(double scale, long seed, long batchRows) throws Exception {
    SqliteFile database = new SqliteFile(folder.resolve("liveone.db"));
    Planted planted = LiveOne.write(database.path(), scale, seed, line -> {});
    SqliteFile before = database.copyTo(folder.resolve("before.db"));
    Run points = apply(database, "points", batchRows);
    Run intervals = apply(database, "agg5m", batchRows);
    PointOracle oracle = new PointOracle(before, database);
    assertThat(points.tally().inserted()).isEqualTo(oracle.readings());
    assertThat(intervals.tally().inserted()).isEqualTo(oracle.intervals());
    asPlanted(points, planted, "point_readings");
    asPlanted(intervals, planted, "point_readings_agg_5m");
    halfWrittenAreWhole(database, planted);
    keptAsTheyWere(database, before, planted);
  }

  private static Run apply(SqliteFile database, String plan, long batchRows) throws Exception {
    try (Engine engine = new Engine(database, Files.readString(Path.of("plans", plan + ".yaml")))) {
      Run run = engine.apply(batchRows);
      Ledger.addsUp(database, run.id());
      assertThat(engine.verify()).isInstanceOf(Verification.Verified.class);
      return run;
    }
  }

  private static void asPlanted(Run run, Planted planted, String target) {
    Map<Object, BatchTally> wanted =
        planted.migrations().stream()
            .filter(migration -> migration.target().equals(target))
            .filter(migration -> migration.expected() > 0)
            .collect(
                Collectors.toMap(
                    migration -> (long) migration.system(),
                    migration ->
                        new BatchTally(
                            migration.expected(),
                            migration.toInsert(),
                            migration.identical(),
                            migration.different(),
                            0,
                            0)));
    assertThat(run.lanes().stream().collect(Collectors.toMap(l -> l.value(), l -> l.tally())))
        .isEqualTo(wanted);
  }

  private static void halfWrittenAreWhole(SqliteFile database, Planted planted)
      throws SQLException {
    for (Planted.HalfWritten half : planted.halfWritten()) {
      boolean readings = half.target().equals("point_readings");
      long points =
          database.number(
              "SELECT count(*) FROM %s WHERE system_id = ? AND %s = ?"
                  .formatted(half.target(), readings ? "measurement_time" : "interval_end"),
              (long) half.system(),
              1000 * half.sourceTime());
      long mapped =
          planted.migrations().stream()
              .filter(m -> m.target().equals(half.target()) && m.system() == half.system())
              .mapToLong(Planted.Migration::mappedPoints)
              .sum();
      assertThat(points).isGreaterThanOrEqualTo(mapped);
    }
  }

  private static void keptAsTheyWere(SqliteFile database, SqliteFile before, Planted planted)
      throws SQLException {
    for (Planted.DifferentRow row : planted.differentRows()) {
      String where =
          row.key().entrySet().stream()
              .map(key -> key.getKey() + " = " + key.getValue())
              .collect(Collectors.joining(" AND "));
      List<List<Object>> kept = database.rows("SELECT * FROM " + row.table() + " WHERE " + where);
      assertThat(kept).hasSize(1);
      assertThat(kept).isEqualTo(before.rows("SELECT * FROM " + row.table() + " WHERE " + where));
    }
  }
}
