package dev.cairn.sql.calcite;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** One text on its way from tokens through Calcite's nodes to the tree. */
public final class Reading {

  private final Source source;
  private final BitSet dropped = new BitSet();
  private final Expressions expressions = new Expressions(this);
  private final Tables tables = new Tables(this);
  private final Queries queries = new Queries(this);

  private Reading(Source source) {
    this.source = source;
  }

  /** What a stretch of text is to be read as. */
  private interface Production {
    SqlNode read(CairnSqlParser parser) throws ParseException;
  }

  /**
   * Reads the chars from {@code from} up to and excluding {@code to} as one query or statement that
   * changes rows.
   *
   * @throws RuntimeException for what isn't understood; {@link #offsetOf} says how far it was
   */
  public static Statement statement(String text, int from, int to, Flavour flavour) {
    try {
      Source source = new Source(text, from, to, flavour);
      return new Reading(source).statement(0, source.size());
    } catch (AssertionError | StackOverflowError e) {
      throw notRead(e, from);
    }
  }

  /** Reads an expression, as {@link #statement} does a statement. */
  public static Expr expression(String text, int from, int to, Flavour flavour) {
    try {
      Source source = new Source(text, from, to, flavour);
      return new Reading(source).expression(0, source.size());
    } catch (AssertionError | StackOverflowError e) {
      throw notRead(e, from);
    }
  }

  /** Calcite's nodes assert what they are made of; depth is bounded here, but not the stack. */
  private static Unreadable notRead(Error e, int offset) {
    String reason = e instanceof StackOverflowError ? "nested too deeply" : "not understood";
    return new Unreadable(reason, offset);
  }

  /** Returns how far the text was understood, for what a reading threw. */
  public static int offsetOf(RuntimeException problem, int otherwise) {
    return problem instanceof Unreadable unreadable ? unreadable.offset() : otherwise;
  }

  Source source() {
    return source;
  }

  Expressions expressions() {
    return expressions;
  }

  Tables tables() {
    return tables;
  }

  Queries queries() {
    return queries;
  }

  Statement statement(int from, int to) {
    if (from >= to) {
      throw new Unreadable("nothing to read", 0);
    }
    if (Verbs.changes(source, from)) {
      SqlNode node = node(from, to, CairnSqlParser::CairnChangeEof);
      return new Changes(this).statement(node, source.span(from, to - 1));
    }
    Query query = queries.query(node(from, to, CairnSqlParser::CairnQueryEof));
    return new Query(
        query.with(),
        query.body(),
        query.orderBy(),
        query.limit(),
        query.offset(),
        source.is(from, "(") ? query.span() : source.span(from, to - 1));
  }

  Expr expression(int from, int to) {
    return expressions.read(node(from, to, CairnSqlParser::CairnExpressionEof));
  }

  private SqlNode node(int from, int to, Production production) {
    List<FedToken> tokens = Phrasing.of(source, from, to, dropped);
    int end = to > 0 ? source.end(to - 1) : 0;
    CairnSqlParser parser = new CairnSqlParser(new FedTokens(tokens, end));
    parser.setIdentifierMaxLength(Integer.MAX_VALUE);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setConformance(SqlConformanceEnum.BABEL);
    try {
      return production.read(parser);
    } catch (ParseException e) {
      Token unexpected = e.currentToken == null ? parser.getToken(1) : e.currentToken.next;
      int offset = Math.max(0, unexpected.beginColumn - 1);
      throw new Unreadable(reason(offset, end), offset);
    }
  }

  private String reason(int offset, int end) {
    int index = source.indexAt(offset);
    return index < 0 || offset >= end
        ? "it ends too early"
        : "unexpected " + source.text().substring(offset, source.end(index));
  }

  /** Whether the parser was not given the token. */
  boolean wasDropped(int index) {
    return dropped.get(index);
  }

  /** Moves an end behind the tokens after it that the parser was not given. */
  int past(int end) {
    int index = source.indexBefore(end) + 1;
    int past = end;
    while (index < source.size() && dropped.get(index)) {
      past = source.end(index);
      index++;
    }
    return past;
  }

  int first(SqlNode node) {
    return source.indexAt(node.getParserPosition().getColumnNum() - 1);
  }

  static int start(SqlParserPos position) {
    return position.getColumnNum() - 1;
  }

  static int end(SqlParserPos position) {
    return position.getEndColumnNum();
  }

  /** Returns the stretch without the parentheses around all of it. */
  Span bare(int start, int end) {
    int from = start;
    int to = end;
    int index = source.indexAt(from);
    while (index >= 0 && source.is(index, "(") && source.end(source.closer(index)) == to) {
      to = source.end(source.closer(index) - 1);
      index++;
      from = source.start(index);
    }
    return new Span(from, Math.max(from, to));
  }

  Name name(SqlIdentifier identifier) {
    return source.name(source.indexAt(start(identifier.getParserPosition())));
  }

  /** Returns the names of a path; a star at its end is left out. */
  List<Name> path(SqlIdentifier identifier) {
    List<Name> path = new ArrayList<>();
    for (int i = 0; i < identifier.names.size(); i++) {
      if (!identifier.names.get(i).isEmpty()) {
        path.add(source.name(source.indexAt(start(identifier.getComponentParserPosition(i)))));
      }
    }
    return path;
  }

  List<Name> names(Iterable<SqlNode> identifiers) {
    List<Name> names = new ArrayList<>();
    for (SqlNode identifier : identifiers) {
      names.add(name((SqlIdentifier) identifier));
    }
    return names;
  }
}
