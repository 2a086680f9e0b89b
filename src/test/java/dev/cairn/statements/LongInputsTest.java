package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing long or deep makes the reading of SQL throw, overflow the stack or hang. */
class LongInputsTest {

  static Stream<Arguments> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("100,000 IN terms", "DELETE FROM t WHERE a IN (" + "1, ".repeat(99_999) + "1)");
    inputs.put("a literal of 20 kB", "UPDATE t SET b = '" + "x".repeat(20_000) + "'");
    inputs.put("a literal of 10 MB", "UPDATE t SET b = '" + "x".repeat(10_000_000) + "'");
    inputs.put("5 MB of rows", "INSERT INTO t VALUES (1)" + ", (1)".repeat(1_000_000));
    inputs.put("10 MB of open brackets", "SELECT " + "(".repeat(10_000_000));
    inputs.put("10 MB of signs", "SELECT 1 " + "+-".repeat(500_000) + "1");
    inputs.put("deep brackets", nested("SELECT ", 10_000, "(", "1", ")"));
    inputs.put("deep condition", nested("DELETE FROM t WHERE ", 10_000, "(", "a = 1", ")"));
    inputs.put("deep subqueries", nested("SELECT ", 3_000, "(SELECT ", "1", ")"));
    inputs.put("deep derived tables", nested("SELECT * FROM ", 3_000, "(SELECT * FROM ", "t", ")"));
    inputs.put(
        "deep EXISTS",
        nested("DELETE FROM t WHERE ", 3_000, "EXISTS (SELECT 1 FROM t WHERE ", "1", ")"));
    inputs.put("deep WITH", nested("", 2_000, "WITH a AS (", "SELECT 1", ") SELECT 1"));
    inputs.put("deep CASE", nested("SELECT ", 5_000, "CASE WHEN a THEN ", "1", " END"));
    inputs.put("deep functions", nested("SELECT ", 5_000, "f(", "1", ")"));
    inputs.put("deep arrays", nested("SELECT ARRAY", 5_000, "[", "1", "]"));
    inputs.put("joins in brackets", nested("SELECT * FROM ", 2_000, "(t JOIN ", "u", ")"));
    inputs.put("wide CASE", "SELECT CASE " + "WHEN a THEN 1 ".repeat(20_000) + "END");
    inputs.put("CASE at its bound", "SELECT CASE " + "WHEN a = 1 THEN 1 ".repeat(2_999) + "END");
    inputs.put("ANDs", "DELETE FROM t WHERE a = 1" + " AND a = 1".repeat(20_000));
    inputs.put("ORs", "DELETE FROM t WHERE a = 1" + " OR a = 1".repeat(20_000));
    inputs.put("ORs at their bound", "DELETE FROM t WHERE a = 1" + " OR a = 1".repeat(450));
    inputs.put("concatenation", "SELECT a" + " || a".repeat(20_000));
    inputs.put("comparisons", "SELECT a" + " = a".repeat(20_000));
    inputs.put("NOT", "SELECT " + "NOT ".repeat(20_000) + "1");
    inputs.put("minus", "SELECT " + "- ".repeat(20_000) + "1");
    inputs.put("casts", "SELECT a" + "::int".repeat(20_000));
    inputs.put("subscripts", "SELECT a" + "[1]".repeat(20_000));
    inputs.put("COLLATE", "SELECT a" + " COLLATE x".repeat(20_000));
    inputs.put("names", "SELECT a" + ".a".repeat(20_000));
    inputs.put("columns", "SELECT a" + ", a".repeat(20_000) + " FROM t");
    inputs.put("assignments", "UPDATE t SET a = 1" + ", a = 1".repeat(20_000));
    inputs.put("UNIONs", "SELECT 1" + " UNION ALL SELECT 1".repeat(20_000));
    inputs.put("UNIONs at their bound", "SELECT a FROM t" + " UNION SELECT a FROM t".repeat(500));
    inputs.put("joins at their bound", "SELECT * FROM t" + " JOIN u ON t.a = u.a".repeat(500));
    inputs.put("joins", "SELECT * FROM t" + " JOIN u ON t.a = u.a".repeat(5_000));
    inputs.put("60 joins", "SELECT 1 FROM t" + " JOIN u ON t.a = u.a".repeat(60));
    inputs.put("commas", "SELECT * FROM t" + ", u".repeat(20_000));
    inputs.put("CTEs", "WITH a AS (SELECT 1)" + ", b AS (SELECT 1)".repeat(2_000) + " SELECT 1");
    inputs.put(
        "chained CTEs",
        "WITH c0 AS (SELECT * FROM t)"
            + Stream.iterate(1, i -> i + 1)
                .limit(40)
                .map(
                    i ->
                        ", c"
                            + i
                            + " AS (SELECT * FROM c"
                            + (i - 1)
                            + " JOIN c"
                            + (i - 1)
                            + " x USING (a))")
                .reduce("", String::concat)
            + " DELETE FROM t WHERE a IN (SELECT a FROM c40)");
    inputs.put(
        "ON CONFLICTs", "INSERT INTO kv VALUES (1, 2)" + " ON CONFLICT DO NOTHING".repeat(500));
    inputs.put("EXPLAIN", "EXPLAIN ".repeat(20_000) + "SELECT 1");
    inputs.put(
        "a trigger's body",
        "CREATE TRIGGER x AFTER INSERT ON t BEGIN " + "UPDATE t SET a = 1;".repeat(5_000) + " END");
    inputs.put(
        "table columns", "CREATE TABLE x (a int" + ", b int CHECK (b > 1)".repeat(5_000) + ")");
    inputs.put(
        "a deep CHECK", nested("CREATE TABLE x (a int CHECK (", 20_000, "(", "1", ")") + "))");
    return inputs.entrySet().stream()
        .flatMap(
            input ->
                Stream.of(Flavour.values())
                    .map(flavour -> Arguments.of(input.getKey(), flavour, input.getValue())));
  }

  private static String nested(String head, int depth, String open, String core, String close) {
    return head + open.repeat(depth) + core + close.repeat(depth);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("inputs")
  @Timeout(120)
  void is_read_to_its_end(String name, Flavour flavour, String text) {
    ReadingLimits.split(text, flavour);
    ReadingLimits.parse(text, flavour);
    ReadingLimits.analyse(text, flavour);
  }
}
