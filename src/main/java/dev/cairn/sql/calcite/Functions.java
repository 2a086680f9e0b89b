package dev.cairn.sql.calcite;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;

/** Calls of functions, and what PostgreSQL and SQLite write like one. */
final class Functions {

  private final Reading reading;

  Functions(Reading reading) {
    this.reading = reading;
  }

  /** Returns a function's name, null for any other call. */
  static SqlIdentifier name(SqlCall call) {
    return call.getOperator() instanceof SqlFunction function ? function.getSqlIdentifier() : null;
  }

  Expr read(SqlCall outer) {
    SqlCall call = outer;
    Optional<Expr> filter = Optional.empty();
    boolean over = false;
    List<Expr> parts = new ArrayList<>();
    while (call.getKind() == SqlKind.OVER
        || call.getKind() == SqlKind.FILTER
        || call.getKind() == SqlKind.WITHIN_GROUP) {
      SqlNode clause = call.operand(1);
      if (call.getKind() == SqlKind.FILTER) {
        filter = reading.expressions().optional(clause);
      } else if (call.getKind() == SqlKind.OVER) {
        over = true;
        addWindow(parts, clause);
      } else {
        addOrder(parts, (SqlNodeList) clause);
      }
      call = call.operand(0);
    }
    SqlIdentifier name = name(call);
    if (name == null) {
      return other(call);
    }
    return function(call, reading.path(name), filter, over, parts, span(outer));
  }

  private Span span(SqlCall call) {
    return reading.expressions().span(call);
  }

  /** ROLLUP and the like, in GROUP BY. */
  private Expr other(SqlCall call) {
    Span span = span(call);
    Name name = reading.source().name(reading.source().indexAt(span.start()));
    List<Expr> arguments = reading.expressions().all(call.getOperandList());
    return new Expr.Function(
        List.of(name), false, arguments, Optional.empty(), false, List.of(), span);
  }

  private Expr function(
      SqlCall call,
      List<Name> path,
      Optional<Expr> filter,
      boolean over,
      List<Expr> parts,
      Span span) {
    String word = path.size() == 1 && !path.get(0).quoted() ? path.get(0).folded() : "";
    List<SqlNode> operands = call.getOperandList();
    if (word.equals("exists") && operands.size() == 1 && Queries.isQuery(operands.get(0))) {
      return new Expr.Exists(reading.queries().query(operands.get(0)), span);
    }
    if (word.equals("cast") && operands.size() == 2) {
      return cast(operands, span);
    }
    if (word.equals("row") && reading.source().isPostgresql()) {
      return new Expr.RowValue(reading.expressions().all(operands), span);
    }
    List<Expr> arguments = new ArrayList<>();
    List<Expr> into = arguments;
    for (SqlNode operand : operands) {
      if (isMark(operand, Phrasing.ORDERED)) {
        into = parts;
      } else {
        into.add(reading.expressions().read(operand));
      }
    }
    boolean distinct = call.getFunctionQuantifier() != null;
    return new Expr.Function(path, distinct, arguments, filter, over, parts, span);
  }

  /** Of the type, only its first words are the parser's. */
  private Expr cast(List<SqlNode> operands, Span span) {
    Source source = reading.source();
    int start = Reading.start(operands.get(1).getParserPosition());
    int close = source.indexBefore(span.end());
    String type = source.text().substring(start, source.end(close - 1));
    return new Expr.Cast(reading.expressions().read(operands.get(0)), type, span);
  }

  static boolean isMark(SqlNode node, String mark) {
    return node instanceof SqlIdentifier identifier && identifier.names.get(0).equals(mark);
  }

  /** Adds what a window is made of; of a named one the WINDOW clause tells. */
  void addWindow(List<Expr> parts, SqlNode clause) {
    if (clause instanceof SqlWindow window) {
      parts.addAll(reading.expressions().all(window.getPartitionList()));
      addOrder(parts, window.getOrderList());
    }
  }

  private void addOrder(List<Expr> parts, SqlNodeList order) {
    for (SqlNode item : order) {
      parts.add(reading.queries().orderItem(item).expr());
    }
  }
}
