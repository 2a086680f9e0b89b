package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Name;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds changes of every row: UPDATE and DELETE that have no WHERE of their own (one in a subquery
 * or a text is none), TRUNCATE and DROP TABLE.
 */
public final class MissingWhere implements Check {

  @Override
  public String name() {
    return "missing-where";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : BlockParts.changes(context)) {
      Statement statement = block.statement().orElseThrow();
      if (statement instanceof Update update
          && update.limit().isEmpty()
          && BlockParts.where(block).isEmpty()) {
        target(block)
            .filter(target -> !joinsTarget(block, target))
            .ifPresent(
                target -> findings.add(every(context, "UPDATE", target, update.target().span())));
      } else if (statement instanceof Delete delete
          && delete.limit().isEmpty()
          && BlockParts.where(block).isEmpty()) {
        target(block)
            .filter(target -> !joinsTarget(block, target))
            .ifPresent(
                target -> findings.add(every(context, "DELETE", target, delete.target().span())));
      }
    }
    if (context.statement() instanceof Ddl.Truncate truncate) {
      truncate.paths().forEach(path -> findings.addAll(emptied(context, "TRUNCATE", path)));
    } else if (context.statement() instanceof Ddl.Drop drop && drop.kind().equals("TABLE")) {
      drop.paths().forEach(path -> findings.addAll(emptied(context, "DROP TABLE", path)));
    }
    return findings;
  }

  private static Optional<Relation> target(Block block) {
    return block.relations().stream().findFirst();
  }

  /** Whether an ON ties what is joined to the target, as a WHERE would. */
  private static boolean joinsTarget(Block block, Relation target) {
    Optional<From> from = BlockParts.from(block);
    return from.isPresent()
        && block.columns().stream()
            .anyMatch(
                column ->
                    column.relation() == target
                        && BlockParts.within(column.ref().span(), from.get().span()));
  }

  private Finding every(CheckContext context, String verb, Relation target, Span span) {
    boolean known = target.table().isPresent();
    Optional<Probe> probe =
        known ? Optional.of(probe(verb + " without WHERE", target.title())) : Optional.empty();
    return context.finding(
        name(),
        context.severity(Severity.WARNING),
        verb + " without WHERE: every row of " + target.title(),
        span,
        probe);
  }

  private List<Finding> emptied(CheckContext context, String words, List<Name> path) {
    Name name = path.get(path.size() - 1);
    boolean known = context.catalog().table(name.text()).filter(each -> !each.view()).isPresent();
    return known
        ? List.of(
            context.finding(
                name(),
                Severity.WARNING,
                words + " takes every row of " + name.text(),
                name.span(),
                Optional.of(probe(words, name.text()))))
        : List.of();
  }

  private static Probe probe(String words, String table) {
    return new Probe(
        "SELECT count(*) FROM " + QuotedName.of(table), words + ": all {n} rows of " + table);
  }
}
