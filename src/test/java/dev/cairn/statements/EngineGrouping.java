package dev.cairn.statements;

import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Spells a tree's grouping out: the statement's own text with parentheses around every operator of
 * the tree. If the tree is right, the engine makes the same of it as of the text without them.
 */
final class EngineGrouping {

  private EngineGrouping() {}

  static String spellOut(String text, Statement tree) {
    List<Span> spans = new ArrayList<>();
    collect((Record) tree, spans);
    StringBuilder spelled = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      int at = i;
      spelled.append(")".repeat((int) spans.stream().filter(span -> span.end() == at).count()));
      spelled.append("(".repeat((int) spans.stream().filter(span -> span.start() == at).count()));
      if (i < text.length()) {
        spelled.append(text.charAt(i));
      }
    }
    return spelled.toString();
  }

  private static void collect(Record node, List<Span> spans) {
    if (isOperator(node)) {
      spans.add(((Expr) node).span());
    }
    for (Record below : TreeNodes.below(node)) {
      // The target of ON CONFLICT and of an assignment takes no parentheses.
      boolean bare = node instanceof Insert.OnConflict conflict && isTarget(conflict, below);
      if (!bare) {
        collect(below, spans);
      }
    }
  }

  private static boolean isTarget(Insert.OnConflict conflict, Record node) {
    return conflict.target().stream().anyMatch(expr -> expr == node);
  }

  private static boolean isOperator(Record node) {
    return node instanceof Expr.And
        || node instanceof Expr.Or
        || node instanceof Expr.Not
        || node instanceof Expr.Compare
        || node instanceof Expr.InList
        || node instanceof Expr.InQuery
        || node instanceof Expr.Quantified
        || node instanceof Expr.Exists
        || node instanceof Expr.Cast
        || node instanceof Expr.Case
        || node instanceof Expr.Operation;
  }
}
