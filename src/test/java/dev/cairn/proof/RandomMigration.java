package dev.cairn.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.proof.Spec.Layout;
import dev.cairn.proof.Spec.Policy;
import dev.cairn.proof.Spec.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One random migration in two tongues: as a plan file, and as the one SQL statement that a person
 * would have written for it. The two share names and expressions, and nothing that Cairn derives.
 */
final class RandomMigration {
  static final String SOURCE = "Source \"rows\"";
  static final String TARGET = "group";

  private static final Map<String, String> VALUES =
      new TreeMap<>(
          Map.of(
              "v1", "TEXT",
              "order", "REAL",
              "v3", "INTEGER",
              "v4", "NUMERIC",
              "Größe x", "",
              "v6", "TEXT COLLATE NOCASE"));
  private static final List<String> EXPRESSIONS =
      List.of(
          "a",
          "b",
          "a || '-x'",
          "b * 1000",
          "round(b * 1000, 6)",
          "'good'",
          "CASE WHEN flag THEN a END",
          "coalesce(a, b)",
          "-b",
          "flag = 1",
          "NULL",
          "\"cur\"");
  private static final List<String> AGGREGATES =
      List.of("count(*)", "count(a)", "min(a)", "max(b)", "sum(flag)", "min(id) || ''");

  /** One target row of a source row. */
  private record Entry(String variant, String name, Map<String, String> columns) {}

  private final Spec spec;
  private final Random random;
  private final Map<String, String> common = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> key = new ArrayList<>();

  RandomMigration(Spec spec) {
    this.spec = spec;
    this.random = new Random(spec.data().seed());
    map();
  }

  Spec spec() {
    return spec;
  }

  List<String> key() {
    return key;
  }

  /** The columns that the query fills: key, values, and the one that only new rows get. */
  List<String> columns() {
    List<String> all = new ArrayList<>(common.keySet());
    if (spec.fansOut()) {
      all.add("kind");
    }
    for (Entry entry : entries) {
      entry.columns.keySet().stream().filter(name -> !all.contains(name)).forEach(all::add);
    }
    return all;
  }

  /** The columns by which a row that is there is identical or not. */
  List<String> compared() {
    return columns().stream().filter(name -> !key.contains(name) && !name.equals("at")).toList();
  }

  private void map() {
    boolean grouped = spec.shape() == Shape.AGGREGATE;
    if (spec.laneInKey()) {
      common.put("g", "grp");
      key.add("g");
    }
    common.put("k", "cur");
    key.add("k");
    if (spec.numberInKey()) {
      common.put("seq", "id");
      key.add("seq");
    }
    if (spec.fansOut()) {
      key.add("kind");
    }
    Collections.shuffle(key, new Random(spec.target().keySort()));
    List<String> pool = grouped ? AGGREGATES : EXPRESSIONS;
    for (String column : VALUES.keySet()) {
      if (random.nextInt(3) > 0) {
        common.put(column, pool.get(random.nextInt(pool.size())));
      }
    }
    common.put("at", grouped ? "max(id)" : "id * 10");
    if (spec.target().parents()) {
      common.put("ref", grouped ? "count(*) % 3" : "id % 3");
    }
    if (spec.fansOut()) {
      mapEntries(pool);
    }
  }

