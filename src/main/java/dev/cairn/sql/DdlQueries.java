package dev.cairn.sql;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Opaque;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The queries, conditions and statements inside a DDL statement. They are parsed with everything
 * around them blanked out, so that their places are those of the whole statement.
 */
final class DdlQueries {

  /** A body of more statements than this is not looked into: each costs a copy of the text. */
  private static final int MOST = 200;

  private final DdlTokens tokens;
  private final boolean outline;
  private int parsed;

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
    int end = start;
    do {
      tokens.skipOne();
      end = tokens.endOfLast();
      tokens.skipTo("WITH");
      end = Math.max(end, tokens.endOfLast());
    } while (!tokens.atEnd() && !acceptTail());
    if (outline) {
      return unread(new Span(start, end));
    }
    if (parse(start, end) instanceof Query query) {
      return query;
    }
    throw new DdlTokens.NotUnderstood("the query is not understood", start);
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
    String select = "SELECT ";
    String padded =
        " ".repeat(start - select.length()) + select + tokens.text().substring(start, end);
    if (SqlParser.parse(padded, tokens.flavour()) instanceof Query query
        && query.body() instanceof Query.Select body
        && body.items().size() == 1) {
      return Optional.of(body.items().get(0).expr());
    }
    throw new DdlTokens.NotUnderstood("the condition is not understood", start);
  }

  /** The statement that stands there, or an Opaque with its text. */
  Statement statement(int start, int end) {
    if (++parsed > MOST) {
      return opaque(start, end, "a body of more than " + MOST + " statements");
    }
    return parse(start, end);
  }

  Opaque opaque(int start, int end, String reason) {
    return new Opaque(tokens.text().substring(start, end), reason, start, new Span(start, end));
  }

  private Statement parse(int start, int end) {
    String padded = " ".repeat(start) + tokens.text().substring(start, end);
    Statement statement = SqlParser.parse(padded, tokens.flavour());
    return statement instanceof Opaque opaque ? opaque(start, end, opaque.reason()) : statement;
  }
}
