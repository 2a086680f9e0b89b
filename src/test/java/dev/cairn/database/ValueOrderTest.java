package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of values is the engine's own binary one, and tells every type from every other. */
class ValueOrderTest {
  /** In their order. Those of one value but two types stand side by side. */
  private static final List<Object> ASCENDING =
      Arrays.asList(
          null,
          Double.NEGATIVE_INFINITY,
          Long.MIN_VALUE,
          -1.5,
          -1L,
          0L,
          0.5,
          1L,
          1.0,
          9007199254740992L,
          9007199254740992.0,
          9007199254740993L,
          Long.MAX_VALUE,
          9.223372036854776E18,
          1e300,
          Double.POSITIVE_INFINITY,
          "",
          "\u0000",
          "1",
          "A",
          "B",
          "a",
          "a\u0000",
          "ab",
          "é",
          "\uD7FF",
          "\uE000",
          "\uFFFD",
          "\uFFFF",
          "\uD800\uDC00",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF",
          new byte[0],
          new byte[] {0},
          new byte[] {0x31},
          new byte[] {(byte) 0xff});

  @TempDir Path folder;

  @Test
  void orders_values_of_all_types() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        Object left = ASCENDING.get(i);
        Object right = ASCENDING.get(j);
        int order = ValueOrder.keys(new Object[] {left}, new Object[] {right}, 1);
        assertThat(Integer.signum(order))
            .describedAs("%s and %s", left, right)
            .isEqualTo(Integer.compare(i, j));
        assertThat(ValueOrder.same(left, right))
            .describedAs("%s and %s", left, right)
            .isEqualTo(i == j);
      }
    }
  }

  @Test
  void the_engine_gives_that_order_whatever_the_collation() throws Exception {
    for (String collation : List.of("BINARY", "NOCASE", "RTRIM")) {
      Path file = folder.resolve(collation + ".db");
      write(file, "CREATE TABLE t (v COLLATE " + collation + ")");
      try (Database database = Databases.reading(file.toString());
          ReadView view = database.view()) {
        KeyedRows rows =
            new KeyedRows(
                view,
                database.dialect(),
                database.catalog().table("t").orElseThrow(),
                List.of("v"),
                1,
                false,
                java.util.Optional.empty());
        List<Object> read = new ArrayList<>();
        try (RowStream stream = rows.open()) {
          while (stream.next()) {
            read.add(stream.exact(0));
          }
        }
        assertThat(read).hasSameSizeAs(ASCENDING);
        for (int i = 0; i < read.size(); i++) {
          assertThat(ValueOrder.same(read.get(i), ASCENDING.get(i)))
              .describedAs("%s at %d", read.get(i), i)
              .isTrue();
        }
      }
    }
  }

  @Test
  void texts_that_are_no_unicode_stay_apart() throws Exception {
    Path file = folder.resolve("raw.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (v)");
      statement.execute(
          "INSERT INTO t VALUES (CAST(x'ff41' AS TEXT)), (CAST(x'fe41' AS TEXT)), ('\uFFFDA')");
    }
    try (Database database = Databases.reading(file.toString());
        ReadView view = database.view();
        RowStream rows = view.query(dev.cairn.dialect.SqlFragment.of("SELECT v FROM t"))) {
      List<Object> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.exact(0));
      }
      assertThat(ValueOrder.same(values.get(0), values.get(1))).isFalse();
      assertThat(ValueOrder.same(values.get(0), values.get(2))).isFalse();
      assertThat(ValueOrder.same(values.get(0), values.get(0))).isTrue();
      assertThat(ValueOrder.BINARY.compare(values.get(0), values.get(1))).isPositive();
      assertThat(ValueOrder.BINARY.compare(values.get(2), values.get(1))).isNegative();
      assertThat(values.get(2)).isEqualTo("\uFFFDA");
      assertThat("\uFFFDA".getBytes(StandardCharsets.UTF_8)).hasSize(4);
    }
  }

  private static void write(Path file, String create) throws Exception {
    List<Object> shuffled = new ArrayList<>(ASCENDING);
    Collections.shuffle(shuffled, new Random(4));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(create);
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (Object value : shuffled) {
          if (value instanceof byte[] bytes) {
            insert.setBytes(1, bytes);
          } else {
            insert.setObject(1, value);
          }
          insert.executeUpdate();
        }
      }
    }
  }
}
