package dev.cairn.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.error.CairnException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each piece of SQL does on a server what the dialect says of it. What two values are is told by
 * the server's own comparison of images, {@code *=}, which the dialect doesn't use.
 */
class PostgresqlDialectTest {
  private static final PostgresqlDialect DIALECT = new PostgresqlDialect();
  private static final List<String> CASES =
      List.of(
          "smallint | 1; 2; 1.4; 1.5; 70000; CAST(1 AS bigint); NULL",
          "integer | 1; 2; -5; CAST(1.5 AS double precision); CAST(2.5 AS numeric); NULL; 3000000000",
          "bigint | 9223372036854775807; CAST(9007199254740993 AS double precision); 9007199254740993; NULL",
          "boolean | TRUE; FALSE; NULL",
          "double precision | 0; CAST('-0' AS double precision); CAST('NaN' AS double precision);"
              + " CAST('Infinity' AS double precision); 0.1; CAST(0.1 AS real); 9007199254740993; NULL; 1",
          "real | 0; CAST('-0' AS real); 0.1; CAST(0.1 AS double precision); 16777217; 16777216; NULL",
          "numeric | 1; 1.0; 1.00; CAST('NaN' AS numeric); NULL; 0.1; CAST(1 AS double precision)",
          "numeric(6,2) | 1; 1.0; 1.004; 1.005; 1.01; 99999; NULL; CAST('NaN' AS numeric)",
          "text | 'a'; 'A'; 'a '; ''; NULL; 'ä'; U&'a\\0308'; CAST('a' AS character(3))",
          "text COLLATE blind | 'a'; 'A'; 'ä'; 'Ä'; U&'a\\0308'; NULL",
          "citext | 'a'; 'A'; CAST('a' AS citext); NULL",
          "character varying(3) | 'abc'; 'abcd'; 'abc  '; 'ab'; 'ab '; ''; NULL; 12; 1234",
          "character(3) | 'a'; 'a  '; 'a    '; 'A'; 'abcd'; NULL",
          "bit(3) | B'101'; B'1010'; B'10'; NULL",
          "bit varying(3) | B'101'; B'1010'; B'10'; NULL",
          "bytea | decode('00ff', 'hex'); decode('00', 'hex'); decode('', 'hex'); NULL",
          "date | DATE '2026-01-01'; TIMESTAMP '2026-01-01 10:00'; NULL; DATE '2026-01-02'",
          "timestamp without time zone | TIMESTAMP '2026-01-01 10:00'; TIMESTAMPTZ '2026-01-01 10:00+00'; NULL",
          "timestamp with time zone | TIMESTAMPTZ '2026-01-01 10:00+00'; TIMESTAMPTZ '2026-01-01 11:00+01';"
              + " TIMESTAMP '2026-10-25 02:30'; NULL",
          "timestamp(0) with time zone | TIMESTAMPTZ '2026-01-01 10:00:00.4+00';"
              + " TIMESTAMPTZ '2026-01-01 10:00:00.6+00'; TIMESTAMPTZ '2026-01-01 10:00:01+00'",
          "time with time zone | TIMETZ '10:00+00'; TIMETZ '11:00+01'; NULL",
          "interval | INTERVAL '1 day'; INTERVAL '24 hours'; INTERVAL '1 month'; INTERVAL '30 days'; NULL",
          "jsonb | CAST('{\"a\": 1}' AS jsonb); CAST('{\"a\": 1.0}' AS jsonb); CAST('{\"a\":1}' AS jsonb);"
              + " CAST('null' AS jsonb); NULL",
          "json | CAST('{\"a\": 1}' AS json); CAST('{\"a\":1}' AS json); NULL",
          "uuid | CAST('00000000-0000-0000-0000-000000000001' AS uuid);"
              + " CAST('00000000-0000-0000-0000-00000000000A' AS uuid); NULL",
          "integer[] | ARRAY[1, 2]; ARRAY[1, NULL]; ARRAY[[1, 2]]; CAST('[2:3]={1,2}' AS integer[]); NULL",
          "numeric[] | ARRAY[1.0]; ARRAY[1.00]; CAST('{}' AS numeric[])",
          "point | POINT '(1,2)'; POINT '(1,2.0000000001)'; NULL",
          "box | BOX '(1,1),(0,0)'; BOX '(2,0.5),(1,-0.5)'",
          "mood | CAST('glad' AS mood); CAST('sad' AS mood); NULL",
          "amount | 1; 1.005; 1.01; -1; NULL",
          "pair | CAST(ROW(1, 'a') AS pair); CAST(ROW(1, NULL) AS pair); CAST(ROW(NULL, NULL) AS pair); NULL");

