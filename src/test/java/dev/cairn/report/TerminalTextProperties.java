package dev.cairn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TerminalTextProperties {

  private static final List<Integer> HARMFUL =
      List.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  @Property
  void escaped_text_has_nothing_left_that_a_terminal_would_obey(@ForAll("texts") String text) {
    String escaped = TerminalText.escape(text);

    assertThat(escaped.codePoints().filter(c -> c < 0x600 || c > 0x8E2))
        .noneMatch(c -> HARMFUL.contains(Character.getType(c)) && c != 0x110BD && c != 0x110CD);
    assertThat(TerminalText.escape(escaped)).isEqualTo(escaped);
  }

  @Property
  void text_that_is_cut_fits(@ForAll("texts") String text, @ForAll("widths") int width) {
    String shown = TerminalText.escape(text);

    assertThat(DisplayWidth.of(DisplayWidth.cut(shown, width)))
        .isLessThanOrEqualTo(Math.max(width, 1));
    assertThat(DisplayWidth.cut(shown, DisplayWidth.of(shown))).isEqualTo(shown);
  }

  @Example
  void all_that_is_visible_stays_as_it_is() {
    String text = "Zoë 日本語 한국어 עברית العربية \u0600 ❤\ufe0f C:\\path ~";
    assertThat(TerminalText.escape(text)).isEqualTo(text);
  }

  @Example
  void what_is_not_is_spelled_out() {
    assertThat(
            TerminalText.escape(
                "\n\t\r\0\u001b\u0085\u00ad\u200b\u2066\ufeff\ud800\udb40\udc01\u3164"))
        .isEqualTo("\\n\\t\\r\\x00\\x1b\\x85\\xad\\u200b\\u2066\\ufeff\\ud800\\U000e0001\\u3164");
  }

  @Example
  void widths_are_those_of_terminals() {
    assertThat(DisplayWidth.of("abc")).isEqualTo(3);
    assertThat(DisplayWidth.of("日本")).isEqualTo(4);
    assertThat(DisplayWidth.of("ｶﾅ")).isEqualTo(2);
    assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
    assertThat(DisplayWidth.of("\u1112\u1161\u11ab")).isEqualTo(2);
    assertThat(DisplayWidth.of("👍🏽")).isEqualTo(4);
    assertThat(DisplayWidth.of("🇩🇪")).isEqualTo(2);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(40),
        Arbitraries.strings().withChars("ab日😀\u0301\u001b\u202e\u200d\n…").ofMaxLength(40));
  }

  @Provide
  Arbitrary<Integer> widths() {
    return Arbitraries.integers().between(1, 30);
  }
}
