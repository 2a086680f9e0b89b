package dev.cairn.sql.calcite;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calcite's expressions as ours. */
final class Expressions {

  private final Reading reading;
  private final Functions functions;
  private final Constants constants;
  private final Infix infix;

  Expressions(Reading reading) {
    this.reading = reading;
    functions = new Functions(reading);
    constants = new Constants(reading);
    infix = new Infix(reading);
  }

  Functions functions() {
    return functions;
  }

  Optional<Expr> optional(SqlNode node) {
    return node == null ? Optional.empty() : Optional.of(read(node));
  }

  List<Expr> all(Iterable<? extends SqlNode> nodes) {
    List<Expr> all = new ArrayList<>();
    for (SqlNode node : nodes) {
      all.add(read(node));
    }
    return all;
  }

  Expr read(SqlNode node) {
    if (node instanceof SqlDynamicParam) {
      return constants.read(node.getParserPosition());
    }
    if (node instanceof SqlIdentifier identifier) {
      return column(identifier);
    }
    if (Queries.isQuery(node)) {
      Query query = reading.queries().query(node);
      return new Expr.ScalarQuery(query, query.span());
    }
    if (node instanceof SqlCase branches) {
      return branches(branches);
    }
    if (node instanceof SqlCall call) {
      return call(call);
    }
    if (node instanceof SqlNodeList list) {
      SqlParserPos place = list.getParserPosition();
      return new Expr.RowValue(all(list), new Span(Reading.start(place), Reading.end(place)));
    }
    throw new Unreadable("an expression of an unknown kind", start(node));
  }

  private Expr call(SqlCall call) {
    if (call.getOperator() instanceof SqlBinaryOperator && call.operandCount() == 2) {
      return call.getKind() == SqlKind.OVER
              || call.getKind() == SqlKind.FILTER
              || call.getKind() == SqlKind.WITHIN_GROUP
          ? functions.read(call)
          : infix.read(call);
    }
    if (call.getOperator() instanceof SqlPostfixOperator) {
      return infix.postfix(call);
    }
    if (call.getOperator() instanceof SqlPrefixOperator) {
      return prefix(call);
    }
    if (call.getKind() == SqlKind.ROW) {
      return row(call);
    }
    return functions.read(call);
  }

  /** A row value keeps its parentheses, but not those around them. */
  private Expr row(SqlCall call) {
    Source source = reading.source();
    int start = start(call);
    int end = Reading.end(call.getParserPosition());
    int index = source.indexAt(start);
    while (source.is(index + 1, "(") && source.closer(index + 1) + 1 == source.closer(index)) {
      end = source.end(source.closer(index + 1));
      index++;
    }
    return new Expr.RowValue(all(call.getOperandList()), new Span(source.start(index), end));
  }

  private Expr prefix(SqlCall call) {
    Expr operand = read(call.operand(0));
    Span span = span(call);
    Source source = reading.source();
    String mark = source.word(source.indexAt(span.start()));
    if (mark.equals("not")) {
      return new Expr.Not(operand, span);
    }
    if (mark.equals("-")
        && operand instanceof Expr.Literal literal
        && literal.kind() == Expr.LiteralKind.NUMBER
        && !literal.text().startsWith("-")) {
      return new Expr.Literal(Expr.LiteralKind.NUMBER, "-" + literal.text(), span);
    }
    return new Expr.Operation(mark, List.of(operand), span);
  }

  private Expr column(SqlIdentifier identifier) {
    List<Name> path = reading.path(identifier);
    Span span = span(identifier);
    if (identifier.isStar()) {
      Name last = path.isEmpty() ? null : path.get(path.size() - 1);
      return new Expr.Star(Optional.ofNullable(last), span);
    }
    return new Expr.ColumnRef(path, span);
  }

  private Expr branches(SqlCase branches) {
    List<Expr.When> whens = new ArrayList<>();
    for (int i = 0; i < branches.getWhenOperands().size(); i++) {
      whens.add(
          new Expr.When(
              read(branches.getWhenOperands().get(i)), read(branches.getThenOperands().get(i))));
    }
    return new Expr.Case(
        optional(branches.getValueOperand()), whens, otherwise(branches), span(branches));
  }

  /** Calcite adds ELSE NULL where there is none. */
  private Optional<Expr> otherwise(SqlCase branches) {
    SqlNode node = branches.getElseOperand();
    boolean written = node != null && (node instanceof SqlCall || !isAdded(node));
    return written ? Optional.of(read(node)) : Optional.empty();
  }

  private boolean isAdded(SqlNode node) {
    return node instanceof org.apache.calcite.sql.SqlLiteral;
  }

  Span span(SqlNode node) {
    return reading.bare(start(node), Reading.end(node.getParserPosition()));
  }

  /** Where a node begins; Calcite forgets the function in front of OVER, FILTER and the like. */
  static int start(SqlNode node) {
    int start = Reading.start(node.getParserPosition());
    SqlNode left = node;
    while (left instanceof SqlCall call && call.operandCount() > 0 && beginsWithOperand(call)) {
      left = call.operand(0);
      start = Math.min(start, Reading.start(left.getParserPosition()));
    }
    if (left instanceof SqlCall call && Functions.name(call) != null) {
      start = Math.min(start, Reading.start(Functions.name(call).getParserPosition()));
    }
    return start;
  }

  private static boolean beginsWithOperand(SqlCall call) {
    return call.operand(0) != null
        && (call.getOperator() instanceof SqlBinaryOperator
            || call.getOperator() instanceof SqlPostfixOperator
            || call.getKind() == SqlKind.AS);
  }

  /** Reads the operands of a chain of one operator, however long, from left to right. */
  static List<SqlNode> chain(SqlCall call, String operator) {
    List<SqlNode> operands = new ArrayList<>();
    SqlNode left = call;
    while (left instanceof SqlCall inner
        && inner.getKind() == SqlKind.OTHER
        && inner.getOperator() instanceof SqlBinaryOperator
        && inner.getOperator().getName().equals(operator)) {
      operands.add(inner.operand(1));
      left = inner.operand(0);
    }
    operands.add(left);
    Collections.reverse(operands);
    return operands;
  }
}
