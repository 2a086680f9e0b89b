package dev.cairn.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.ValueOrder;
import dev.cairn.plan.Beside;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random tables, with values that look alike, compared in two ways: by the diff, and by maps over
 * everything that plain JDBC gives.
 */
class RandomDiffTest {
  private static final int ROUNDS = 20;
  private static final List<Object> POOL =
      Arrays.asList(
          null,
          0L,
          1L,
          1.0,
          "1",
          new byte[] {0x31},
          "",
          new byte[0],
          "a",
          "A",
          "a ",
          "é",
          "\uE000",
          "\uD83D\uDE00",
          9007199254740993L,
          9007199254740992.0,
          -1.5,
          1e300,
          "a\u0000b",
          Long.MIN_VALUE,
          (double) Long.MIN_VALUE,
          Double.POSITIVE_INFINITY);

  @TempDir Path folder;

  /** The table is t with key columns k and l, and v, w. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (k INTEGER PRIMARY KEY, l, v, w)",
        "CREATE TABLE t (k, l, v, w, PRIMARY KEY (k, l))",
        "CREATE TABLE t (k NOT NULL, l NOT NULL, v, w, PRIMARY KEY (l, k DESC)) WITHOUT ROWID",
        "CREATE TABLE t (k TEXT COLLATE NOCASE NOT NULL, l, v TEXT, w REAL, UNIQUE (k))",
        "CREATE TABLE t (k TEXT COLLATE RTRIM PRIMARY KEY NOT NULL, l, v INT,"
            + " w AS (typeof(v) || l) STORED)",
        "CREATE TABLE t (k, l, v, w)",
        "CREATE TABLE t (k NUMERIC PRIMARY KEY NOT NULL, l, v BLOB, w) WITHOUT ROWID"
      })
  void is_what_maps_over_all_rows_say(String create) throws Exception {
    Random random = new Random(create.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      Path here = folder.resolve("here.db");
      Path there = folder.resolve("there.db");
      List<Object[]> rows = rows(random);
      write(here, create, rows);
      write(there, create, changed(rows, random));
      compare(here, there, round);
    }
  }

  /** The driver reads them as one text, the comparison doesn't. */
  @Test
  void texts_that_are_no_unicode_are_counted_apart() throws Exception {
    Path here = folder.resolve("here.db");
    Path there = folder.resolve("there.db");
    String create = "CREATE TABLE t (k INTEGER PRIMARY KEY, l, v, w)";
    for (Path file : List.of(here, there)) {
      write(file, create, List.of());
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = connection.createStatement()) {
        for (String bytes : List.of("80", "80", "80", "81")) {
          statement.execute("INSERT INTO t (l, v) VALUES (1, CAST(x'" + bytes + "' AS TEXT))");
        }
        if (file.equals(here)) {
          statement.execute("UPDATE t SET l = 2 WHERE k IN (1, 4)");
        }
      }
    }
    try (Database one = Databases.reading(here.toString());
        Database other = Databases.reading(there.toString());
        ReadView oneView = one.shared(new Beside("x", there.toString())).orElseThrow();
        ReadView otherView = other.view()) {
      DiffPlanner.Side left =
          new DiffPlanner.Side(one.catalog().table("t").orElseThrow(), oneView, one.dialect());
      DiffPlanner.Side right =
          new DiffPlanner.Side(other.catalog().table("t").orElseThrow(), otherView, one.dialect());
      DiffPlan plan = new DiffPlanner(left, right).plan();
      DiffCounts counts =
          new TableDiff(plan, left, right, Optional.empty(), Optional.of("x"))
              .run(plan.here().indexOf("v"), row -> {}, () -> false);
      assertThat(counts.rows().same()).isEqualTo(2);
      assertThat(counts.groups().values().stream().map(DiffCounts.Rows::same))
          .containsExactly(2L, 0L);
    }
  }

  private static void compare(Path here, Path there, int round) throws Exception {
    for (boolean shared : new boolean[] {false, true}) {
      for (Optional<String> where :
          List.of(Optional.<String>empty(), Optional.of("v > 0 -- all"))) {
        compare(here, there, round, shared, where);
      }
    }
  }

  /** Row by row from both sides, and with one query that reads both. */
  private static void compare(
      Path here, Path there, int round, boolean shared, Optional<String> where) throws Exception {
    Beside beside = new Beside("x", there.toString());
    try (Database one = Databases.reading(here.toString());
        Database other = Databases.reading(there.toString());
        ReadView oneView = shared ? one.shared(beside).orElseThrow() : one.view();
        ReadView otherView = other.view()) {
      DiffPlanner.Side left =
          new DiffPlanner.Side(one.catalog().table("t").orElseThrow(), oneView, one.dialect());
      DiffPlanner.Side right =
          new DiffPlanner.Side(other.catalog().table("t").orElseThrow(), otherView, one.dialect());
      DiffPlan plan = new DiffPlanner(left, right).plan();
      int by = plan.here().indexOf("v");
      Map<String, Integer> found = new TreeMap<>();
      List<DifferingRow> order = new ArrayList<>();
      TableDiff diff =
          new TableDiff(plan, left, right, where, shared ? Optional.of("x") : Optional.empty());
      DiffCounts counts =
          diff.run(
              by,
              row -> {
                add(found, plan, row);
                order.add(row);
              },
              () -> false);

      Map<String, Integer> wanted = new TreeMap<>();
      long same = bruteForce(plan, content(here, plan, where), content(there, plan, where), wanted);
      assertThat(found).describedAs("round %d, key %s", round, plan.key()).isEqualTo(wanted);
      assertThat(counts.rows().same()).isEqualTo(same);
      long differing =
          counts.groups().values().stream().mapToLong(DiffCounts.Rows::differing).sum();
      assertThat(differing).isEqualTo(counts.rows().differing());
      assertThat(counts.groups().values().stream().mapToLong(DiffCounts.Rows::same).sum())
          .isEqualTo(same);
      assertThat(order)
          .isSortedAccordingTo((a, b) -> ValueOrder.BINARY.compare(a.row().get(0), b.row().get(0)));
    }
  }

  private static void add(Map<String, Integer> found, DiffPlan plan, DifferingRow row) {
    List<String> values = row.row().stream().map(RandomDiffTest::shown).toList();
    String line = row.side().word() + values.subList(0, plan.keys());
    if (row.side() != DifferingRow.Side.CHANGED) {
      found.merge(line + values, 1, Integer::sum);
    }
    for (int column : row.changed()) {
      String pair = shown(row.here().get(column)) + "/" + shown(row.there().get(column));
      found.merge(line + plan.here().get(column) + pair, 1, Integer::sum);
    }
  }

  private static long bruteForce(
      DiffPlan plan, List<List<String>> here, List<List<String>> there, Map<String, Integer> into) {
    Map<String, List<String>> byKey = new TreeMap<>();
    Map<String, Integer> copies = new TreeMap<>();
    for (List<String> row : there) {
      byKey.put(row.subList(0, plan.keys()).toString(), row);
      copies.merge(row.subList(0, plan.keys()).toString(), 1, Integer::sum);
    }
    long same = 0;
    for (List<String> row : here) {
      String key = row.subList(0, plan.keys()).toString();
      if (copies.getOrDefault(key, 0) == 0) {
        into.merge("here" + key + row, 1, Integer::sum);
        continue;
      }
      copies.merge(key, -1, Integer::sum);
      List<String> other = byKey.get(key);
      same += row.equals(other) ? 1 : 0;
      for (int i = plan.keys(); i < row.size(); i++) {
        if (!row.get(i).equals(other.get(i))) {
          String pair = row.get(i) + "/" + other.get(i);
          into.merge("changed" + key + plan.here().get(i) + pair, 1, Integer::sum);
        }
      }
    }
    copies.forEach(
        (key, left) -> {
          if (left > 0) {
            into.merge("there" + key + byKey.get(key), left, Integer::sum);
          }
        });
    return same;
  }

  private static List<Object[]> rows(Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      rows.add(new Object[] {value(random), value(random), value(random), value(random)});
    }
    return rows;
  }

  private static List<Object[]> changed(List<Object[]> rows, Random random) {
    List<Object[]> changed = new ArrayList<>();
    for (Object[] row : rows) {
      Object[] copy = row.clone();
      int what = random.nextInt(8);
      if (what < 4) {
        copy[what] = value(random);
      }
      if (what != 7) {
        changed.add(copy);
      }
    }
    changed.addAll(rows(random).stream().limit(5).toList());
    return changed;
  }

  private static Object value(Random random) {
    return POOL.get(random.nextInt(POOL.size()));
  }

  /** Rows that the table's rules forbid are left out. */
  private static void write(Path file, String create, List<Object[]> rows) throws Exception {
    Files.deleteIfExists(file);
    boolean generated = create.contains(" AS (");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(create);
      connection.setAutoCommit(false);
      String insert =
          generated
              ? "INSERT OR IGNORE INTO t (k, l, v) VALUES (?, ?, ?)"
              : "INSERT OR IGNORE INTO t VALUES (?, ?, ?, ?)";
      try (PreparedStatement prepared = connection.prepareStatement(insert)) {
        for (Object[] row : rows) {
          Object[] values = Arrays.copyOf(row, generated ? 3 : 4);
          boolean number = create.contains("k INTEGER PRIMARY KEY");
          values[0] = number && !(row[0] instanceof Long) ? null : row[0];
          insert(prepared, values);
        }
      }
      connection.commit();
    }
  }

  private static void insert(PreparedStatement insert, Object[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      if (row[i] instanceof byte[] bytes) {
        insert.setBytes(i + 1, bytes);
      } else {
        insert.setObject(i + 1, row[i]);
      }
    }
    insert.executeUpdate();
  }

  private static List<List<String>> content(Path file, DiffPlan plan, Optional<String> where)
      throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT "
                    + String.join(", ", plan.here())
                    + " FROM t"
                    + where.map(w -> " WHERE " + w).orElse(""))) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= plan.here().size(); i++) {
          Object value = result.getObject(i);
          row.add(shown(value instanceof Integer number ? (Object) number.longValue() : value));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String shown(Object value) {
    if (value instanceof byte[] bytes) {
      return "blob " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof String text) {
      return "text " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
    return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
  }
}
