package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import java.util.ArrayList;
import java.util.List;

/** Names in a statement that is still written with FOR KEY. */
final class ForKeyNames {
  private final String text;

  ForKeyNames(String text) {
    this.text = text;
  }

  /** The columns of an expression that stand without a table in front, subqueries left out. */
  List<Expr.ColumnRef> bare(Expr expr) {
    List<Expr.ColumnRef> found = new ArrayList<>();
    ExprParts.walk(
        expr,
        part -> {
          if (part instanceof Expr.ColumnRef ref && ref.path().size() == 1) {
            found.add(ref);
          }
        },
        (query, usage) -> {});
    return found;
  }

  /** What a table's columns are qualified with, as it is written. */
  String label(From.TableRef ref) {
    return ref.label().span().in(text);
  }
}
