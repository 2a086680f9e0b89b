package dev.cairn.report;

import static dev.cairn.report.Format.CSV;
import static dev.cairn.report.Format.JSON;
import static dev.cairn.report.Format.MARKDOWN;
import static dev.cairn.report.Format.VERTICAL;
import static dev.cairn.report.RowsOptions.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherFormatsTest {

  @Test
  void vertical_gives_each_value_a_line_and_each_line_of_text_too() {
    assertThat(Rows.of("id", "text").row(1L, "a\nb").row(2L, null).as(VERTICAL))
        .isEqualTo(
            """
            -[ RECORD 1 ]-
            id   | 1
            text | a
                 | b
            -[ RECORD 2 ]-
            id   | 2
            text | NULL
            (2 rows)
            """);
  }

  @Test
  void vertical_keeps_null_apart_and_spells_out_controls() {
    assertThat(Rows.of("v").row("NULL").row("").row("\u001b").as(VERTICAL))
        .contains("v | 'NULL'\n", "v | ''\n", "v | \\x1b\n")
        .endsWith("(3 rows)\n");
  }

  @Test
  void csv_is_exact_and_keeps_null_apart_from_the_empty_text() {
    assertThat(
            Rows.of("a", "a", "c")
                .row(null, "", "x,\"y\"\n")
                .row(1L, 0.1, new byte[] {1, 2})
                .as(CSV))
        .isEqualTo("a,a,c\r\n,\"\",\"x,\"\"y\"\"\n\"\r\n1,0.1,AQI=\r\n");
  }

  @Test
  void csv_leaves_formulas_alone_unless_asked() {
    assertThat(Rows.of("v").row("=1+1").as(CSV)).isEqualTo("v\r\n=1+1\r\n");
  }

  @Test
  void safe_csv_defuses_formulas_but_not_numbers() {
    Rows rows =
        Rows.of("=n")
            .row("=1+1")
            .row("+1")
            .row("-1")
            .row("@a")
            .row("\ta")
            .row("\ra")
            .row("a;=b")
            .row(-1L)
            .row("a")
            .row((Object) null);
    assertThat(rows.as(CSV, PLAIN.withCsvSafe(true)))
        .isEqualTo(
            "'=n\r\n'=1+1\r\n'+1\r\n'-1\r\n'@a\r\n\"'\ta\"\r\n\"'\ra\"\r\n\"a;=b\"\r\n-1\r\na\r\n\r\n");
  }

  @Test
  void json_is_one_line_with_its_own_fields_before_the_rows() {
    assertThat(
            Rows.of("a", "a")
                .row(9223372036854775807L, null)
                .row("", new byte[] {1})
                .row(Double.NaN, new BigDecimal("1.10"))
                .row(true, Double.parseDouble("1e23"))
                .as(JSON, PLAIN.withJsonFields(Map.of("statement", "SELECT 1"))))
        .isEqualTo(
            "{\"kind\":\"rows\",\"cairn\":1,\"statement\":\"SELECT 1\",\"columns\":[\"a\",\"a\"],\"rows\":["
                + "[9223372036854775807,null],[\"\",{\"type\":\"blob\",\"base64\":\"AQ==\"}],[\"NaN\",1.10],[true,1.0E23]]}\n");
  }

  @Test
  void json_without_rows_or_columns_is_whole() {
    assertThat(Rows.of().as(JSON))
        .isEqualTo("{\"kind\":\"rows\",\"cairn\":1,\"columns\":[],\"rows\":[]}\n");
  }

  @Test
  void json_that_breaks_off_is_whole_and_says_so() {
    assertThat(Rows.of("a").row(1L).brokenOffAs(JSON))
        .isEqualTo(
            "{\"kind\":\"rows\",\"cairn\":1,\"columns\":[\"a\"],\"rows\":[[1]],\"complete\":false}\n");
  }

  @Test
  void json_spells_out_what_a_terminal_would_obey() {
    assertThat(Rows.of("a").row("\u009b\u202e\u007f\ud800").row("é😀").as(JSON))
        .contains("[\"\\u009B\\u202E\\u007F\\uD800\"],[\"é😀\"]");
  }

  @Test
  void markdown_takes_data_for_text_and_never_for_markup() {
    assertThat(
            Rows.of("system_id", "v")
                .row(1L, "a|b\nc")
                .row(null, "<b>*x*</b> [y](z) _e_ `\\`")
                .row("NULL", "\u001b")
                .as(MARKDOWN))
        .isEqualTo(
            """
            | system_id | v |
            | --- | --- |
            | 1 | a\\|b<br>c |
            | NULL | &lt;b&gt;\\*x\\*&lt;/b&gt; \\[y\\](z) \\_e\\_ \\`\\\\\\` |
            | 'NULL' | \\\\x1b |
            """);
  }
}
