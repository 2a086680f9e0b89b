package dev.cairn.sql.calcite;

import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.LiteralKind;
import dev.cairn.sql.tree.Span;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Constants and parameters, by what stands in the text. */
final class Constants {

  private final Reading reading;

  Constants(Reading reading) {
    this.reading = reading;
  }

  Expr read(SqlParserPos position) {
    Source source = reading.source();
    Span span = reading.bare(Reading.start(position), Reading.end(position));
    int index = source.indexAt(span.start());
    String text = span.in(source.text());
    return switch (source.kind(index)) {
      case PARAMETER -> new Expr.Parameter(text, span);
      case NUMBER -> new Expr.Literal(LiteralKind.NUMBER, text, span);
      case STRING -> new Expr.Literal(LiteralKind.STRING, text, span);
      case BLOB -> new Expr.Literal(LiteralKind.BLOB, text, span);
      default -> word(source.word(index), source.kind(index), text, span);
    };
  }

  private static Expr word(String word, TokenKind kind, String text, Span span) {
    if (kind != TokenKind.WORD || text.length() != word.length()) {
      return new Expr.Literal(LiteralKind.OTHER, text, span);
    }
    return switch (word) {
      case "null" -> new Expr.Literal(LiteralKind.NULL, text, span);
      case "true", "false" -> new Expr.Literal(LiteralKind.BOOLEAN, text, span);
      case "default" -> new Expr.Default(span);
      default -> new Expr.Literal(LiteralKind.OTHER, text, span);
    };
  }
}
