package dev.cairn.sql.calcite;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.CompareOp;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Operators between and behind operands. */
final class Infix {

  private static final Map<String, CompareOp> COMPARISONS =
      Map.ofEntries(
          Map.entry("=", CompareOp.EQUAL),
          Map.entry("==", CompareOp.EQUAL),
          Map.entry("<>", CompareOp.NOT_EQUAL),
          Map.entry("!=", CompareOp.NOT_EQUAL),
          Map.entry("<", CompareOp.LESS),
          Map.entry("<=", CompareOp.LESS_OR_EQUAL),
          Map.entry(">", CompareOp.GREATER),
          Map.entry(">=", CompareOp.GREATER_OR_EQUAL),
          Map.entry("IS", CompareOp.IS),
          Map.entry("IS NOT", CompareOp.IS_NOT));

  private final Reading reading;

  Infix(Reading reading) {
    this.reading = reading;
  }

  Expr read(SqlCall call) {
    String operator = call.getOperator().getName();
    Span span = reading.expressions().span(call);
    switch (operator) {
      case "AND" -> {
        return new Expr.And(chain(call, operator), span);
      }
      case "OR" -> {
        return new Expr.Or(chain(call, operator), span);
      }
      case "IN", "NOT IN" -> {
        return in(call, operator.equals("NOT IN"), span);
      }
      case "COLLATE" -> {
        return collate(call, span);
      }
      case "||", "+" -> {
        return new Expr.Operation(operator, chain(call, operator), span);
      }
      default -> {
        CompareOp comparison = COMPARISONS.get(operator);
        return comparison != null
            ? compare(comparison, call, span)
            : new Expr.Operation(operator, operands(call), span);
      }
    }
  }

  private List<Expr> chain(SqlCall call, String operator) {
    return reading.expressions().all(Expressions.chain(call, operator));
  }

  private Expr in(SqlCall call, boolean negated, Span span) {
    Expr value = reading.expressions().read(call.operand(0));
    SqlNodeList list = call.operand(1);
    SqlNode first = list.get(0);
    if (list.size() == 1 && Queries.isQuery(first)) {
      return new Expr.InQuery(value, negated, reading.queries().query(first), span);
    }
    boolean empty =
        first instanceof SqlIdentifier identifier
            && identifier.names.get(0).equals(Phrasing.NO_ITEMS);
    List<Expr> items = empty ? List.of() : reading.expressions().all(list);
    return new Expr.InList(value, negated, items, span);
  }

  private Expr collate(SqlCall call, Span span) {
    SqlNode name = call.operand(1);
    Span written = reading.expressions().span(name);
    Expr collation =
        new Expr.Literal(Expr.LiteralKind.OTHER, written.in(reading.source().text()), written);
    return new Expr.Operation(
        "COLLATE", List.of(reading.expressions().read(call.operand(0)), collation), span);
  }

  private Expr compare(CompareOp op, SqlCall call, Span span) {
    Expr left = reading.expressions().read(call.operand(0));
    SqlNode right = call.operand(1);
    String quantifier = quantifier(right);
    if (quantifier.isEmpty()) {
      return new Expr.Compare(op, left, reading.expressions().read(right), span);
    }
    SqlNode of = ((SqlCall) right).operand(0);
    if (Queries.isQuery(of)) {
      Query query = reading.queries().query(of);
      return new Expr.Quantified(op, quantifier.equals("all"), left, query, span);
    }
    String name = call.getOperator().getName() + " " + (quantifier.equals("all") ? "ALL" : "ANY");
    return new Expr.Operation(name, List.of(left, reading.expressions().read(of)), span);
  }

  /** Returns any, all or some in front of a list or a query, else nothing. */
  private String quantifier(SqlNode node) {
    if (!reading.source().isPostgresql()
        || !(node instanceof SqlCall call)
        || call.operandCount() != 1
        || Functions.name(call) == null) {
      return "";
    }
    String word = reading.source().word(reading.first(Functions.name(call)));
    return word.equals("any") || word.equals("all") || word.equals("some") ? word : "";
  }

  /** BETWEEN's two bounds and LIKE's ESCAPE are operands of their own. */
  private List<Expr> operands(SqlCall call) {
    List<SqlNode> operands = new ArrayList<>();
    operands.add(call.operand(0));
    SqlNode right = call.operand(1);
    if (isCalled(right, "BETWEEN AND") || isCalled(right, "ESCAPE")) {
      operands.addAll(((SqlCall) right).getOperandList());
    } else if (call.getOperator().getName().equals("[]")) {
      operands.addAll(indexes(right));
    } else {
      operands.add(right);
    }
    return reading.expressions().all(operands);
  }

  private static boolean isCalled(SqlNode node, String operator) {
    return node instanceof SqlCall call
        && call.getOperator() instanceof SqlBinaryOperator
        && call.getOperator().getName().equals(operator);
  }

  private static List<SqlNode> indexes(SqlNode node) {
    List<SqlNode> all =
        node.getKind() == SqlKind.ROW ? ((SqlCall) node).getOperandList() : List.of(node);
    return all.stream()
        .filter(
            item ->
                !(item instanceof SqlIdentifier identifier)
                    || !identifier.names.get(0).equals(Phrasing.NO_ITEMS))
        .toList();
  }

  Expr postfix(SqlCall call) {
    SqlNode inner = call.operand(0);
    Expr operand = reading.expressions().read(inner);
    Span span = reading.expressions().span(call);
    String operator = call.getOperator().getName();
    if (!operator.equals("::") && !operator.equals(".")) {
      return new Expr.Operation(operator, List.of(operand), span);
    }
    Source source = reading.source();
    int mark = source.indexBefore(Reading.end(inner.getParserPosition())) + 1;
    Span name = new Span(source.start(mark + 1), span.end());
    String text = name.in(source.text());
    if (operator.equals("::")) {
      return new Expr.Cast(operand, text, span);
    }
    Expr field = new Expr.Literal(Expr.LiteralKind.OTHER, text, name);
    return new Expr.Operation(operator, List.of(operand, field), span);
  }
}
