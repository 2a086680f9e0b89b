package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.command.Interrupts;
import dev.cairn.command.ScriptRunner;
import dev.cairn.command.ScriptedConsole;
import dev.cairn.command.Session;
import dev.cairn.command.Settings;
import dev.cairn.sql.Flavour;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When Enter runs a text, and what the next prompt says when it doesn't. */
class StatementParserTest {
  private final StatementParser parser = parser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        ";",
        "-- only a comment",
        "tables",
        "PLAN migrate points where note = 'it''s'",
        "select 1;",
        "select [a'b], `c'd`;",
        "select 1; tables",
        "selct",
        "create trigger t after insert on a begin select 1; end;"
      })
  void a_whole_text_runs(String text) {
    assertThatCode(() -> accept(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "select 1 | a semicolon",
        "select (1 | a closing parenthesis",
        "select 'a; | the end of a string",
        "select [a'b; | the end of a quoted name",
        "select 1; /* tables | the end of a comment",
        "create trigger t after insert on a begin select 1; | the END of its body"
      })
  void an_unfinished_one_goes_on_and_says_what_is_missing(String text, String missing) {
    assertThatExceptionOfType(EOFError.class)
        .isThrownBy(() -> accept(text))
        .satisfies(error -> assertThat(error.getMissing()).isEqualTo(missing));
  }

  @Test
  void five_thousand_pasted_lines_cost_no_minutes() {
    String line = "insert into t values (1, 'a');\n";
    String pasted = line.repeat(5_000);
    assertThat(Duration.ofSeconds(20))
        .isGreaterThan(
            time(
                () -> {
                  for (int end = line.length(); end <= pasted.length(); end += line.length()) {
                    String prefix = pasted.substring(0, end - 2);
                    assertThatExceptionOfType(EOFError.class)
                        .isThrownBy(() -> parser.parse(prefix, 0, ParseContext.SECONDARY_PROMPT));
                  }
                  accept(pasted);
                }));
  }

  private static Duration time(Runnable work) {
    long started = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private void accept(String text) {
    parser.parse(text, text.length(), ParseContext.ACCEPT_LINE);
  }

  private static StatementParser parser() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Session session =
        new Session(
            Settings.defaults(), new ScriptedConsole(nowhere, nowhere, true), new Interrupts());
    return new StatementParser(new ScriptRunner(session), () -> Flavour.SQLITE);
  }
}
