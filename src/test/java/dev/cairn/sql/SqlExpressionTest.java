package dev.cairn.sql;

import static dev.cairn.sql.Flavour.POSTGRESQL;
import static dev.cairn.sql.Flavour.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlExpressionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kwh",
        "round(kwh * 1000, 6)",
        "r.\"value\" IS NOT NULL AND time >= 0",
        "CASE WHEN a > 1 THEN 'x' ELSE CASE b WHEN 2 THEN 'y' END END || c",
        "CAST(a AS VARCHAR(10)) COLLATE nocase",
        "a IN (1, 2) OR b NOT BETWEEN -1 AND +1",
        "replace(a, 'b', 'c') LIKE 'x%' ESCAPE '!'",
        "a IS DISTINCT FROM b",
        "date(a, 'unixepoch', '+1 day')",
        "strftime('%Y', a)",
        "unixepoch(a, 'subsec')",
        "-(a)",
        "x'ab'",
        "current + time",
        "coalesce(\"release\", `begin`, [end])"
      })
  void a_value_made_from_the_row_is_fine(String text) {
    assertThat(SqlExpression.check(text, SQLITE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a::double precision * 2",
        "a::timestamp with time zone AT TIME ZONE 'utc'",
        "extract(epoch FROM a)",
        "substring(a FROM 1 FOR 3)",
        "date_trunc('day', a) + INTERVAL '1 day'",
        "ARRAY[1, 2]",
        "a = ANY(b)",
        "DATE '2020-01-01'",
        "(a).b",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY a DESC)",
        "age(a, b)",
        "a::numeric(10, 2)::text[]"
      })
  void so_is_what_postgresql_writes(String text) {
    assertThat(SqlExpression.check(text, POSTGRESQL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a, b~1~a second expression begins here",
        "a; b~1~a semicolon can't stand in an expression",
        "a -- b~2~a comment can't stand in an expression",
        "a + ?1~4~a parameter can't stand in an expression: nothing gives it a value",
        "'a~0~this is never closed",
        "(a~0~this parenthesis is never closed",
        "a)~1~nothing opens what this closes",
        "CASE WHEN a THEN b~0~this CASE has no END",
        "(CASE WHEN a THEN b)~19~nothing opens what this closes",
        "(SELECT 1)~1~a subquery can't stand in an expression",
        "a IN t~2~IN needs a list in parentheses",
        "a b~2~an operator is missing before this",
        "f(a) b~5~an operator is missing before this",
        "1 x~2~an operator is missing before this",
        "a AS b~2~the expression ends here: AS begins another part of a statement",
        "a FROM t~2~the expression ends here: FROM begins another part of a statement",
        "a WHERE b~2~the expression ends here: WHERE begins another part of a statement",
        "a UNION b~2~UNION doesn't belong in an expression; a column of that name needs quotes",
        "PRAGMA x~0~PRAGMA doesn't belong in an expression; a column of that name needs quotes",
        "a +~2~the expression breaks off here",
        "a ! b~2~this can't be read as SQL",
        "load_extension('x')~0~load_extension can change something: an expression may only compute"
      })
  void what_is_not_one_expression_says_where_and_why(String text, int offset, String message) {
    assertThat(SqlExpression.check(text, SQLITE)).contains(new ExpressionProblem(offset, message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void nothing_is_no_expression(String text) {
    assertThat(SqlExpression.check(text, SQLITE))
        .containsExactly(new ExpressionProblem(0, "the expression is empty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CURRENT_TIMESTAMP",
        "a > current_date",
        "date()",
        "date('now')",
        "datetime('NOW', 'localtime')",
        "date(\"now\")",
        "strftime('%s')",
        "strftime('%s', 'now')",
        "unixepoch('subsec')",
        "julianday(('now'))",
        "time ( /* c */ )",
        "timediff(a, 'now')",
        "random()",
        "abs(random())",
        "randomblob(4)",
        "changes()",
        "last_insert_rowid()",
        "\"random\"()",
        "writefile('a', 'b')"
      })
  void what_would_not_give_the_same_value_again_is_refused(String text) {
    assertThat(SqlExpression.check(text, SQLITE)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now()",
        "localtimestamp",
        "'now'::timestamp",
        "timestamp 'today'",
        "CAST('yesterday' AS date)",
        "age(a)",
        "gen_random_uuid()",
        "nextval('s')",
        "clock_timestamp()",
        "uuid_generate_v4()",
        "pg_catalog.now()",
        "pg_terminate_backend(1)",
        "date('now')"
      })
  void in_postgresql_too(String text) {
    assertThat(SqlExpression.check(text, POSTGRESQL)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a + lower(b)~a@0 b@10", "r.a = \"R x\".`b`~r.a@0 R x.b@6", "s.t.a~s.t.a@0",
            "CASE WHEN a THEN 'b' ELSE c END~a@10 c@26",
        "CAST(a AS unsigned big int)~a@5", "a COLLATE nocase~a@0", "time + match~time@0 match@7",
            "a NOT NULL AND b ISNULL~a@0 b@15",
        "avg * \"avg\" + avg(value)~avg@0 avg@6 value@18"
      })
  void the_columns_used_are_named_with_their_places(String text, String names) {
    assertThat(describe(text, SQLITE)).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a::double precision + b~a@0 b@22",
        "extract(epoch FROM a)~a@19",
        "a AT TIME ZONE 'utc'~a@0",
        "a + INTERVAL '1 day'~a@0",
        "a::timestamp with time zone~a@0"
      })
  void types_and_zones_are_no_columns(String text, String names) {
    assertThat(describe(text, POSTGRESQL)).isEqualTo(names);
  }

  @Test
  void a_quoted_name_is_told_from_an_unquoted_one() {
    assertThat(SqlExpression.names("A + \"A\"", SQLITE))
        .extracting(NameUse::quoted)
        .containsExactly(false, true);
  }

  private static String describe(String text, Flavour flavour) {
    return SqlExpression.names(text, flavour).stream()
        .map(
            use ->
                (use.qualifier().isEmpty() ? "" : use.qualifier() + ".")
                    + use.name()
                    + "@"
                    + use.offset())
        .reduce((left, right) -> left + " " + right)
        .orElse("");
  }
}
