package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.StatementSplitter;
import dev.cairn.sql.Token;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.EnumMap;
import java.util.Map;

/** What holds for any text at all, read by either dialect. */
final class ReadingLimits {

  private static final Map<Flavour, Analyzer> ANALYZERS = new EnumMap<>(Flavour.class);

  static {
    for (Flavour flavour : Flavour.values()) {
      SchemaReplay replay = new SchemaReplay(flavour);
      for (String sql : StatementCollection.schema(flavour)) {
        replay.follow(SqlParser.parse(sql, flavour), sql);
      }
      ANALYZERS.put(flavour, new Analyzer(replay.catalog(), flavour));
    }
  }

  private ReadingLimits() {}

  static void split(String text, Flavour flavour) {
    int at = 0;
    for (Token token : Lexer.tokens(text, flavour)) {
      assertThat(token.start()).isEqualTo(at);
      assertThat(token.end()).isGreaterThan(at);
      at = token.end();
    }
    assertThat(at).isEqualTo(text.length());
    int following = 0;
    for (Piece piece : StatementSplitter.all(text, flavour)) {
      assertThat(piece.start()).isGreaterThanOrEqualTo(following);
      assertThat(piece.end()).isGreaterThan(piece.start());
      following = piece.following();
      assertThat(StatementShape.classify(piece.text(text), flavour)).isNotNull();
    }
  }

  static void parse(String text, Flavour flavour) {
    Statement tree = SqlParser.parse(text, flavour);
    for (Span span : TreeNodes.of(Span.class, tree)) {
      assertThat(span.start()).isBetween(0, span.end());
      assertThat(span.end()).isLessThanOrEqualTo(text.length());
    }
    for (Opaque opaque : TreeNodes.of(Opaque.class, tree)) {
      assertThat(text).contains(opaque.text());
    }
  }

  static void analyse(String text, Flavour flavour) {
    Analysis analysis = ANALYZERS.get(flavour).analyse("", text);
    if (analysis.statement() instanceof Opaque opaque) {
      assertThat(opaque.reason()).doesNotContain("broke off");
    }
  }
}
