package dev.cairn.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveOneTest {
  @TempDir Path folder;

  @Test
  void equalSeedsGiveEqualContentAndOtherSeedsOther() throws Exception {
    try (ExampleFile one = ExampleFile.write(folder, 0.01, 7);
        ExampleFile same = ExampleFile.write(folder, 0.01, 7);
        ExampleFile other = ExampleFile.write(folder, 0.01, 8)) {
      assertThat(same.contentHash()).isEqualTo(one.contentHash());
      assertThat(same.planted()).isEqualTo(one.planted());
      assertThat(other.contentHash()).isNotEqualTo(one.contentHash());
    }
  }

  /** A change here means that examples made before and after are different: say so. */
  @Test
  void theContentIsTheSameOnEveryMachine() throws Exception {
    try (ExampleFile file = ExampleFile.write(folder, 0.001, 1)) {
      assertThat(file.contentHash())
          .isEqualTo("7c6bc82f02d57d87e819badbd2cf6af60135544984e332d3398c636f9f47e7d6");
    }
  }

  @ParameterizedTest
  @CsvSource({"0.001, 1", "0.001, 2", "0.0013, 3", "0.004, 4", "0.03, 5"})
  void everyKindOfMessIsThereAtEveryScale(double scale, long seed) throws Exception {
    try (ExampleFile file = ExampleFile.write(folder, scale, seed)) {
      Planted planted = file.planted();
      assertThat(planted.differentRows())
          .extracting(Planted.DifferentRow::kind)
          .contains(
              "MORE_DECIMALS",
              "LOST_VALUE",
              "LOST_ZERO",
              "LOST_STATUS",
              "ZERO_FOR_NOTHING",
              "VALUE_FOR_NOTHING",
              "BINARY_PRODUCT",
              "OTHER_TEXT",
              "MARKED_ERROR",
              "FEWER_SAMPLES",
              "FILLED_LAST",
              "LOST_LAST",
              "LOST_METER",
              "OTHER_COLUMN");
      assertThat(planted.halfWritten())
          .extracting(half -> half.target() + half.system())
          .contains(
              "point_readings1",
              "point_readings2",
              "point_readings_agg_5m1",
              "point_readings_agg_5m2",
              "point_readings_agg_5m7");
      assertThat(planted.migrations())
          .allSatisfy(migration -> assertThat(migration.different()).isPositive())
          .allSatisfy(migration -> assertThat(migration.identical()).isPositive())
          .allSatisfy(migration -> assertThat(migration.toInsert()).isPositive());
      assertThat(file.number("SELECT count(DISTINCT fault_code) FROM readings")).isGreaterThan(1);
      assertThat(file.rows("PRAGMA foreign_key_check")).isEmpty();
      assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
    }
  }

  @Test
  void scaledVolumesAreRounded() throws Exception {
    try (ExampleFile file = ExampleFile.write(folder, 0.05, 3)) {
      assertThat(file.rows("SELECT system_id, count(*) FROM readings GROUP BY 1"))
          .containsExactly(List.of(1, 3_599), List.of(2, 3_624), List.of(7, 2_817));
      assertThat(file.number("SELECT count(*) FROM point_readings")).isEqualTo(10_288);
      assertThat(file.number("SELECT count(*) FROM point_readings_agg_5m")).isEqualTo(3_741);
    }
  }

  @Test
  void whatIsPlantedIsWhatTheMigrationPlanFinds() throws Exception {
    try (ExampleFile file = ExampleFile.write(folder, 0.05, 11)) {
      MigrationAsPlanned.OF_READINGS.findsWhatIsPlanted(file);
      MigrationAsPlanned.OF_INTERVALS.findsWhatIsPlanted(file);
    }
  }

  @Test
  void halfWrittenRowsHaveExactlyTheListedPoints() throws Exception {
    try (ExampleFile file = ExampleFile.write(folder, 0.05, 12)) {
      for (Planted.HalfWritten half : file.planted().halfWritten()) {
        String time = half.target().equals("point_readings") ? "measurement_time" : "interval_end";
        List<Object> there =
            file.column(
                "SELECT point_id FROM %s WHERE system_id = %d AND %s = %d ORDER BY point_id"
                    .formatted(half.target(), half.system(), time, half.sourceTime() * 1_000));
        assertThat(there).isEqualTo(new ArrayList<Object>(half.pointsThere()));
        assertThat(there.size())
            .isLessThan(
                (int)
                    file.number(
                        "SELECT count(*) FROM point_info WHERE system_id = " + half.system()));
      }
    }
  }

  @Test
  void theMissingPointIsMissingBecauseItNeverHadAValue() throws Exception {
    try (ExampleFile file = ExampleFile.write(folder, 0.01, 13)) {
      assertThat(file.planted().missingPoints())
          .containsExactly(new Planted.MissingPoint(7, "generatorStatus", "generator_status"));
      assertThat(
              file.number(
                  "SELECT count(*) FROM point_info WHERE origin_sub_id = 'generatorStatus'"))
          .isZero();
      assertThat(
              file.rows("SELECT system_id, count(generator_status) > 0 FROM readings GROUP BY 1"))
          .containsExactly(List.of(1, 1), List.of(2, 1), List.of(7, 0));
    }
  }

  @Test
  void anExistingFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("liveone.db"), "precious");
    assertThatThrownBy(() -> LiveOne.write(file, 0.001, 1, line -> {}))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.0009, 101, Double.NaN, Double.POSITIVE_INFINITY})
  void anImpossibleScaleIsRefused(double scale) {
    Path file = folder.resolve("liveone.db");
    assertThatThrownBy(() -> LiveOne.write(file, scale, 1, line -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0.001 to 100");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void progressNamesEachTable() throws Exception {
    List<String> lines = new ArrayList<>();
    LiveOne.write(folder.resolve("liveone.db"), 0.001, 1, lines::add);
    assertThat(lines).contains("readings: 200 rows", "point_readings: 206 rows", "indexes");
  }
}
