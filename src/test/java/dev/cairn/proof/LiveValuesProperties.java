package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever values the rows of a server hold, those too that its answers have no form for: changed
 * by plan or typed, undone, restored from another server and from a file, compared in each
 * direction, they are what SQLite would have made of them, to the bit.
 */
class LiveValuesProperties {
  private static final List<String> VALUES =
      List.of(
          "NULL",
          "''",
          "0",
          "1",
          "1.0",
          "'1'",
          "-1",
          "9223372036854775807",
          "(-9223372036854775807 - 1)",
          "9007199254740993",
          "9007199254740992.0",
          "0.1",
          "-0.0",
          "9e999",
          "-9e999",
          "5e-324",
          "2.2250738585072014e-308",
          "1.7976931348623157e308",
          "x''",
          "x'00'",
          "x'ff41'",
          "'inf'",
          "'a' || char(0) || 'b'",
          "CAST(x'ff41' AS TEXT)",
          "CAST(x'fe41' AS TEXT)",
          "CAST(x'efbfbd41' AS TEXT)",
          "CAST(x'eda080' AS TEXT)",
          "CAST(x'c3' AS TEXT)",
          "'é漢😀'",
          "'quote '' \" \\'");

  private static final List<String> CHANGES =
      List.of(
          "UPDATE r SET v = w, w = v WHERE id %% 2 = %d",
          "UPDATE r SET v = CASE typeof(v) WHEN 'real' THEN 'r' ELSE v || 'x' END, n = -n WHERE id %% 3 <> %d",
          "UPDATE r SET k = id || 'x' WHERE id %% 2 = %d",
          "DELETE FROM r WHERE id %% 3 = %d",
          "UPDATE r SET w = NULL, s = CASE typeof(w) WHEN 'real' THEN w > 0 ELSE w END WHERE typeof(v) <> 'null' AND id > %d");

  private Path folder;
  private SqldServer server;
  private int tries;

  @BeforeProperty
  void start() throws Exception {
    folder = MemoryFolders.make("cairn-live-values");
    server = SqldServer.start(folder.resolve("sqld"));
  }

  @AfterProperty
  void end() {
    server.close();
  }

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void rows_of_a_server_are_exact(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    int number = ++tries;
    SqliteFile file = new SqliteFile(folder.resolve("then" + number + ".db"));
    fill(file, random);
    String now = server.namespace("now" + number, file.path());
    String then = server.namespace("then" + number, file.path());
    LiveCairn live = new LiveCairn(folder, now);
    try (Database database = open(now)) {
      List<String> before = picture(database);
      String sql = random(CHANGES, random).formatted(random.nextInt(2));
      String seeded = sql + ", seed " + seed;
      SqliteFile alone = file.copyTo(folder.resolve("alone" + number + ".db"));
      alone.run(sql);
      List<String> changed;
      try (Database other = open(alone.path().toString())) {
        changed = picture(other);
      }
      assertThat(changed).isNotEqualTo(before);

      done(live, "plan " + sql, "apply", "verify");
      assertThat(picture(database)).as(seeded).isEqualTo(changed);
      done(live, "plan undo", "apply");
      assertThat(picture(database)).as(seeded).isEqualTo(before);

      live.run(List.of("--yes"), sql);
      assertThat(picture(database)).as(seeded).isEqualTo(changed);
      boolean fromServer = random.nextBoolean();
      String source = fromServer ? then : file.path().toString();
      boolean keyed = sql.contains("SET k");
      if (!keyed) {
        done(live, "plan restore r from '" + source + "' with deleted", "apply", "verify");
        assertThat(picture(database)).as(seeded + " from " + source).isEqualTo(before);
        done(live, "plan undo", "apply");
        assertThat(picture(database)).as(seeded).isEqualTo(changed);
      }
      done(live, "plan undo 3", "apply");
      assertThat(picture(database)).as(seeded).isEqualTo(before);
      compared(now, then, file.path().toString(), database);
    }
  }

