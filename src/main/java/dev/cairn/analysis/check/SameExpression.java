package dev.cairn.analysis.check;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.sql.tree.Expr;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether two expressions give the same value for the same row: the same columns, constants
 * and operators. A function's call never counts, since it may differ from call to call.
 */
final class SameExpression {
  private final Block block;

  /** For the expressions of one block. */
  SameExpression(Block block) {
    this.block = block;
  }

  boolean of(List<Expr> left, List<Expr> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!of(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean of(Expr left, Expr right) {
    if (left instanceof Expr.ColumnRef a && right instanceof Expr.ColumnRef b) {
      Optional<ResolvedColumn> first = block.column(a);
      Optional<ResolvedColumn> second = block.column(b);
      return first.isPresent()
          && second.isPresent()
          && first.get().relation() == second.get().relation()
          && first.get().column().equalsIgnoreCase(second.get().column());
    }
    if (left instanceof Expr.Literal a && right instanceof Expr.Literal b) {
      return a.kind() == b.kind()
          && a.kind() != Expr.LiteralKind.NULL
          && a.kind() != Expr.LiteralKind.OTHER
          && a.text().equals(b.text());
    }
    if (left instanceof Expr.Parameter a && right instanceof Expr.Parameter b) {
      return !a.text().equals("?") && a.text().equals(b.text());
    }
    if (left instanceof Expr.Cast a && right instanceof Expr.Cast b) {
      return a.type().equalsIgnoreCase(b.type()) && of(a.operand(), b.operand());
    }
    if (left instanceof Expr.Operation a && right instanceof Expr.Operation b) {
      return a.operator().equals(b.operator()) && of(a.operands(), b.operands());
    }
    if (left instanceof Expr.RowValue a && right instanceof Expr.RowValue b) {
      return of(a.items(), b.items());
    }
    if (left instanceof Expr.Compare a && right instanceof Expr.Compare b) {
      return a.op() == b.op() && of(a.left(), b.left()) && of(a.right(), b.right());
    }
    return false;
  }
}
