package dev.cairn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;

class StatementSplitterProperties {

  @Property
  void sqlite_statements_put_together_come_apart_again(
      @ForAll("sqlite") @NotEmpty List<String> statements) {
    String script = String.join("; -- ;\n", statements) + ";";
    assertThat(StatementSplitterTest.split(script, Flavour.SQLITE)).isEqualTo(statements);
  }

  @Property
  void postgresql_statements_put_together_come_apart_again(
      @ForAll("postgresql") @NotEmpty List<String> statements) {
    String script = String.join(";;\n/* ; */ ", statements) + ";";
    assertThat(StatementSplitterTest.split(script, Flavour.POSTGRESQL)).isEqualTo(statements);
  }

  @Property
  void pieces_of_any_text_follow_each_other(@ForAll("texts") String text, @ForAll Flavour flavour) {
    int end = 0;
    for (Piece piece : StatementSplitter.all(text, flavour)) {
      assertThat(piece.start()).isGreaterThanOrEqualTo(end);
      assertThat(piece.end()).isGreaterThan(piece.start());
      assertThat(piece.complete() || piece.end() == text.length()).isTrue();
      end = piece.following();
    }
  }

  @Provide
  Arbitrary<List<String>> sqlite() {
    return SqlTexts.sqliteStatement().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> postgresql() {
    return SqlTexts.postgresqlStatement().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> texts() {
    return SqlTexts.any();
  }
}
