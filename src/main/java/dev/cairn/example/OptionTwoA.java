package dev.cairn.example;

import dev.cairn.database.PostgresqlLoader;
import dev.cairn.example.MeterReading.Sent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The example database of Option 2A, on PostgreSQL: an application that has written readings into
 * one table for two years, and for some months events into another beside it. Some readings were
 * sent twice, some events were lost between the two writes, some events have no reading.
 */
public final class OptionTwoA {
  private static final int USERS = 200;
  private static final int READINGS = 500;

  /** From then on the application writes both tables. */
  private static final Instant BOTH = Instant.parse("2025-03-01T00:00:00Z");

  private static final List<String> EVENT_COLUMNS =
      List.of(
          "id",
          "user_id",
          "event_type",
          "event_timestamp",
          "reading_kwh",
          "token_amount",
          "token_cost",
          "notes",
          "metadata",
          "created_at");

  private final int users;
  private final double scale;
  private final long seed;
  private final Map<String, Long> planted = new LinkedHashMap<>();

  private OptionTwoA(double scale, long seed) {
    this.scale = scale;
    this.seed = seed;
    this.users = (int) Math.max(3, Math.round(USERS * scale));
  }

  /**
   * Makes the tables and fills them, in one transaction, and tells what was planted in them; equal
   * scale and seed give equal content everywhere.
   *
   * @param url the database's address; it may not have tables of these names
   * @param scale how many times 100,000 readings, from 0.001 to 100
   * @param progress is told a line of text for each table
   * @throws IOException if the server refuses it; then nothing is left behind
   */
  public static Map<String, Object> write(
      String url, double scale, long seed, Consumer<String> progress) throws IOException {
    try (PostgresqlLoader loader = PostgresqlLoader.open(url)) {
      OptionTwoA story = new OptionTwoA(scale, seed);
      story.fill(loader, progress);
      loader.finish();
      return story.toMap();
    }
  }

  private void fill(PostgresqlLoader loader, Consumer<String> progress) throws IOException {
    List<String> schema = Resource.statements("option-2a.sql");
    for (String sql : schema) {
      if (sql.startsWith("CREATE TABLE")) {
        loader.execute(sql);
      }
    }
    load(
        loader,
        progress,
        "user_profiles",
        List.of("id", "display_name", "meter_number", "created_at"),
        numbers().mapToObj(this::profile));
    load(
        loader,
        progress,
        "electricity_readings",
        List.of(
            "id",
            "user_id",
            "date",
            "reading_kwh",
            "token_amount",
            "token_cost",
            "notes",
            "created_at"),
        numbers().boxed().flatMap(this::readings).map(MeterReading::row));
    load(
        loader,
        progress,
        "token_events",
        EVENT_COLUMNS,
        numbers().boxed().flatMap(number -> events(number).stream()));
    for (String sql : schema) {
      if (!sql.startsWith("CREATE TABLE")) {
        loader.execute(sql);
      }
    }
    for (String table : List.of("user_profiles", "electricity_readings", "token_events")) {
      loader.execute("ANALYZE " + table);
    }
  }

  private static void load(
      PostgresqlLoader loader,
      Consumer<String> progress,
      String table,
      List<String> columns,
      Stream<Object[]> rows)
      throws IOException {
    long count = loader.copy(table, columns, rows.iterator());
    progress.accept(String.format(Locale.ROOT, "%s: %,d rows", table, count));
  }

  private IntStream numbers() {
    return IntStream.rangeClosed(1, users);
  }

  private Object[] profile(int number) {
    return new Object[] {
      new PrepaidMeter(seed, number).user(),
      number % 9 == 0 ? null : "Household " + number,
      "37%09d".formatted(number * 7_919L),
      Instant.parse("2023-12-01T00:00:00Z").plusSeconds(number * 61L)
    };
  }

  private Stream<MeterReading> readings(int number) {
    List<MeterReading> readings = new PrepaidMeter(seed, number).readings(READINGS);
    readings.forEach(
        reading -> {
          count("readings", true);
          count("copies", reading.sent() == Sent.AGAIN);
          count("disagreeing", reading.sent() == Sent.OTHERWISE);
        });
    return readings.stream();
  }

  /** What the application wrote of a user into the new table. */
  private List<Object[]> events(int number) {
    Chance chance = new Chance(Chance.seed(seed, number, "events"));
    List<Object[]> events = new ArrayList<>();
    List<MeterReading> readings = new PrepaidMeter(seed, number).readings(READINGS);
    boolean lostBefore = false;
    for (int i = 0; i < readings.size(); i++) {
      MeterReading reading = readings.get(i);
      boolean lost = chance.oneIn(50);
      boolean alone = chance.oneIn(100);
      if (reading.date().isBefore(BOTH)) {
        continue;
      }
      UUID event = PrepaidMeter.id(seed, number, "event", i);
      if (!lost) {
        events.add(reading.event(event));
        // Both count in the application's eyes; it is not the migration's to void one.
        count("copies_that_both_have_events", reading.sent() == Sent.AGAIN && !lostBefore);
      }
      lostBefore = lost;
      count("events_of_readings", !lost);
      count("events_lost", lost);
      if (alone) {
        events.add(purchase(number, i, reading));
        count("events_without_a_reading", true);
      }
    }
    return events;
  }

  /** A token that was bought and put in, and nobody looked at the meter behind it. */
  private Object[] purchase(int number, int part, MeterReading before) {
    Instant then = before.date().plusSeconds(3_600);
    return new Object[] {
      PrepaidMeter.id(seed, number, "purchase", part),
      before.user(),
      "TOKEN_PURCHASE",
      then,
      null,
      MeterReading.kwh(2_000),
      MeterReading.kwh(500),
      null,
      "{\"source\": \"app\"}",
      then.plusSeconds(2)
    };
  }

  private void count(String what, boolean holds) {
    planted.merge(what, holds ? 1L : 0L, Long::sum);
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scale", scale);
    map.put("seed", seed);
    map.put("users", (long) users);
    map.putAll(planted);
    long there = planted.getOrDefault("events_of_readings", 0L);
    long kept = planted.getOrDefault("copies_that_both_have_events", 0L);
    map.put("expected", planted.get("readings"));
    map.put("inserted", planted.get("readings") - there);
    map.put("identical", there - kept);
    map.put("kept", kept);
    return map;
  }
}
