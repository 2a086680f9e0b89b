package dev.cairn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LexerProperties {

  @Property
  void tokens_cover_any_text_without_gaps(@ForAll("texts") String text, @ForAll Flavour flavour) {
    String together =
        Lexer.tokens(text, flavour).stream()
            .map(token -> token.text(text))
            .collect(Collectors.joining());

    assertThat(together).isEqualTo(text);
    assertThat(Lexer.tokens(text, flavour)).allMatch(token -> token.end() > token.start());
  }

  @Property
  void any_text_gets_an_answer(@ForAll("texts") String text, @ForAll Flavour flavour) {
    assertThat(StatementShape.classify(text, flavour)).isNotNull();
    assertThat(SqlExpression.check(text, flavour)).isNotNull();
    assertThat(SqlExpression.names(text, flavour)).isNotNull();
    assertThat(StatementShape.firstWord(text, flavour)).isNotNull();
  }

  @Provide
  Arbitrary<String> texts() {
    return SqlTexts.any();
  }
}
