package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.analysis.scope.Usage;
import dev.cairn.catalog.Catalog;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds columns in a subquery that none of its own tables has, so that the row around it is meant:
 * {@code DELETE FROM a WHERE k IN (SELECT k FROM b)} deletes every row where b has no column k. A
 * column that is compared with one of the subquery's own tables correlates on purpose, and one with
 * its table in front is never meant by mistake.
 */
public final class OuterColumn implements Check {
  private static final Set<Usage> GIVES_VALUES = Set.of(Usage.IN, Usage.SCALAR, Usage.QUANTIFIED);

  @Override
  public String name() {
    return "outer-column";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : context.resolution().written()) {
      boolean subquery =
          block.select().isPresent() && block.outer().isPresent() && !block.relations().isEmpty();
      if (subquery && block.relations().stream().noneMatch(Relation::open)) {
        for (Expr part : parts(block)) {
          misled(context, block, part)
              .ifPresent(column -> findings.add(found(context, block, column)));
        }
      }
    }
    return findings;
  }

  /** What should speak of the subquery's own tables: its values, each of its conditions. */
  private static List<Expr> parts(Block block) {
    Query.Select select = block.select().orElseThrow();
    List<Expr> parts = new ArrayList<>();
    if (GIVES_VALUES.contains(block.usage())) {
      select.items().forEach(item -> parts.add(item.expr()));
    }
    select.where().ifPresent(where -> parts.addAll(BlockParts.conjuncts(where)));
    parts.addAll(select.groupBy());
    return parts;
  }

  /** The first column of the part that is misled, where the part has no column of its own block. */
  private static Optional<ResolvedColumn> misled(CheckContext context, Block block, Expr part) {
    List<ResolvedColumn> columns = BlockParts.columns(context, part);
    boolean own = columns.stream().anyMatch(column -> column.relation().block() == block);
    return own
        ? Optional.empty()
        : columns.stream()
            .filter(column -> column.block() == block)
            .filter(column -> column.outer() && !column.qualified() && column.certain())
            .filter(column -> column.relation().kind() != Relation.Kind.EXCLUDED)
            .findFirst();
  }

  private Finding found(CheckContext context, Block block, ResolvedColumn column) {
    String tables =
        block.relations().stream()
            .map(Relation::title)
            .distinct()
            .collect(Collectors.joining(", "));
    String name = column.ref().column().text();
    List<String> own = block.relations().stream().flatMap(each -> each.columns().stream()).toList();
    String near =
        Catalog.nearest(name, own).map(each -> "; did you mean `" + each + "`?").orElse("");
    return context.finding(
        name(),
        context.severity(Severity.ERROR),
        "`%s` is no column of %s, so here it is %s's own `%s`%s"
            .formatted(name, tables, column.relation().label(), name, near),
        column.ref().span(),
        Optional.empty());
  }
}
