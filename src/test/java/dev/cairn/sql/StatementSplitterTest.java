package dev.cairn.sql;

import static dev.cairn.sql.Flavour.POSTGRESQL;
import static dev.cairn.sql.Flavour.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {

  @Test
  void statements_come_without_their_semicolons_and_without_what_stands_between_them() {
    assertThat(split(" ; -- first\nSELECT 1 ;; /* then */ SELECT 2", SQLITE))
        .containsExactly("SELECT 1 ", "SELECT 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", ";", ";;;", "-- only a comment", "/* only */ ; -- comments"})
  void a_text_without_a_statement_has_none(String text) {
    assertThat(split(text, SQLITE)).isEmpty();
    assertThat(split(text, POSTGRESQL)).isEmpty();
  }

  @Test
  void a_second_statement_on_the_line_is_never_part_of_the_first() {
    assertThat(split("UPDATE t SET a = 1 WHERE id=1; DROP TABLE t;", SQLITE))
        .containsExactly("UPDATE t SET a = 1 WHERE id=1", "DROP TABLE t");
  }

  @Test
  void a_broken_trigger_does_not_swallow_what_follows() {
    assertThat(split("CREATE TRIGGER t; DROP TABLE t; END;", SQLITE))
        .containsExactly("CREATE TRIGGER t", "DROP TABLE t", "END");
  }

  @Test
  void a_semicolon_in_parentheses_ends_a_statement_in_sqlite_but_not_in_postgresql() {
    assertThat(split("SELECT (1; SELECT 2", SQLITE)).containsExactly("SELECT (1", "SELECT 2");
    assertThat(split("SELECT (1; SELECT 2", POSTGRESQL)).containsExactly("SELECT (1; SELECT 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "SELECT 1~SEMICOLON",
        "SELECT 'a;~END_OF_STRING",
        "SELECT x'a;~END_OF_STRING",
        "SELECT \"a;~END_OF_NAME",
        "SELECT `a~END_OF_NAME",
        "SELECT [a~END_OF_NAME",
        "SELECT /* a;~END_OF_COMMENT",
        "/* a;~END_OF_COMMENT",
        "SELECT (1~CLOSING_PARENTHESIS",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;~END_OF_BODY",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END~SEMICOLON"
      })
  void sqlite_text_that_breaks_off_says_what_it_lacks(String text, Missing missing) {
    assertThat(StatementSplitter.next(text, 0, SQLITE))
        .get()
        .extracting(Piece::missing)
        .isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "SELECT $$a;~END_OF_DOLLAR_QUOTE",
        "SELECT E'\\';~END_OF_STRING",
        "SELECT U&\"a~END_OF_NAME",
        "SELECT U&'a~END_OF_STRING",
        "SELECT /* /* */~END_OF_COMMENT",
        "/* /* */~END_OF_COMMENT",
        "SELECT (1; ~CLOSING_PARENTHESIS",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;~END_OF_BODY"
      })
  void postgresql_text_that_breaks_off_says_what_it_lacks(String text, Missing missing) {
    assertThat(StatementSplitter.next(text, 0, POSTGRESQL))
        .get()
        .extracting(Piece::missing)
        .isEqualTo(missing);
  }

  @Test
  void ten_megabytes_split_in_well_under_two_seconds() {
    String statement =
        "INSERT INTO readings (id, name) VALUES (1, 'it''s'), (2.5, \"b\"); -- note\n";
    String script = statement.repeat(10_000_000 / statement.length());

    for (Flavour flavour : Flavour.values()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(30), () -> StatementSplitter.all(script, flavour));
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_text_takes_more_than_linear_time(Flavour flavour) {
    for (String shard :
        List.of(
            "(",
            "'",
            "$a",
            "$a$",
            "/*",
            "+-",
            "E'' ",
            "E''\n",
            "[",
            "CASE ",
            "--",
            "1e+",
            "a.",
            "CAST(a AS ",
            "date(",
            "strftime(1 + ")) {
      String text = shard.repeat(500_000 / shard.length());
      assertTimeoutPreemptively(
          Duration.ofSeconds(60), // a square of this length takes far longer, on any machine
          () -> {
            StatementSplitter.all(text, flavour);
            StatementShape.classify(text, flavour);
            SqlExpression.check(text, flavour);
            SqlExpression.names(text, flavour);
          },
          shard);
    }
  }

  static List<String> split(String text, Flavour flavour) {
    return StatementSplitter.all(text, flavour).stream().map(piece -> piece.text(text)).toList();
  }
}
