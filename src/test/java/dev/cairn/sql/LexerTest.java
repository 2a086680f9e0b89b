package dev.cairn.sql;

import static dev.cairn.sql.Flavour.POSTGRESQL;
import static dev.cairn.sql.Flavour.SQLITE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexerTest {

  @Test
  void a_statement_reads_as_words_marks_and_literals() {
    assertThat(kinds("SELECT \"a\", 'it''s' FROM t -- end", SQLITE))
        .isEqualTo("WORD QUOTED_NAME OPERATOR STRING WORD WORD COMMENT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "\"a\"\"b\"~QUOTED_NAME",
        "`a``b`~QUOTED_NAME",
        "[a'b]~QUOTED_NAME",
        "''''''~STRING",
        "x'AB01'~BLOB",
        "X''~BLOB",
        "x'ab0'~INVALID",
        "x'zz'~INVALID",
        "x'ab~UNTERMINATED",
        "'abc~UNTERMINATED",
        "[abc~UNTERMINATED",
        "`abc~UNTERMINATED",
        "/* open~COMMENT",
        "/*/ open~COMMENT",
        "/**/~COMMENT",
        "0x1F~NUMBER",
        "1_000.5e-3~NUMBER",
        ".5~NUMBER",
        "5.~NUMBER",
        "1abc~INVALID",
        "0x~INVALID",
        "?~PARAMETER",
        "?12~PARAMETER",
        ":a~PARAMETER",
        "@a~PARAMETER",
        "$a::b(c;d)~PARAMETER",
        "$~INVALID",
        "!~INVALID",
        "||~OPERATOR",
        "->~OPERATOR",
        "->>~OPERATOR",
        "<<~OPERATOR",
        "<>~OPERATOR",
        "!=~OPERATOR",
        "==~OPERATOR",
        "été~WORD",
        "a$b~WORD",
        "x\u00a0y~WORD",
        "\ufeff~SPACE",
      })
  void sqlite_reads_as_one_token(String text, TokenKind kind) {
    assertThat(kinds(text, SQLITE, true)).isEqualTo(kind.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "$$a;'b$$~STRING",
        "$tag$ $$ $other$ $tag$~STRING",
        "$$open~UNTERMINATED",
        "E'it\\'s'~STRING",
        "e'\\\\'~STRING",
        "U&'d\\0061t'~STRING",
        "U&\"d\\0061t\"~QUOTED_NAME",
        "B'01'~BLOB",
        "X'1F'~BLOB",
        "N'a'~STRING",
        "/* a /* b */ c */~COMMENT",
        "/* a /* b */~UNTERMINATED",
        "::~OPERATOR",
        "$1~PARAMETER",
        "$1a~INVALID",
        "@>~OPERATOR",
        "#>>~OPERATOR",
        "?|~OPERATOR",
        "=>~OPERATOR",
        ":=~OPERATOR",
        "1_000~NUMBER",
        "0b101~NUMBER",
        "0o17~NUMBER",
        "1.5e10~NUMBER",
        "1abc~INVALID",
        "a$1~WORD",
        "`~OPERATOR",
      })
  void postgresql_reads_as_one_token(String text, TokenKind kind) {
    assertThat(kinds(text, POSTGRESQL, true)).isEqualTo(kind.name());
  }

  @Test
  void a_backslash_ends_no_plain_string() {
    assertThat(kinds("'a\\' 'b'", POSTGRESQL)).isEqualTo("STRING STRING");
    assertThat(kinds("'a\\' 'b'", SQLITE)).isEqualTo("STRING STRING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"E'a'\n  'b\\'c'", "E'a' -- more\r 'b\\'c'"})
  void a_string_with_escapes_goes_on_with_them_on_the_next_line(String text) {
    assertThat(kinds(text, POSTGRESQL)).isEqualTo("STRING");
  }

  @Test
  void sqlite_comments_do_not_nest() {
    assertThat(kinds("/* a /* b */ c", SQLITE)).isEqualTo("COMMENT WORD");
  }

  @Test
  void a_slash_and_a_star_at_the_end_are_no_comment_to_sqlite() {
    assertThat(kinds("a/*", SQLITE)).isEqualTo("WORD OPERATOR OPERATOR");
  }

  @Test
  void brackets_and_backticks_quote_nothing_in_postgresql() {
    assertThat(kinds("a[1]", POSTGRESQL)).isEqualTo("WORD OPERATOR NUMBER OPERATOR");
  }

  @Test
  void a_postgresql_operator_ends_before_a_comment_and_sheds_a_trailing_minus() {
    assertThat(texts("1+--x", POSTGRESQL)).isEqualTo("1|+|--x");
    assertThat(texts("a=-1", POSTGRESQL)).isEqualTo("a|=|-|1");
    assertThat(texts("a@-1", POSTGRESQL)).isEqualTo("a|@-|1");
    assertThat(texts("a*/*c*/b", POSTGRESQL)).isEqualTo("a|*|/*c*/|b");
  }

  @Test
  void a_range_of_integers_is_not_read_as_decimals() {
    assertThat(texts("1..10", POSTGRESQL)).isEqualTo("1|..|10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\ud800", "a \udc00", "1\ud83d"})
  void what_no_engine_reads_is_invalid(String text) {
    assertThat(kinds(text, SQLITE)).contains("INVALID");
    assertThat(kinds(text, POSTGRESQL)).contains("INVALID");
  }

  @Test
  void an_emoji_is_a_name() {
    assertThat(kinds("😀", SQLITE)).isEqualTo("WORD");
  }

  @Test
  void a_word_is_compared_by_its_ascii_letters_only() {
    String text = "İnsert";
    assertThat(Lexer.next("INSERT", 0, SQLITE).is("INSERT", "insert")).isTrue();
    assertThat(Lexer.next(text, 0, SQLITE).is(text, "INSERT")).isFalse();
    assertThat(Lexer.next("ſelect", 0, SQLITE).is("ſelect", "SELECT")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {"\"a\"\"b\"~a\"b", "`a``b`~a`b", "[a\"b]~a\"b", "Abc~Abc"})
  void a_name_sheds_its_quotes(String text, String name) {
    assertThat(Lexer.next(text, 0, SQLITE).name(text)).isEqualTo(name);
  }

  private static String kinds(String text, Flavour flavour) {
    return kinds(text, flavour, false);
  }

  private static String kinds(String text, Flavour flavour, boolean withSpace) {
    return Lexer.tokens(text, flavour).stream()
        .filter(token -> withSpace || token.kind() != TokenKind.SPACE)
        .map(token -> token.kind().name())
        .collect(joining(" "));
  }

  private static String texts(String text, Flavour flavour) {
    return Lexer.tokens(text, flavour).stream()
        .map(token -> token.text(text))
        .collect(joining("|"));
  }
}
