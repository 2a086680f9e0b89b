package dev.cairn.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a solar engineer would check first. */
class BelievableValuesTest {
  private static final String COUNT_READINGS_WHERE = "SELECT count(*) FROM readings WHERE ";
  private static final String LOCAL_HOUR = "(inverter_time + 36000) % 86400 / 3600.0";

  @TempDir static Path folder;
  private static ExampleFile file;

  @BeforeAll
  static void write() throws Exception {
    file = ExampleFile.write(folder, 0.1, 21);
  }

  @AfterAll
  static void close() throws Exception {
    file.close();
  }

  @Test
  void powersBalance() throws Exception {
    assertThat(count("abs(solar_w + battery_w + grid_w - load_w) > 4")).isZero();
    assertThat(count("solar_local_w + solar_remote_w <> solar_w")).isZero();
    assertThat(count("solar_local_w <> shunt_w OR solar_remote_w <> solar_inverter_w")).isZero();
  }

  @Test
  void theSunShinesByDayOnly() throws Exception {
    assertThat(count(LOCAL_HOUR + " NOT BETWEEN 4.2 AND 20.4 AND solar_w <> 0")).isZero();
    assertThat(count(LOCAL_HOUR + " BETWEEN 9.5 AND 15 AND solar_w = 0")).isZero();
    assertThat(
            file.number(
                "SELECT count(*) FROM readings_agg_5m WHERE system_id = 3 AND solar_w_max > 0"
                    + " AND (interval_end + 36000) % 86400 / 3600.0 NOT BETWEEN 4.2 AND 20.4"))
        .isZero();
  }

  @Test
  void peopleUseMoreInTheEvening() throws Exception {
    for (int system : List.of(1, 2, 7)) {
      String average = "SELECT avg(load_w) FROM readings WHERE system_id = " + system + " AND ";
      assertThat(file.number(average + LOCAL_HOUR + " BETWEEN 18 AND 20.5"))
          .isGreaterThan(2 * file.number(average + LOCAL_HOUR + " BETWEEN 1 AND 4"));
    }
  }

  @Test
  void summerYieldsMoreThanWinter() throws Exception {
    String average =
        "SELECT avg(solar_w) FROM readings WHERE system_id = 7 AND "
            + "date(inverter_time + 36000, 'unixepoch') BETWEEN ";
    assertThat(file.number(average + "'2025-01-22' AND '2025-02-28'"))
        .isGreaterThan(file.number(average + "'2025-06-01' AND '2025-07-15'") * 3 / 2);
  }

  @Test
  void chargeStaysInBoundsAndFollowsTheBattery() throws Exception {
    assertThat(count("battery_soc NOT BETWEEN 0 AND 100")).isZero();
    assertThat(count("abs(battery_soc * 10 - round(battery_soc * 10)) > 1e-9")).isZero();
    assertThat(
            file.rows(
                consecutive()
                    + " AND ((battery_w < -300 AND battery_soc < soc_before)"
                    + " OR (battery_w > 300 AND battery_soc > soc_before))"))
        .isEmpty();
  }

  @Test
  void metersOnlyGoUpAndCountWhatFlowed() throws Exception {
    for (Counter counter : Counter.values()) {
      String total = counter.total().column();
      assertThat(
              file.rows(
                  ("SELECT * FROM (SELECT %s AS now, lag(%s) OVER (PARTITION BY system_id"
                          + " ORDER BY inverter_time) AS before FROM readings WHERE %s IS NOT NULL)"
                          + " WHERE now < before")
                      .formatted(total, total, total)))
          .isEmpty();
      assertThat(count("abs(%s * 1000 - round(%s * 1000)) > 1e-6".formatted(total, total)))
          .isZero();
      assertThat(
              file.rows(
                  consecutive()
                      + " AND abs(%s - %s_before - %s / 1000.0) > 1e-6"
                          .formatted(total, total, counter.interval().column())))
          .isEmpty();
    }
    assertThat(
            file.rows(
                consecutive()
                    + " AND solar_kwh_total_before IS NOT NULL"
                    + " AND abs(solar_wh_interval - solar_w * seconds / 3600.0) > 1.01"))
        .isEmpty();
  }