  private void mapEntries(List<String> pool) {
    boolean variants = spec.shape() == Shape.FAN_OUT_VARIANTS && spec.hasLane();
    for (String variant : variants ? List.of("sel", "fro") : List.of("")) {
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : VALUES.keySet()) {
          if (random.nextInt(4) == 0 || columns.isEmpty()) {
            columns.put(column, pool.get(random.nextInt(pool.size())));
          }
        }
        if (random.nextInt(6) == 0) {
          columns.put("k", "id"); // an entry may have a key of its own
        }
        entries.add(new Entry(variant, "p" + i, columns));
      }
    }
  }

  /** The tables, without rows. */
  List<String> schema() {
    List<String> ddl = new ArrayList<>();
    ddl.add("CREATE TABLE parents (id " + laneType() + " PRIMARY KEY NOT NULL, vendor TEXT)");
    ddl.add("CREATE TABLE refs (id INTEGER PRIMARY KEY)");
    ddl.add("INSERT INTO refs VALUES (0), (1), (2)");
    ddl.add("CREATE TABLE points (lane " + laneType() + ", name TEXT, point INTEGER)");
    ddl.add(
        "CREATE TABLE %s (id INTEGER PRIMARY KEY, grp %s, cur %s, a, b REAL, flag INTEGER)"
            .formatted(source(), laneType(), spec.source().cursorType().sql));
    if (spec.source().indexed()) {
      ddl.add("CREATE INDEX source_cursor ON " + source() + " (grp, cur)");
    }
    ddl.add(target());
    if (!keyIsPrimary()) {
      ddl.add(
          "CREATE UNIQUE INDEX target_key ON %s (%s)"
              .formatted(SqliteFile.quoted(TARGET), quoted(key)));
    }
    ddl.add("CREATE TABLE yielded (" + String.join(", ", columnDefinitions(false)) + ")");
    ddl.add("CREATE TABLE log (n INTEGER)");
    if (spec.target().trigger()) {
      ddl.add(
          "CREATE TRIGGER written AFTER INSERT ON %s BEGIN INSERT INTO log VALUES (1); END"
              .formatted(SqliteFile.quoted(TARGET)));
    }
    return ddl;
  }

  String laneType() {
    return switch (spec.source().lane()) {
      case INTEGER -> "INTEGER";
      case TEXT -> "TEXT";
      default -> "";
    };
  }

  private boolean keyIsPrimary() {
    Layout layout = spec.target().layout();
    return layout == Layout.PRIMARY_KEY || layout == Layout.WITHOUT_ROWID;
  }

  private String target() {
    Layout layout = spec.target().layout();
    List<String> columns = new ArrayList<>();
    if (layout == Layout.NUMBERED || layout == Layout.AUTOINCREMENT) {
      columns.add("id INTEGER PRIMARY KEY" + (layout == Layout.NUMBERED ? "" : " AUTOINCREMENT"));
    }
    columns.addAll(columnDefinitions(spec.target().parents()));
    columns.add("extra TEXT DEFAULT 'unmapped'");
    if (keyIsPrimary()) {
      columns.add("PRIMARY KEY (" + quoted(key) + ")");
    }
    return "CREATE TABLE %s (%s)%s"
        .formatted(
            SqliteFile.quoted(TARGET),
            String.join(", ", columns),
            layout == Layout.WITHOUT_ROWID ? " WITHOUT ROWID" : "");
  }

  private List<String> columnDefinitions(boolean references) {
    List<String> columns = new ArrayList<>();
    columns.add(
        "g " + laneType() + (references && spec.laneInKey() ? " REFERENCES parents (id)" : ""));
    columns.add("k " + spec.target().keyType().sql);
    columns.add("seq INTEGER");
    columns.add("kind " + (looksUp() ? "INTEGER" : "TEXT"));
    VALUES.forEach((column, type) -> columns.add(SqliteFile.quoted(column) + " " + type));
    columns.add("at INTEGER NOT NULL");
    columns.add("ref INTEGER" + (references ? " REFERENCES refs (id)" : ""));
    return columns;
  }

  static String quoted(List<String> names) {
    return names.stream().map(SqliteFile::quoted).collect(Collectors.joining(", "));
  }

  boolean looksUp() {
    return spec.shape() == Shape.FAN_OUT_LOOKUP || spec.shape() == Shape.FAN_OUT_VARIANTS;
  }

  /** The plan file; JSON is YAML. */
  String plan() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("cairn", 1);
    plan.put("name", "random");
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("table", SOURCE);
    if (spec.hasLane()) {
      source.put("lane", "grp");
    }
    source.put("cursor", spec.cursor());
    if (spec.source().where()) {
      source.put("where", "flag = 1 OR flag IS NULL");
    }
    if (spec.shape() == Shape.AGGREGATE) {
      source.put("group_by", spec.hasLane() ? List.of("grp", "cur") : List.of("cur"));
    }
    plan.put("source", source);
    plan.put("target", Map.of("table", TARGET, "key", key));
    plan.put("on_conflict", spec.policy().name().toLowerCase(java.util.Locale.ROOT));
    Map<String, Object> columns = new LinkedHashMap<>(common);
    columns.put("at", Map.of("value", common.get("at"), "on_insert", true));
    plan.put("columns", columns);
    if (spec.fansOut()) {
      plan.put("fan_out", fanOut());
    }
    try {
      return new ObjectMapper().writeValueAsString(plan);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, Object> fanOut() {
    Map<String, Object> fanOut = new LinkedHashMap<>();
    fanOut.put("column", "kind");
    if (looksUp()) {
      Map<String, Object> lookup = new LinkedHashMap<>();
      lookup.put("table", "points");
      if (spec.hasLane()) {
        lookup.put("match", Map.of("lane", "grp"));
      }
      lookup.put("name", "name");
      lookup.put("value", "point");
      fanOut.put("lookup", lookup);
    }
    Map<String, Map<String, Object>> variants = new LinkedHashMap<>();
    for (Entry entry : entries) {
      variants
          .computeIfAbsent(entry.variant, name -> new LinkedHashMap<>())
          .put(entry.name, entry.columns);
    }
    if (variants.containsKey("")) {
      fanOut.put("rows", variants.get(""));
    } else {
      fanOut.put(
          "by", Map.of("table", "parents", "match", Map.of("id", "grp"), "column", "vendor"));
      fanOut.put("variants", variants);
    }
    return fanOut;
  }

  /** The query as a person would write it: one SELECT, or one for each kind of row. */
  String query() {
    if (!spec.fansOut()) {
      String groups = spec.hasLane() ? " GROUP BY grp, cur" : " GROUP BY cur";
      return select(common, "") + (spec.shape() == Shape.AGGREGATE ? groups : "");
    }
    List<String> selects = new ArrayList<>();
    for (Entry entry : entries) {
      Map<String, String> all = new LinkedHashMap<>(common);
      String more = entry.variant.isEmpty() ? "" : " AND vendor(grp) = '" + entry.variant + "'";
      all.put("kind", "'" + entry.name + "'");
      if (looksUp()) {
        String lane = spec.hasLane() ? "lane = grp AND " : "";
        String found = " FROM points WHERE " + lane + "name = '" + entry.name + "')";
        all.put("kind", "(SELECT point" + found);
        more += " AND EXISTS (SELECT 1" + found;
      }
      all.putAll(entry.columns);
      selects.add(select(all, more));
    }
    return String.join(" UNION ALL ", selects)
        .replace("vendor(grp)", "(SELECT vendor FROM parents WHERE parents.id = grp)");
  }

  /** The plus: a UNION would give all its rows the affinities of the first one's expressions. */
  private String select(Map<String, String> all, String more) {
    String list =
        columns().stream()
            .map(name -> "+(" + all.getOrDefault(name, "NULL") + ") AS " + SqliteFile.quoted(name))
            .collect(Collectors.joining(", "));
    String where = spec.source().where() ? "(flag = 1 OR flag IS NULL)" : "1";
    return "SELECT " + list + " FROM " + source() + " WHERE " + where + more;
  }

  /** The whole migration as one statement. */
  String statement() {
    String changes =
        compared().stream()
            .map(SqliteFile::quoted)
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
    boolean replaces = spec.policy() == Policy.REPLACE && !changes.isEmpty();
    return "INSERT INTO %s (%s) SELECT * FROM (%s) WHERE true ON CONFLICT (%s) DO %s"
        .formatted(
            SqliteFile.quoted(TARGET),
            quoted(columns()),
            query(),
            quoted(key),
            replaces ? "UPDATE SET " + changes : "NOTHING");
  }

  static String source() {
    return SqliteFile.quoted(SOURCE);
  }

  @Override
  public String toString() {
    return String.join("\n", Arrays.asList(spec.toString(), plan(), statement()));
  }
}
