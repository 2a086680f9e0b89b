package dev.cairn.example;

import dev.cairn.database.SqliteFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The example database of the vendor refactor: LiveOne's systems as they were before it, known by
 * their number at one vendor, with an offset in hours. Some have no offset, some no name, some one
 * that is no whole hour; everything else in the database refers to them.
 */
public final class VendorRefactor {
  private static final int SYSTEMS = 1_000;
  private static final int REMOVED = 7;
  private static final int POINTS = 3;
  private static final int READINGS = 5;
  private static final long FIRST_READING = 1_755_820_800L;

  private static final List<String> SYSTEM_COLUMNS =
      List.of(
          "id",
          "user_id",
          "owner_clerk_user_id",
          "system_number",
          "display_name",
          "model",
          "serial",
          "ratings",
          "solar_size",
          "battery_size",
          "timezone_offset",
          "created_at",
          "updated_at");

  private final double scale;
  private final long seed;
  private final Map<String, Long> planted = new LinkedHashMap<>();

  private VendorRefactor(double scale, long seed) {
    this.scale = scale;
    this.seed = seed;
  }

  /**
   * Writes a new SQLite file and tells what was planted in it; equal scale and seed give equal
   * content everywhere.
   *
   * @param file must not exist; its folder must
   * @param scale how many times 1,000 systems, from 0.001 to 100
   * @param progress is told a line of text for each table
   * @throws java.nio.file.FileAlreadyExistsException if the file exists
   * @throws IOException if it can't be written; then nothing is left behind
   */
  public static Map<String, Object> write(
      Path file, double scale, long seed, Consumer<String> progress) throws IOException {
    try (SqliteFileWriter writer = SqliteFileWriter.create(file)) {
      VendorRefactor story = new VendorRefactor(scale, seed);
      story.fill(new StoryFile(writer, progress));
      writer.finish();
      return story.toMap();
    }
  }

  private void fill(StoryFile file) throws IOException {
    List<String> schema = Resource.statements("vendor.sql");
    file.execute(schema.stream().filter(sql -> sql.contains("CREATE TABLE")).toList());
    int systems = (int) Math.max(10, Math.round(SYSTEMS * scale));
    file.load("systems", SYSTEM_COLUMNS, ids(systems + REMOVED).mapToObj(this::system));
    // Their numbers are never given again.
    file.execute(
        List.of(
            "DELETE FROM systems WHERE id > " + systems, "DELETE FROM systems WHERE id % 97 = 50"));
    planted.put("highest_id_ever", (long) systems + REMOVED);
    int[] there = ids(systems).filter(id -> id % 97 != 50).toArray();
    planted.put("systems", (long) there.length);
    file.load(
        "polling_status",
        List.of("system_id", "last_poll_time", "total_polls"),
        IntStream.of(there).mapToObj(id -> new Object[] {id, FIRST_READING + id, id % 1_000}));
    file.load(
        "point_info",
        List.of("system_id", "id", "origin_id", "point_name", "metric_type", "metric_unit"),
        IntStream.of(there).boxed().flatMap(VendorRefactor::points));
    file.load(
        "readings",
        List.of("system_id", "inverter_time", "solar_w", "load_w"),
        IntStream.of(there).boxed().flatMap(this::readings));
    file.execute(schema.stream().filter(sql -> !sql.contains("CREATE TABLE")).toList());
    planted.put("polling_status", (long) there.length);
    planted.put("point_info", (long) there.length * POINTS);
    planted.put("readings", (long) there.length * READINGS);
  }

  private static IntStream ids(int count) {
    return IntStream.rangeClosed(1, count);
  }

  private Object[] system(int id) {
    Chance chance = new Chance(Chance.seed(seed, id, "vendor"));
    boolean stays = id % 97 != 50 && id <= Math.max(10, Math.round(SYSTEMS * scale));
    String name = id % 10 == 3 ? null : "Site " + id;
    Object offset = offset(id);
    count("null_display_names", stays && name == null);
    count("null_offsets", stays && offset == null);
    count("offsets_of_no_whole_hour", stays && offset instanceof Double);
    String created = "2025-08-%02d %02d:%02d:00".formatted(1 + id % 28, id % 24, id % 60);
    return new Object[] {
      id,
      id % 4 == 0 ? null : "user_" + id % 211,
      "user_2" + Integer.toHexString(chance.below(1_000)),
      String.valueOf(1_500 + id),
      name,
      id % 5 == 0 ? null : "SP PRO SPMC" + (240 + 241 * (id % 2)),
      String.valueOf(100_000 + chance.below(900_000)),
      "7.5kW, 48V",
      (30 + chance.below(100)) / 10.0 + " kW",
      id % 3 == 0 ? null : (100 + chance.below(300)) / 10.0 + " kWh",
      offset,
      created,
      created
    };
  }

  /** Hours, as the old column has them: in Adelaide 9.5, where nobody said anything none. */
  private static Object offset(int id) {
    if (id % 40 == 4) {
      return null;
    }
    return id % 25 == 7 ? (Object) 9.5 : (Object) (id % 6 == 0 ? 8 : 10);
  }

  private void count(String what, boolean holds) {
    planted.merge(what, holds ? 1L : 0L, Long::sum);
  }

  private static Stream<Object[]> points(int system) {
    return Stream.of(
        new Object[] {system, 1, "solar", "Solar", "power", "W"},
        new Object[] {system, 2, "load", "Load", "power", "W"},
        new Object[] {system, 3, "solar", "Solar", "energy", "Wh"});
  }

  private Stream<Object[]> readings(int system) {
    Chance chance = new Chance(Chance.seed(seed, system, "readings"));
    return IntStream.range(0, READINGS)
        .mapToObj(
            i ->
                new Object[] {
                  system, FIRST_READING + i * 60L, chance.below(5_000), chance.below(3_000)
                });
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scale", scale);
    map.put("seed", seed);
    map.put("table", "systems");
    map.putAll(planted);
    return map;
  }
}