  @Test
  void aMeterThatShowsZeroIsNotEmpty() throws Exception {
    assertThat(count("system_id = 1 AND grid_out_kwh_total <> 0")).isZero();
    assertThat(count("system_id = 1 AND grid_out_kwh_total = 0")).isPositive();
    assertThat(count("system_id = 1 AND grid_in_kwh_total > 0 AND inverter_time < 1759586400"))
        .isZero();
    assertThat(count("system_id = 1 AND grid_in_kwh_total > 0")).isPositive();
  }

  @Test
  void someQuestionsStayUnanswered() throws Exception {
    for (String column :
        List.of("solar_w", "battery_soc", "solar_kwh_total", "fault_code", "solar_wh_interval")) {
      assertThat(count(column + " IS NULL"))
          .as(column)
          .isBetween(1L, file.number("SELECT count(*) / 20 FROM readings"));
    }
    assertThat(count("fault_code <> '0' AND fault_timestamp IS NULL")).isZero();
    assertThat(count("fault_timestamp > inverter_time * 1000")).isZero();
  }

  @Test
  void aggregatesAgreeWithTheReadingsOfTheirInterval() throws Exception {
    file.execute(
        """
        CREATE TEMP TABLE made AS
        SELECT system_id, (inverter_time + 299) / 300 * 300 AS interval_end, count(*) AS samples,
          floor(avg(solar_w) + 0.5) AS average, min(load_w) AS least, max(grid_w) AS most,
          sum(solar_wh_interval) AS energy, battery_soc, solar_kwh_total, max(inverter_time)
        FROM readings GROUP BY 1, 2
        """);
    assertThat(
            file.number(
                """
                SELECT count(*) FROM readings_agg_5m a JOIN made m USING (system_id, interval_end)
                WHERE a.sample_count IS m.samples AND a.solar_w_avg IS m.average
                  AND a.load_w_min IS m.least AND a.grid_w_max IS m.most
                  AND a.solar_interval_wh IS m.energy AND a.battery_soc_last IS m.battery_soc
                  AND a.solar_kwh_total_last IS m.solar_kwh_total
                """))
        .isEqualTo(file.number("SELECT count(*) FROM readings_agg_5m WHERE system_id <> 3"));
    assertThat(
            file.number(
                "SELECT count(*) FROM made m WHERE system_id IN (1, 2) AND NOT EXISTS (SELECT 1 FROM"
                    + " readings_agg_5m a WHERE a.system_id = m.system_id AND a.interval_end ="
                    + " m.interval_end)"))
        .isZero();
  }

  @Test
  void enphaseHasSolarAlone() throws Exception {
    assertThat(
            file.number(
                "SELECT count(*) FROM readings_agg_5m WHERE system_id = 3 AND (load_w_avg IS NOT"
                    + " NULL OR battery_soc_last IS NOT NULL OR solar_kwh_total_last IS NOT NULL"
                    + " OR sample_count IS NOT NULL OR solar_w_avg NOT BETWEEN solar_w_min AND"
                    + " solar_w_max OR abs(solar_interval_wh - solar_w_avg / 12.0) > 0.51)"))
        .isZero();
  }

  /** Readings with the one before, where that was at most 15 minutes ago. */
  private static String consecutive() {
    StringBuilder before = new StringBuilder();
    for (String column :
        List.of(
            "solar_kwh_total",
            "load_kwh_total",
            "battery_in_kwh_total",
            "battery_out_kwh_total",
            "grid_in_kwh_total",
            "grid_out_kwh_total")) {
      before.append(", lag(%s) OVER w AS %s_before".formatted(column, column));
    }
    return "SELECT * FROM (SELECT *, inverter_time - lag(inverter_time) OVER w AS seconds,"
        + " lag(battery_soc) OVER w AS soc_before"
        + before
        + " FROM readings WINDOW w AS (PARTITION BY system_id ORDER BY inverter_time))"
        + " WHERE seconds <= 900";
  }

  private static long count(String condition) throws Exception {
    return file.number(COUNT_READINGS_WHERE + condition);
  }
}
