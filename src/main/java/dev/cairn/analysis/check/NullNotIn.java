package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds NOT IN over values that may be NULL: one NULL among them, and the condition holds for no
 * row at all.
 */
public final class NullNotIn implements Check {

  @Override
  public String name() {
    return "null-not-in";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    if (context.statement() instanceof Explain explain && !explain.executes()) {
      return findings;
    }
    for (Block block : context.resolution().written()) {
      for (Expr expr : BlockParts.expressions(block)) {
        walk(context, block, expr, false, findings);
      }
    }
    return findings;
  }

  private void walk(
      CheckContext context, Block block, Expr expr, boolean not, List<Finding> findings) {
    if (expr instanceof Expr.Not inner) {
      walk(context, block, inner.operand(), !not, findings);
      return;
    }
    if (expr instanceof Expr.InQuery in && in.negated() != not) {
      judge(context, block, in.query(), expr.span(), findings);
    } else if (expr instanceof Expr.Quantified all && isNotIn(all) && !not) {
      judge(context, block, all.query(), expr.span(), findings);
    } else if (expr instanceof Expr.InList list && list.negated() != not) {
      judge(context, list, findings);
    }
    boolean under = not && (expr instanceof Expr.And || expr instanceof Expr.Or);
    ExprParts.each(expr, part -> walk(context, block, part, under, findings), (query, usage) -> {});
  }

  private static boolean isNotIn(Expr.Quantified quantified) {
    return quantified.all() && quantified.op() == Expr.CompareOp.NOT_EQUAL;
  }

  private void judge(CheckContext context, Expr.InList list, List<Finding> findings) {
    for (Expr item : list.items()) {
      if (item instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.NULL) {
        findings.add(
            context.finding(
                name(),
                context.severity(Severity.WARNING),
                "a NULL in the list of NOT IN: the condition holds for no row",
                item.span(),
                Optional.empty()));
      }
    }
  }

  private void judge(
      CheckContext context, Block block, Query query, Span span, List<Finding> findings) {
    Optional<QueryScope> scope = block.query(query);
    if (scope.isEmpty() || scope.get().open() || readsUnknown(scope.get())) {
      return; // what isn't known may as well be NOT NULL
    }
    for (int i = 0; i < scope.get().outputs().size(); i++) {
      int index = i;
      if (!scope.get().blocks().stream().allMatch(each -> Nullability.output(each, index))) {
        String column = scope.get().outputs().get(i).name();
        String called = column.isEmpty() ? "a value of the query" : "`" + column + "`";
        findings.add(
            context.finding(
                name(),
                context.severity(Severity.WARNING),
                called + " may be NULL, and with one NULL this NOT IN holds for no row",
                span,
                probe(context, scope.get(), i, called)));
        return;
      }
    }
  }

  private static boolean readsUnknown(QueryScope scope) {
    return scope.blocks().stream()
        .flatMap(block -> block.relations().stream())
        .anyMatch(Relation::open);
  }

  private static Optional<Probe> probe(
      CheckContext context, QueryScope scope, int index, String called) {
    boolean correlated = BlockParts.reachesOut(context, scope.query().span());
    if (correlated || Parameters.in(context)) {
      return Optional.empty();
    }
    String names =
        IntStream.range(0, scope.outputs().size())
            .mapToObj(i -> "n" + i)
            .collect(Collectors.joining(", "));
    String values =
        "cairn_values(" + names + ") AS (" + scope.query().span().in(context.text()) + ")";
    return Optional.of(
        new Probe(
            StatementText.with(context, values)
                + "SELECT count(*) FROM cairn_values WHERE n"
                + index
                + " IS NULL",
            called + " is NULL {n} times, so this NOT IN holds for no row"));
  }
}
