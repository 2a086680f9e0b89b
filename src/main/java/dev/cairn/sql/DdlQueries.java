package dev.cairn.sql;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/** The queries, conditions and statements inside a DDL statement. */
final class DdlQueries {

  private final DdlTokens tokens;
  private final boolean outline;

  /**
   * @param outline whether queries, conditions and bodies are stepped over
   */
  DdlQueries(DdlTokens tokens, boolean outline) {
    this.tokens = tokens;
    this.outline = outline;
  }

  boolean outline() {
    return outline;
  }

  /** The query from here up to its end or a closing WITH … of the statement around it. */
  Query query() {
    int start = tokens.offset();
    if (tokens.atEnd()) {
      throw tokens.unexpected("expected a query");
    }
    int end;
    do {
      tokens.skipOne();
      tokens.skipTo("WITH");
      end = tokens.endOfLast();
    } while (!tokens.atEnd() && !acceptTail());
    if (outline) {
      return unread(new Span(start, end));
    }
    return SqlParser.parseQuery(tokens.text(), start, end, tokens.flavour())
        .orElseThrow(() -> new DdlTokens.NotUnderstood("the query is not understood", start));
  }

  private static Query unread(Span span) {
    return new Query(
        Optional.empty(),
        new Query.Values(List.of(), span),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        span);
  }

  /** WITH DATA, WITH CHECK OPTION and their like: they belong to the table or view. */
  private boolean acceptTail() {
    return tokens.acceptAll("WITH", "DATA")
        || tokens.acceptAll("WITH", "NO", "DATA")
        || tokens.acceptAll("WITH", "CHECK", "OPTION")
        || tokens.acceptAll("WITH", "LOCAL", "CHECK", "OPTION")
        || tokens.acceptAll("WITH", "CASCADED", "CHECK", "OPTION");
  }

  /** The condition that stands there. */
  Optional<Expr> condition(int start, int end) {
    if (outline) {
      return Optional.empty();
    }
    return Optional.of(
        SqlParser.parseExpression(tokens.text(), start, end, tokens.flavour())
            .orElseThrow(
                () -> new DdlTokens.NotUnderstood("the condition is not understood", start)));
  }

  /** The statement that stands there, or an Opaque with its text. */
  Statement statement(int start, int end) {
    return SqlParser.parse(tokens.text(), start, end, tokens.flavour());
  }

  Opaque opaque(int start, int end, String reason) {
    return new Opaque(tokens.text().substring(start, end), reason, start, new Span(start, end));
  }
}
