package dev.cairn.sql.calcite;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** What a FROM names. */
final class Tables {

  private final Reading reading;

  Tables(Reading reading) {
    this.reading = reading;
  }

  From read(SqlNode node) {
    if (node instanceof SqlJoin join) {
      return join(join);
    }
    if (node.getKind() != SqlKind.AS) {
      return table(node, node, Optional.empty(), List.of());
    }
    SqlCall as = (SqlCall) node;
    SqlIdentifier alias = as.operand(1);
    boolean none = Functions.isMark(alias, Phrasing.NO_ALIAS);
    List<SqlNode> columns = as.getOperandList().subList(2, as.operandCount());
    return table(
        as.operand(0),
        node,
        none ? Optional.empty() : Optional.of(reading.name(alias)),
        reading.names(columns));
  }

  /** A statement's target. */
  From.TableRef target(SqlNode node) {
    From from = read(node);
    if (from instanceof From.TableRef table) {
      return table;
    }
    throw new Unreadable("a target that is no table", from.span().start());
  }

  From.TableRef named(SqlIdentifier name) {
    return new From.TableRef(
        reading.path(name), Optional.empty(), List.of(), false, span(name, name));
  }

  private From table(SqlNode node, SqlNode whole, Optional<Name> alias, List<Name> columns) {
    Span span = span(node, whole);
    if (node instanceof SqlIdentifier name) {
      boolean forKey = isForKey(span.end());
      return new From.TableRef(reading.path(name), alias, columns, forKey, span);
    }
    boolean lateral = reading.source().is(reading.source().indexAt(span.start()) - 1, "lateral");
    if (node.getKind() == SqlKind.COLLECTION_TABLE) {
      Expr call = reading.expressions().read(((SqlCall) node).operand(0));
      return new From.FunctionTable(call, alias, columns, lateral, span);
    }
    if (node instanceof SqlJoin join) {
      return join(join);
    }
    if (Queries.isQuery(node)) {
      return derived(node, alias, columns, lateral, span);
    }
    throw new Unreadable("a table of an unknown kind", span.start());
  }

  private From derived(
      SqlNode node, Optional<Name> alias, List<Name> columns, boolean lateral, Span span) {
    var query = reading.queries().query(node);
    Source source = reading.source();
    int open = source.indexAt(query.span().start()) - 1;
    boolean enclosed = source.is(open, "(") && open >= 0;
    // Calcite's place of a query in FROM may be without its parentheses.
    int start = enclosed ? Math.min(span.start(), source.start(open)) : span.start();
    int end = enclosed ? Math.max(span.end(), source.end(source.closer(open))) : span.end();
    boolean inFront = source.is(open - 1, "lateral");
    return new From.DerivedTable(query, alias, columns, lateral || inFront, new Span(start, end));
  }

  private Span span(SqlNode node, SqlNode whole) {
    boolean function = node.getKind() == SqlKind.COLLECTION_TABLE;
    // A function's TABLE( is not in the text.
    int start =
        function
            ? Expressions.start(((SqlCall) node).operand(0))
            : Math.min(Expressions.start(node), Expressions.start(whole));
    return new Span(start, Reading.end(whole.getParserPosition()));
  }

  /** FOR KEY stands behind the alias, where the parser doesn't see it. */
  private boolean isForKey(int end) {
    Source source = reading.source();
    int at = source.indexBefore(end) + 1;
    while (at < source.size() && reading.wasDropped(at)) {
      if (source.is(at, "for") && source.is(at + 1, "key")) {
        return true;
      }
      at++;
    }
    return false;
  }

  private From join(SqlJoin join) {
    From left = read(join.getLeft());
    From right = read(join.getRight());
    boolean named = join.getConditionType() == JoinConditionType.USING;
    SqlNode condition = join.getCondition();
    Optional<Expr> on =
        condition == null || named
            ? Optional.empty()
            : Optional.of(reading.expressions().read(condition));
    List<Name> using = named ? reading.names((SqlNodeList) condition) : List.of();
    int end = reading.past(right.span().end());
    if (condition != null) {
      end = Math.max(end, Reading.end(condition.getParserPosition()));
    }
    From.JoinKind kind = kind(join);
    // PostgreSQL's comma binds looser than a join; Calcite takes them from left to right.
    boolean looser = kind != From.JoinKind.COMMA && reading.source().isPostgresql();
    if (looser && left instanceof From.Join comma && comma.kind() == From.JoinKind.COMMA) {
      From inner = joined(kind, join, comma.right(), right, on, using, end);
      return joined(
          From.JoinKind.COMMA, join, comma.left(), inner, Optional.empty(), List.of(), end);
    }
    return joined(kind, join, left, right, on, using, end);
  }

  private static From.Join joined(
      From.JoinKind kind,
      SqlJoin join,
      From left,
      From right,
      Optional<Expr> on,
      List<Name> using,
      int end) {
    boolean natural = kind != From.JoinKind.COMMA && join.isNatural();
    return new From.Join(kind, natural, left, right, on, using, new Span(left.span().start(), end));
  }

  private From.JoinKind kind(SqlJoin join) {
    return switch (join.getJoinType()) {
      case COMMA -> From.JoinKind.COMMA;
      case LEFT -> From.JoinKind.LEFT;
      case RIGHT -> From.JoinKind.RIGHT;
      case FULL -> From.JoinKind.FULL;
      case CROSS -> cross(join);
      default -> From.JoinKind.INNER;
    };
  }

  /** SQLite's comma binds like any other join, and is given to the parser as CROSS JOIN. */
  private From.JoinKind cross(SqlJoin join) {
    int at = reading.first(join.getJoinTypeNode());
    return reading.source().is(at, ",") ? From.JoinKind.COMMA : From.JoinKind.CROSS;
  }
}