  private static EmbeddedPostgres server;
  private static Connection connection;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    connection = server.getPostgresDatabase().getConnection();
    run("CREATE EXTENSION citext");
    run(
        "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
    run("CREATE TYPE mood AS ENUM ('sad', 'glad')");
    run("CREATE DOMAIN amount AS numeric(8,2) CHECK (VALUE >= 0)");
    run("CREATE TYPE pair AS (a integer, b text)");
    run("SET TimeZone = 'Europe/Berlin'");
  }

  @AfterAll
  static void stop() throws SQLException, IOException {
    connection.close();
    server.close();
  }

  static List<String> types() {
    return CASES;
  }

  @ParameterizedTest
  @MethodSource("types")
  void identical_holds_exactly_where_a_write_would_have_left_the_same(String line)
      throws SQLException {
    String declared = line.substring(0, line.indexOf('|')).strip();
    judge(declared, Arrays.asList(line.substring(line.indexOf('|') + 1).split(";")));
  }

  /** Whatever the values are, in types whose equality is coarser than they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {"double precision", "numeric", "numeric(7,3)", "text", "character varying(4)"})
  void identical_holds_so_for_any_value(String type) throws SQLException {
    Random random = new Random(type.hashCode());
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      values.add(any(type, random));
    }
    judge(type, values);
  }

  private static String any(String type, Random random) {
    if (type.startsWith("numeric")) {
      return DIALECT.literal(BigDecimal.valueOf(random.nextInt(300) - 150, random.nextInt(5)));
    }
    if (type.startsWith("double")) {
      double[] some = {0.0, -0.0, 0.1, 0.1f, 1e300, Double.NaN, Double.NEGATIVE_INFINITY};
      return DIALECT.literal(some[random.nextInt(some.length)]);
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append("aA \\'ß".charAt(random.nextInt(6)));
    }
    return DIALECT.literal(text.toString());
  }

  private static void judge(String declared, List<String> values) throws SQLException {
    String type = declared.replace(" COLLATE blind", "");
    Column column = new Column("v", type, false, null, 0, false, "");
    run("DROP TABLE IF EXISTS t");
    run("CREATE TABLE t (i integer, v " + declared + ")");
    List<Boolean> taken = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      taken.add(runs("INSERT INTO t SELECT " + i + ", " + values.get(i)));
    }
    assertThat(taken).contains(true);
    for (int j = 0; j < values.size(); j++) {
      String identical = DIALECT.identical(column, table(column), "t.v", "q.e");
      for (int i = 0; i < values.size(); i++) {
        if (taken.get(i)) {
          String given = "SELECT %s FROM t, (SELECT %s AS e) AS q WHERE i = %d";
          Object said =
              taken.get(j)
                  ? one(given.formatted(identical, values.get(j), i))
                  : told(given.formatted(identical, values.get(j), i));
          Object so =
              taken.get(j)
                  && "t"
                      .equals(
                          text(
                              "SELECT a *= b FROM (SELECT v FROM t WHERE i = %d) AS a, (SELECT v FROM t WHERE i = %d) AS b"
                                  .formatted(i, j)));
          assertThat(said)
              .describedAs("%s: %s stored, %s given", declared, values.get(i), values.get(j))
              .isEqualTo(so);
        }
      }
    }
  }

  /** What can't be written may fail here as well, or is not identical. */
  private static Object told(String sql) {
    try {
      return one(sql);
    } catch (SQLException refused) {
      return false;
    }
  }

