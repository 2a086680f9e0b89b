package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.cascade.RowIdentity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Assignment;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds changes in which several rows of a source may meet one row of the target, so that chance
 * says which of their values it gets.
 */
public final class FanOut implements Check {

  @Override
  public String name() {
    return "fan-out";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : BlockParts.changes(context)) {
      Statement statement = block.statement().orElseThrow();
      if (block.relations().isEmpty()) {
        continue;
      }
      if (statement instanceof Update update) {
        joined(context, block, update.assignments(), findings);
        subqueries(context, block, update.assignments(), findings);
      } else if (statement instanceof Merge merge) {
        merged(context, block, merge, findings);
      } else if (statement instanceof Insert insert) {
        new SourceKeys(context, block, insert).finding(name()).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /** UPDATE … FROM: a table that gives values must have one row for each row of the target. */
  private void joined(
      CheckContext context, Block block, List<Assignment> assignments, List<Finding> findings) {
    if (BlockParts.from(block).isEmpty() || BlockParts.where(block).isEmpty()) {
      return;
    }
    Relation target = block.relations().get(0);
    List<Relation> repeating =
        Uniqueness.repeating(block, target).stream()
            .filter(each -> givesValue(context, each, assignments))
            .toList();
    if (!repeating.isEmpty()) {
      findings.add(several(context, block, target, repeating));
    }
  }

  private static boolean givesValue(
      CheckContext context, Relation relation, List<Assignment> assignments) {
    return assignments.stream()
        .flatMap(each -> BlockParts.columns(context, each.value()).stream())
        .anyMatch(column -> column.relation() == relation);
  }

  private Finding several(
      CheckContext context, Block block, Relation target, List<Relation> repeating) {
    String tables =
        repeating.stream().map(Relation::title).distinct().collect(Collectors.joining(", "));
    String meets = "several rows of " + tables + " may meet one row of " + target.title();
    return context.finding(
        name(),
        context.severity(Severity.WARNING),
        meets + ": no key of " + tables + " is covered, and which of them wins is chance",
        repeating.get(0).span(),
        meets(context, block, target, tables));
  }

  private static Optional<Probe> meets(
      CheckContext context, Block block, Relation target, String tables) {
    Optional<String> identity =
        target
            .table()
            .filter(table -> !table.view())
            .map(table -> identity(target, RowIdentity.of(table, context.flavour())));
    return StatementText.of(context, block)
        .filter(text -> identity.isPresent())
        .map(
            text ->
                new Probe(
                    text.with()
                        + "SELECT count(*) FROM (SELECT 1 FROM "
                        + text.from()
                        + text.where()
                        + " GROUP BY "
                        + identity.get()
                        + " HAVING count(*) > 1) AS q",
                    "{n} rows of "
                        + target.title()
                        + " meet several rows of "
                        + tables
                        + ", and which of them wins is chance"));
  }

  private static String identity(Relation target, List<String> columns) {
    String label = QuotedName.of(target.label());
    return columns.stream().map(each -> label + "." + each).collect(Collectors.joining(", "));
  }

  private void merged(CheckContext context, Block block, Merge merge, List<Finding> findings) {
    boolean changes =
        merge.whens().stream()
            .anyMatch(
                when ->
                    when.matching() == Merge.Matching.MATCHED
                        && when.action() != Merge.Action.NOTHING);
    Relation target = block.relations().get(0);
    List<Relation> repeating = changes ? Uniqueness.repeating(block, target) : List.of();
    if (!repeating.isEmpty()) {
      findings.add(several(context, block, target, repeating));
    }
  }

  /** SET a = (SELECT …): SQLite takes any one row, PostgreSQL fails. */
  private void subqueries(
      CheckContext context, Block block, List<Assignment> assignments, List<Finding> findings) {
    for (Assignment assignment : assignments) {
      ExprParts.walk(
          assignment.value(),
          part -> {
            if (part instanceof Expr.ScalarQuery scalar) {
              block
                  .query(scalar.query())
                  .filter(query -> !Uniqueness.oneRow(query))
                  .ifPresent(query -> findings.add(several(context, block, query)));
            }
          },
          (query, usage) -> {});
    }
  }

  private Finding several(CheckContext context, Block block, QueryScope query) {
    String chance =
        context.flavour() == Flavour.SQLITE
            ? "SQLite takes the first that it finds"
            : "then the statement fails";
    return context.finding(
        name(),
        context.severity(Severity.WARNING),
        "this query may have several rows for one row of "
            + block.relations().get(0).title()
            + "; "
            + chance,
        query.query().span(),
        answers(context, block, query.query(), chance));
  }

  private static Optional<Probe> answers(
      CheckContext context, Block block, Query query, String chance) {
    String target = block.relations().get(0).title();
    Span span = query.span();
    return StatementText.of(context, block)
        .map(
            text ->
                new Probe(
                    text.with()
                        + "SELECT count(*) FROM "
                        + text.from()
                        + (text.where().isEmpty() ? " WHERE " : text.where() + " AND ")
                        + "(SELECT count(*) FROM ("
                        + span.in(context.text())
                        + ") AS q) > 1",
                    "for {n} rows of " + target + " this query has several rows; " + chance));
  }
}
