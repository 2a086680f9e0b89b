package dev.cairn.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.SourceSpan;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorReportTest {

  @Test
  void an_error_says_what_where_and_what_next() {
    assertThat(error(new SourceSpan("plans/a.sql", 12, 10, "SELECT x FRO t")).text(false))
        .isEqualTo(
            """
            error: no such word: FRO
              --> plans/a.sql:12:10
             12 | SELECT x FRO t
                |          ^
            hint: did you mean FROM?
            """);
  }

  @Test
  void the_caret_stands_below_its_column_behind_wide_characters_tabs_and_controls() {
    assertThat(error(new SourceSpan("", 1, 6, "\t日e\u0301\u001bx\r\n")).text(false))
        .contains(
            """
              --> line 1, column 6
             1 |     日e\u0301\\x1bx
               |            ^
            """);
  }

  @Test
  void a_line_of_megabytes_shows_only_what_is_around_the_caret() {
    String line = "a".repeat(5_000_000) + "!" + "b".repeat(5_000_000);
    assertThat(error(new SourceSpan("f", 1, 5_000_001, line)).text(false))
        .hasSizeLessThan(500)
        .contains("…" + "a".repeat(80) + "!" + "b".repeat(79) + "…\n")
        .contains(" |" + " ".repeat(82) + "^\n");
  }

  @Test
  void a_column_behind_the_line_points_behind_it() {
    assertThat(error(new SourceSpan("f", 1, 99, "ab")).text(false)).contains(" 1 | ab\n   |   ^\n");
    assertThat(error(new SourceSpan("f", 1, 1, "")).text(false)).contains("--> f:1:1\nhint");
  }

  @Test
  void nothing_in_it_reaches_the_terminal_raw() {
    ErrorReport error =
        new ErrorReport(
            "c", 1, "a\u001b[2J\nb", "", Optional.of(new SourceSpan("x\u202e", 1, 1, "\u0007")));
    assertThat(error.text(false))
        .startsWith("error: a\\x1b[2J\n       b\n  --> x\\u202e:1:1\n")
        .doesNotContain("\u0007", "hint");
  }

  @Test
  void only_colour_adds_escape_codes() {
    assertThat(error(new SourceSpan("f", 1, 1, "a")).text(true))
        .startsWith("\u001b[1;31merror:\u001b[0m no such");
  }

  @Test
  void a_script_gets_one_line() {
    assertThat(error(new SourceSpan("a.sql", 1, 8, "x")).json())
        .isEqualTo(
            "{\"kind\":\"error\",\"cairn\":1,\"code\":\"syntax\",\"exit\":1,\"message\":\"no such word: FRO\","
                + "\"hint\":\"did you mean FROM?\",\"file\":\"a.sql\",\"line\":1,\"column\":8}");
    assertThat(new ErrorReport("busy", 6, "busy", "", Optional.empty()).json())
        .endsWith("\"hint\":null,\"file\":null,\"line\":null,\"column\":null}");
  }

  private static ErrorReport error(SourceSpan span) {
    return new ErrorReport(
        "syntax", 1, "no such word: FRO", "did you mean FROM?", Optional.of(span));
  }
}