  @Test
  void a_literal_is_read_as_the_value_it_is_of() throws SQLException {
    for (String setting : List.of("on", "off")) {
      run("SET standard_conforming_strings = " + setting);
      run("SET escape_string_warning = off");
      for (String text :
          List.of("", "it's", "a\\b", "\\'", "\\", "'; DROP TABLE t; --", "zażółć 🪨")) {
        assertThat(one("SELECT " + DIALECT.literal(text))).isEqualTo(text);
      }
      byte[] bytes = {0, 1, 92, 39, -1};
      assertThat(HexFormat.of().formatHex((byte[]) one("SELECT " + DIALECT.literal(bytes))))
          .isEqualTo("00015c27ff");
    }
    run("SET standard_conforming_strings = on");
    for (long number : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(((Number) one("SELECT " + DIALECT.literal(number))).longValue()).isEqualTo(number);
    }
    for (double number :
        new double[] {0.1, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY}) {
      assertThat(one("SELECT " + DIALECT.literal(number))).isEqualTo(number);
    }
    assertThat(one("SELECT " + DIALECT.literal(new BigDecimal("1.50"))))
        .isEqualTo(new BigDecimal("1.50"));
    assertThat(one("SELECT " + DIALECT.literal(true))).isEqualTo(true);
    assertThat(one("SELECT " + DIALECT.literal(null))).isNull();
    assertThatThrownBy(() -> DIALECT.literal("a\0b")).isInstanceOf(CairnException.class);
  }

  @Test
  void a_key_is_found_by_its_index_whatever_type_the_value_has() throws SQLException {
    run("DROP TABLE IF EXISTS t");
    run("CREATE TABLE t (v integer PRIMARY KEY)");
    run("INSERT INTO t SELECT g FROM generate_series(1, 20000) AS g");
    run("ANALYZE t");
    Column key = new Column("v", "integer", true, null, 1, false, "");
    String same = DIALECT.sameKey(key, "t.v", "q.e");
    String query =
        "FROM (SELECT CAST(5 AS double precision) AS e OFFSET 0) AS q"
            + DIALECT.orderedJoin()
            + "t ON "
            + same;
    assertThat(text("SELECT count(*) " + query)).isEqualTo("1");
    assertThat(all("EXPLAIN SELECT * " + query)).contains("Index Cond");
    Column shorter = new Column("v", "character varying(3)", true, null, 1, false, "");
    Column padded = new Column("v", "character(3)", true, null, 1, false, "");
    assertThat(text("SELECT " + DIALECT.sameKey(shorter, "CAST('abc' AS varchar(3))", "'abcd'")))
        .isEqualTo("f");
    assertThat(text("SELECT " + DIALECT.sameKey(padded, "CAST('abc' AS char(3))", "'abcd'")))
        .isEqualTo("f");
    assertThat(text("SELECT " + DIALECT.sameKey(padded, "CAST('ab' AS char(3))", "'ab'")))
        .isEqualTo("t");
  }

  @Test
  void constants_are_a_table_with_names_and_types() throws SQLException {
    String table =
        DIALECT.constants(
            List.of("n", "odd \"name\""),
            List.of(Arrays.asList(1L, null), List.of(2L, "x'y\\")),
            "c");
    assertThat(all("SELECT n + 1, c.\"odd \"\"name\"\"\" FROM " + table))
        .isEqualTo("2|null\n3|x'y\\\n");
  }

  @Test
  void values_come_in_one_order_whatever_the_collation() throws SQLException {
    run("DROP TABLE IF EXISTS t");
    run("CREATE TABLE t (v text COLLATE blind, n integer)");
    run("INSERT INTO t VALUES ('b', 2), ('B', 10), ('ä', 1), (NULL, NULL), ('a', 3)");
    assertThat(all("SELECT v FROM t ORDER BY " + DIALECT.binaryOrder("v", "text")))
        .isEqualTo("null\nB\na\nb\nä\n");
    assertThat(all("SELECT n FROM t ORDER BY " + DIALECT.binaryOrder("n", "integer")))
        .isEqualTo("null\n1\n2\n3\n10\n");
    assertThat(
            text(
                "SELECT "
                    + DIALECT.together("n")
                    + " FROM (SELECT n FROM t WHERE n > 1 ORDER BY n) AS k"))
        .isEqualTo("2 3 10");
    assertThat(text("SELECT " + DIALECT.typeOf("n") + " FROM t LIMIT 1")).isEqualTo("integer");
  }

  private static Table table(Column column) {
    return new Table("t", false, false, List.of(column), List.of(), List.of(), List.of(), "", "");
  }

  private static boolean runs(String sql) {
    try {
      run(sql);
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Object one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getObject(1);
    }
  }

  private static String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static String all(String sql) throws SQLException {
    StringBuilder out = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          out.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
        out.append('\n');
      }
    }
    return out.toString();
  }
}
