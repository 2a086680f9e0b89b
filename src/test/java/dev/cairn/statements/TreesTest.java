package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees checked by hand: where the dialects differ, and what a grammar easily gets wrong. */
class TreesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      textBlock =
          """
          SQLITE     ~ SELECT a = b IS NOT NULL                       ~ Select(NOTNULL(EQUAL(a, b)))
          POSTGRESQL ~ SELECT a = b IS NOT NULL                       ~ Select(NOTNULL(EQUAL(a, b)))
          SQLITE     ~ SELECT a IS NULL = b                           ~ Select(EQUAL(ISNULL(a), b))
          SQLITE     ~ SELECT a < b = c < d                           ~ Select(EQUAL(LESS(a, b), LESS(c, d)))
          SQLITE     ~ SELECT a = b IN (1) IS NULL                    ~ Select(ISNULL(InList(EQUAL(a, b), 1)))
          SQLITE     ~ SELECT NOT a = b                               ~ Select(Not(EQUAL(a, b)))
          SQLITE     ~ SELECT -a COLLATE x || b                       ~ Select(||(COLLATE(-(a), x), b))
          POSTGRESQL ~ SELECT -a ^ 2                                  ~ Select(^(-(a), 2))
          SQLITE     ~ SELECT a -> 'x' ->> 'y' || 'z'                 ~ Select(||(->>(->(a, 'x'), 'y'), 'z'))
          SQLITE     ~ SELECT 1 << 2 + 3                              ~ Select(<<(1, +(2, 3)))
          SQLITE     ~ SELECT a OR b AND NOT c                        ~ Select(Or(a, And(b, Not(c))))
          SQLITE     ~ SELECT a BETWEEN 1 AND 2 AND b                 ~ Select(And(BETWEEN(a, 1, 2), b))
          SQLITE     ~ SELECT a NOT IN (1) AND b IS NOT 'x'           ~ Select(And(not InList(a, 1), IS_NOT(b, 'x')))
          POSTGRESQL ~ SELECT a IS NOT DISTINCT FROM b                ~ Select(IS(a, b))
          SQLITE     ~ SELECT a x, b AS y, 'c' z, t.*                 ~ Select(a as x, b as y, 'c' as z, t.*)
          SQLITE     ~ SELECT 0x1F, x'1F', "a b", [c], `d`            ~ Select(0x1F, x'1F', "a b", "c", "d")
          POSTGRESQL ~ SELECT a::text::int, CAST(b AS int)            ~ Select(Cast(Cast(a, text), int), Cast(b, int))
          SQLITE     ~ SELECT a FROM t, u JOIN v USING (x)            ~ Select(a, INNER(COMMA(t, u), v, x))
          POSTGRESQL ~ SELECT a FROM t, u JOIN v USING (x)            ~ Select(a, COMMA(t, INNER(u, v, x)))
          SQLITE     ~ SELECT 1 UNION SELECT 2 INTERSECT SELECT 3    ~ INTERSECT(UNION(Select(1), Select(2)), Select(3))
          POSTGRESQL ~ SELECT 1 UNION SELECT 2 INTERSECT SELECT 3    ~ UNION(Select(1), INTERSECT(Select(2), Select(3)))
          POSTGRESQL ~ UPDATE t SET spot.x = 1, (a, b) = (2, 3)      ~ Update(t, spot = 1, a b = RowValue(2, 3))
          SQLITE     ~ UPDATE t AS x SET a = y.a FROM u y WHERE x.b  ~ Update(t as x, a = y.a, u as y, x.b)
          POSTGRESQL ~ DELETE FROM t x USING u, v WHERE x.a = u.a    ~ Delete(t as x, COMMA(u, v), EQUAL(x.a, u.a))
          """)
  void reads(Flavour flavour, String sql, String tree) {
    assertThat(BriefTree.of(SqlParser.parse(sql, flavour))).isEqualTo(tree);
  }
}