  @Example
  void what_a_server_cannot_send_is_said_plainly() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("said.db"));
    file.run("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    file.run("INSERT INTO t VALUES (1, 'a'), (2, 9e999), (3, 'b'), (4, CAST(x'ff' AS TEXT))");
    LiveCairn live = new LiveCairn(folder, server.namespace("said", file.path()));
    assertThat(live.exits(1, "SELECT v FROM t WHERE id < 3")).contains("endless", "CAST(");
    assertThat(live.exits(1, "SELECT v FROM t WHERE id > 2")).contains("isn't UTF-8", "hex(");
    assertThat(live.exits(1, "BEGIN", "SELECT v FROM t WHERE id > 2")).contains("isn't UTF-8");
    assertThat(live.run(List.of(), "SELECT hex(v), CAST(v AS TEXT) FROM t WHERE id = 2"))
        .contains("Inf");
    live.run(List.of("--yes"), "UPDATE t SET v = CAST(x'fe' AS TEXT) WHERE id > 2");
    assertThat(live.exits(0, "preview UPDATE t SET v = 9e999 WHERE id > 1")).contains("\uFFFD");
    done(live, "plan undo", "apply");
    assertThat(live.run(List.of(), "SELECT hex(v) FROM t WHERE id = 4")).contains("\"FF\"");
  }

  /** Two values are others on one side, and only they are told, whichever side asks. */
  private void compared(String now, String then, String file, Database database) throws Exception {
    List<String> pairs = List.of(now, then, now, file, file, now, then, now);
    for (int i = 0; i < pairs.size(); i += 2) {
      String said =
          new LiveCairn(folder, pairs.get(i)).run(List.of(), "diff r '" + pairs.get(i + 1) + "'");
      assertThat(said).contains("\"rows\":[]");
    }
    ContractEngines.write(
        database,
        SqlFragment.of("UPDATE r SET v = CAST(x'fd41' AS TEXT) WHERE v = CAST(x'ff41' AS TEXT)"),
        SqlFragment.of(
            "UPDATE r SET w = -w WHERE w = 9e999 AND id = ?", 1 + VALUES.indexOf("9e999")));
    for (int i = 0; i < pairs.size(); i += 2) {
      String said =
          new LiveCairn(folder, pairs.get(i)).run(List.of(), "diff r '" + pairs.get(i + 1) + "'");
      assertThat(said.split("\"changed\"", -1)).as(said).hasSize(3);
    }
  }

  private static void fill(SqliteFile file, Random random) throws Exception {
    String key =
        random(
            List.of(
                "id INTEGER PRIMARY KEY, k",
                "id INTEGER NOT NULL UNIQUE, k NOT NULL, PRIMARY KEY (k, id)",
                "k, id INTEGER NOT NULL PRIMARY KEY"),
            random);
    file.run("CREATE TABLE r (" + ownColumns(key) + ")");
    for (int i = 0; i < VALUES.size(); i++) {
      String name = random(VALUES, random);
      file.run(
          "INSERT INTO r (id, k, v, w, n, s) VALUES (%d, %s, %s, %s, %s, %s)"
              .formatted(
                  i + 1,
                  name.equals("NULL") ? "'no'" : name,
                  VALUES.get(i),
                  VALUES.get(i).equals("9e999") ? "9e999" : random(VALUES, random),
                  random(VALUES, random),
                  random(VALUES, random)));
    }
  }

  private static String ownColumns(String key) {
    int constraint = key.indexOf(", PRIMARY KEY (");
    return constraint < 0
        ? key + ", v, w, n REAL, s TEXT"
        : key.substring(0, constraint) + ", v, w, n REAL, s TEXT" + key.substring(constraint);
  }

  /** By means of SQL alone: the numbers to the bit, all else by its bytes. */
  private static List<String> picture(Database database) {
    List<String> asked = new ArrayList<>();
    for (String column : List.of("k", "v", "w", "n", "s")) {
      asked.add(
          "typeof(%1$s), hex(CASE typeof(%1$s) WHEN 'real' THEN 0 ELSE %1$s END), %1$s = 9e999, CASE WHEN typeof(%1$s) = 'real' AND abs(%1$s) < 9e999 THEN %1$s END"
              .formatted(column));
    }
    try (ReadView view = database.view()) {
      return view
          .rows(SqlFragment.of("SELECT id, " + String.join(", ", asked) + " FROM r ORDER BY id"))
          .stream()
          .map(row -> row.stream().map(LiveValuesProperties::bits).collect(Collectors.joining(" ")))
          .toList();
    }
  }

  private static String bits(Object value) {
    return value instanceof Double number
        ? Long.toHexString(Double.doubleToRawLongBits(number))
        : String.valueOf(value);
  }

  /** With the token of a planning before, as a script on a live database must. */
  private static void done(LiveCairn live, String planning, String... then) throws Exception {
    List<String> lines = new ArrayList<>(List.of(planning));
    lines.addAll(List.of(then));
    String said = live.run(List.of("--plan", live.token(planning)), lines.toArray(String[]::new));
    assertThat(said).contains("\"status\":\"SUCCEEDED\"");
    if (then[then.length - 1].startsWith("verify")) {
      assertThat(said).contains("\"result\":\"verified\"");
    }
  }

  private static Database open(String named) {
    return Databases.open(named, new SqliteDatabase.Options(true, false, false, 5_000));
  }

  private static <T> T random(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
