package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Spells a tree's grouping out: the statement's own text with parentheses around every operator of
 * the tree. If the tree is right, the engine makes the same of it as of the text without them.
 */
final class EngineGrouping {

  private static final Set<String> GROUPINGS =
      Set.of("GROUPING SETS", "ROLLUP", "CUBE", "GROUP BY");

  private EngineGrouping() {}

  /** What the engine accepts and the parser has a tree of: queries and changes of rows. */
  static List<CollectedStatement> statements(Flavour flavour) {
    return StatementCollection.accepted(flavour).stream()
        .filter(statement -> statement.lacking().isEmpty())
        .filter(statement -> isAboutRows(SqlParser.parse(statement.text(), flavour)))
        .toList();
  }

  private static boolean isAboutRows(Statement tree) {
    return Understanding.of(tree) == Understanding.PARSED
        && !(tree instanceof Explain)
        && !(tree instanceof Ddl);
  }

  static String spellOut(String text, Statement tree, Flavour flavour) {
    List<Span> spans = new ArrayList<>();
    collect((Record) tree, flavour, spans);
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

  private static void collect(Record node, Flavour flavour, List<Span> spans) {
    if (isOperator(node)) {
      spans.add(((Expr) node).span());
    }
    if (flavour == Flavour.POSTGRESQL) {
      spans.addAll(sidesOf(node));
    }
    for (Record below : TreeNodes.below(node)) {
      // The target of ON CONFLICT and of an assignment takes no parentheses.
      boolean bare = node instanceof Insert.OnConflict conflict && isTarget(conflict, below);
      if (!bare) {
        collect(below, flavour, spans);
      }
    }
  }

  /** PostgreSQL takes parentheses around a side of a join or of a UNION, too. */
  private static List<Span> sidesOf(Record node) {
    if (node instanceof From.Join join) {
      return Stream.of(join.left(), join.right())
          .filter(side -> side instanceof From.Join inner && inner.kind() != From.JoinKind.COMMA)
          .map(From::span)
          .toList();
    }
    if (node instanceof Query.SetOperation operation) {
      return Stream.of(operation.left(), operation.right())
          .filter(Query.SetOperation.class::isInstance)
          .map(Query.Body::span)
          .toList();
    }
    return List.of();
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
        || (node instanceof Expr.Operation operation
            && GROUPINGS.stream().noneMatch(operation.operator()::startsWith));
  }
}
