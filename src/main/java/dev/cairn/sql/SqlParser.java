package dev.cairn.sql;

import dev.cairn.sql.calcite.Reading;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Setting;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.TransactionControl;
import java.util.Optional;

/** Reads one statement's text as a tree. */
public final class SqlParser {

  /** Above it a tree would take hundreds of megabytes. */
  private static final int MOST_TOKENS = 1_000_000;

  private SqlParser() {}

  /**
   * Returns the tree of the one statement in the text; {@link Opaque} for none, for several and for
   * what isn't understood. Never throws.
   */
  public static Statement parse(String text, Flavour flavour) {
    Optional<Piece> piece = StatementSplitter.next(text, 0, flavour);
    if (piece.isEmpty()) {
      return new Opaque(text, "no statement", 0, new Span(0, text.length()));
    }
    int following = piece.get().following();
    Optional<Piece> second = StatementSplitter.next(text, following, flavour);
    if (second.isPresent()) {
      return new Opaque(
          text, "more than one statement", second.get().start(), new Span(0, text.length()));
    }
    return parse(text, piece.get().start(), piece.get().end(), flavour);
  }

  /**
   * Returns the tree of the statement between two places of a text, without a semicolon; spans
   * count from the text's first char. Never throws.
   */
  static Statement parse(String text, int from, int to, Flavour flavour) {
    Optional<Opaque> tooLong = tooLong(text, from, to, flavour);
    if (tooLong.isPresent()) {
      return tooLong.get();
    }
    StatementHead head = StatementHead.of(text, from, to, flavour);
    Span span = new Span(head.start(), head.end());
    return switch (head.kind()) {
      case EXPLAIN ->
          new Explain(head.executes(), parse(text, head.inner(), head.end(), flavour), span);
      case TRANSACTION -> new TransactionControl(head.transaction(), span);
      case SETTING -> new Setting(head.reads(), span);
      case DDL -> DdlParser.parse(text, span.start(), span.end(), flavour);
      case ROWS -> rows(text, span, flavour);
      case UNKNOWN -> opaque(text, span, "unexpected " + head.words(), head.start());
    };
  }

  private static Optional<Opaque> tooLong(String text, int from, int to, Flavour flavour) {
    int tokens = 0;
    // Most statements are shorter than that in chars, and need not be counted.
    for (int at = from; to - from > MOST_TOKENS && at < to; tokens++) {
      if (tokens == MOST_TOKENS) {
        return Optional.of(opaque(text, new Span(from, to), "longer than a million words", at));
      }
      at = Lexer.next(text, at, flavour).end();
    }
    return Optional.empty();
  }

  private static Statement rows(String text, Span span, Flavour flavour) {
    try {
      return Reading.statement(text, span.start(), span.end(), flavour);
    } catch (RuntimeException e) {
      return opaque(text, span, reason(e), Reading.offsetOf(e, span.start()));
    }
  }

  /**
   * Returns the query between two places of a text, empty for what isn't understood; spans count
   * from the text's first char. Never throws.
   */
  public static Optional<Query> parseQuery(String text, int from, int to, Flavour flavour) {
    try {
      return Reading.statement(text, from, to, flavour) instanceof Query query
          ? Optional.of(query)
          : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Returns the expression between two places of a text, as {@link #parseQuery} does a query. */
  public static Optional<Expr> parseExpression(String text, int from, int to, Flavour flavour) {
    try {
      return Optional.of(Reading.expression(text, from, to, flavour));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Opaque opaque(String text, Span span, String reason, int offset) {
    return new Opaque(span.in(text), reason, offset, span);
  }

  private static String reason(RuntimeException problem) {
    String message = problem.getMessage();
    return message == null ? "not understood" : message;
  }
}
