package dev.cairn.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The volumes that the migration plan states, to the row. */
class LiveOneAtFullScaleTest {
  @TempDir static Path folder;
  private static ExampleFile file;

  @BeforeAll
  static void write() throws Exception {
    file = ExampleFile.write(folder, 1, 1);
  }

  @AfterAll
  static void close() throws Exception {
    file.close();
  }

  @Test
  void readingsAreAsMany() throws Exception {
    assertThat(
            file.rows(
                "SELECT system_id, count(*), date(min(inverter_time), 'unixepoch'),"
                    + " date(max(inverter_time), 'unixepoch') FROM readings GROUP BY 1"))
        .containsExactly(
            List.of(1, 71_982, "2025-08-30", "2025-11-05"),
            List.of(2, 72_480, "2025-08-30", "2025-11-05"),
            List.of(7, 56_347, "2025-01-22", "2025-11-06"));
  }

  @Test
  void aggregatesAreAsMany() throws Exception {
    assertThat(
            file.rows(
                "SELECT system_id, count(*), date(min(interval_end), 'unixepoch'),"
                    + " date(max(interval_end), 'unixepoch'), max(interval_end % 300)"
                    + " FROM readings_agg_5m GROUP BY 1"))
        .containsExactly(
            List.of(1, 15_150, "2025-08-30", "2025-11-05", 0),
            List.of(2, 15_235, "2025-08-30", "2025-11-05", 0),
            List.of(3, 15_055, "2025-09-01", "2025-11-05", 0),
            List.of(7, 10_931, "2025-01-22", "2025-11-06", 0));
  }

  @Test
  void pointsAreAsMany() throws Exception {
    assertThat(file.number("SELECT count(*) FROM point_readings")).isEqualTo(205_750);
    assertThat(file.number("SELECT count(*) FROM point_readings_agg_5m")).isEqualTo(74_810);
    assertThat(file.rows("SELECT system_id, count(*) FROM point_info GROUP BY 1"))
        .containsExactly(
            List.of(1, 16), List.of(2, 16), List.of(3, 2), List.of(6, 20), List.of(7, 15));
    assertThat(file.planted().rowsOf("point_readings")).isEqualTo(205_750);
    assertThat(file.planted().rowsOf("point_readings_agg_5m")).isEqualTo(74_810);
  }

  @Test
  void theLiveWriterWroteTheLastDays() throws Exception {
    assertThat(
            file.rows(
                "SELECT system_id, count(*), count(DISTINCT measurement_time) FROM point_readings"
                    + " WHERE system_id <> 6 AND measurement_time > 1762200000000 GROUP BY 1"))
        .containsExactly(
            List.of(1, 1_348 * 16, 1_348), List.of(2, 1_350 * 16, 1_350), List.of(7, 15, 1));
    assertThat(
            file.rows(
                "SELECT system_id, count(*), count(DISTINCT interval_end) FROM"
                    + " point_readings_agg_5m WHERE system_id <> 6 AND interval_end >"
                    + " 1762200000000 GROUP BY 1"))
        .containsExactly(
            List.of(1, 4_216, 264),
            List.of(2, 4_200, 263),
            List.of(3, 258, 129),
            List.of(7, 59, 4));
  }

  @Test
  void halfWrittenReadingsLieInTheMiddleOfHistory() throws Exception {
    assertThat(
            file.rows(
                "SELECT system_id, count(DISTINCT measurement_time),"
                    + " date(min(measurement_time) / 1000, 'unixepoch') BETWEEN '2025-10-09' AND"
                    + " '2025-10-15', max(measurement_time) / 1000 < 1762200000 FROM"
                    + " point_readings WHERE system_id <> 6 AND measurement_time < 1762200000000"
                    + " GROUP BY 1"))
        .containsExactly(List.of(1, 17, 1, 1), List.of(2, 13, 1, 1));
  }

  @Test
  void theMigrationHasThisMuchToDo() {
    assertThat(file.planted().migrations())
        .extracting(
            Planted.Migration::system, Planted.Migration::mappedPoints, Planted.Migration::expected)
        .containsExactly(
            tuple(1, 16, 1_151_712L),
            tuple(2, 16, 1_159_680L),
            tuple(7, 9, 507_123L),
            tuple(1, 11, 166_650L),
            tuple(2, 11, 167_585L),
            tuple(3, 2, 30_110L),
            tuple(7, 5, 54_655L));
  }

  @Test
  @Tag("longRounds")
  void whatIsPlantedIsWhatTheMigrationPlanFinds() throws Exception {
    MigrationAsPlanned.OF_READINGS.findsWhatIsPlanted(file);
    MigrationAsPlanned.OF_INTERVALS.findsWhatIsPlanted(file);
  }

  @Test
  void kilowattHoursTimesAThousandIsOftenNotExact() throws Exception {
    assertThat(
            file.number(
                "SELECT count(*) FROM readings WHERE solar_kwh_total * 1000 <>"
                    + " round(solar_kwh_total * 1000, 6)"))
        .isGreaterThan(500);
  }

  @Test
  void theFileIsSound() throws Exception {
    assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
    assertThat(file.rows("PRAGMA foreign_key_check")).isEmpty();
    assertThat(file.rows("PRAGMA journal_mode")).containsExactly(List.of("delete"));
    assertThat(file.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'"))
        .isZero();
  }
}
