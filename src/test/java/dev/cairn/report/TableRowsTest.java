package dev.cairn.report;

import static dev.cairn.report.Format.TABLE;
import static dev.cairn.report.RowsOptions.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRowsTest {

  @Test
  void numbers_stand_right_and_text_left() {
    assertThat(Rows.of("id", "name").row(1L, "a").row(10L, "bcd").as(TABLE))
        .isEqualTo(
            """
             id | name
            ----+------
              1 | a
             10 | bcd
            (2 rows)
            """);
  }

  @Test
  void null_and_its_namesakes_stay_apart() {
    assertThat(
            Rows.of("v")
                .row((Object) null)
                .row("NULL")
                .row("null")
                .row("")
                .row("''")
                .row("'")
                .row("it's")
                .as(TABLE))
        .isEqualTo(
            """
             v
            --------
             NULL
             'NULL'
             'null'
             ''
             ''''''
             ''''
             it's
            (7 rows)
            """);
  }

  @Test
  void another_text_for_null_stays_apart_from_its_namesake_too() {
    assertThat(
            Rows.of("v").row((Object) null).row("∅").row("NULL").as(TABLE, PLAIN.withNullText("∅")))
        .contains("\n ∅\n '∅'\n NULL\n");
    assertThatThrownBy(() -> PLAIN.withNullText("''")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_colour_adds_escape_codes() {
    assertThat(Rows.of("v").row((Object) null).as(TABLE)).doesNotContain("\u001b");
    assertThat(Rows.of("v").row((Object) null).as(TABLE, PLAIN.withColour(true)))
        .contains("\u001b[1mv\u001b[0m")
        .contains("\u001b[2mNULL\u001b[0m");
  }

  @Test
  void what_a_terminal_would_obey_is_spelled_out_in_data_and_names() {
    assertThat(Rows.of("a\u001b[2J").row("x\ny\u202ez").as(TABLE))
        .isEqualTo(
            """
             a\\x1b[2J
            -------------
             x\\ny\\u202ez
            (1 row)
            """);
  }

  @Test
  void wide_characters_take_two_columns_and_marks_none() {
    assertThat(Rows.of("v", "w").row("日本語", "x").row("e\u0301", "x").row("😀", "x").as(TABLE))
        .isEqualTo(
            """
             v      | w
            --------+---
             日本語 | x
             e\u0301      | x
             😀     | x
            (3 rows)
            """);
  }

  @Test
  void every_kind_of_value_has_its_text() {
    assertThat(
            Rows.of("v")
                .row(new byte[] {0, (byte) 0xAB})
                .row(true)
                .row(new BigDecimal("1E+3"))
                .row(0.1)
                .row(1e15)
                .row(2e-3)
                .row(1e300)
                .row(Double.NaN)
                .row(Double.NEGATIVE_INFINITY)
                .row(Long.MIN_VALUE)
                .as(TABLE)
                .lines()
                .map(String::strip))
        .contains(
            "x'00ab'",
            "true",
            "1000",
            "0.1",
            "1000000000000000.0",
            "0.002",
            "1.0E300",
            "NaN",
            "-Infinity",
            "-9223372036854775808");
  }

  @Test
  void long_text_is_cut_only_on_a_narrow_terminal_and_numbers_never() {
    Rows rows = Rows.of("id", "text").row(123456789L, "a long text that does not fit");

    assertThat(rows.as(TABLE)).contains("a long text that does not fit");
    assertThat(rows.as(TABLE, PLAIN.withWidth(24)))
        .isEqualTo(
            """
                    id | text
            -----------+------------
             123456789 | a long te…
            (1 row)
            """);
    assertThat(rows.as(TABLE, PLAIN.withWidth(1))).contains("123456789 | a l…");
  }

  @Test
  void no_columns_and_five_hundred_are_shown() {
    assertThat(Rows.of().row().row().as(TABLE)).isEqualTo("(2 rows)\n");
    String[] names = Collections.nCopies(500, "same").toArray(String[]::new);
    assertThat(Rows.of(names).row((Object[]) names).as(TABLE).lines().findFirst().orElseThrow())
        .hasSize(500 * 7 - 2);
  }

  @Test
  void rows_beyond_the_first_thousand_go_straight_through() {
    StringBuilder text = new StringBuilder();
    RowsWriter writer = TABLE.writer(text, PLAIN);
    writer.begin(List.of("v"));
    for (long i = 0; i < 1_000; i++) {
      writer.row(List.of(i));
    }
    assertThat(text).contains("\n 999\n");
    writer.row(List.of("wider than before"));
    assertThat(text).endsWith("\n wider than before\n");
    writer.end();
    assertThat(text).endsWith("(1001 rows)\n");
  }

  @Test
  void a_huge_value_pushes_no_other_line_aside() {
    String huge = "x".repeat(1_000_000);
    assertThat(Rows.of("v", "w").row(huge, "y").row("z", "y").as(TABLE))
        .hasSizeLessThan(1_010_000)
        .contains(huge);
  }

  @Test
  void rows_that_break_off_say_so() {
    assertThat(Rows.of("v").row(1L).brokenOffAs(TABLE)).endsWith("(1 row, incomplete)\n");
  }
}
