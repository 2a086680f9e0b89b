package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Probe;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.dialect.QuotedName;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds conditions of a change that keep no row out: by their form, because they look for every key
 * of the table in the table itself, or because they don't read the row at all.
 */
public final class AlwaysTrue implements Check {

  @Override
  public String name() {
    return "always-true";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : BlockParts.changes(context)) {
      if (block.relations().isEmpty()) {
        continue;
      }
      Relation target = block.relations().get(0);
      BlockParts.where(block)
          .flatMap(where -> judged(context, block, target, where))
          .ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> judged(CheckContext context, Block block, Relation target, Expr where) {
    Truth truth = new Tautology(block).of(where);
    boolean merge = block.statement().orElseThrow() instanceof Merge;
    String rows = merge ? "every row of the source meets every row of " : "every row of ";
    if (truth == Truth.TRUE || (truth == Truth.OPEN && looksForItself(block, target, where))) {
      return Optional.of(
          found(
              context,
              where,
              "this condition holds for " + rows + target.title(),
              merge
                  ? Optional.empty()
                  : probe("SELECT count(*) FROM ", target, "all {n} rows of ")));
    }
    if (truth == Truth.TRUE_BUT_NULL) {
      return Optional.of(
          found(
              context,
              where,
              "this condition holds for "
                  + rows
                  + target.title()
                  + " in which no column of it is NULL",
              Optional.empty()));
    }
    return !merge && ignoresTheRow(context, where)
        ? Optional.of(
            found(
                context,
                where,
                "this condition doesn't read the row: every row of " + target.title() + " or none",
                allOrNone(context, block, target)))
        : Optional.empty();
  }

  private Finding found(CheckContext context, Expr where, String message, Optional<Probe> probe) {
    return context.finding(
        name(), context.severity(Severity.WARNING), message, where.span(), probe);
  }

  private static Optional<Probe> probe(String select, Relation target, String words) {
    return target
        .table()
        .map(
            table ->
                new Probe(
                    select + QuotedName.of(table.name()),
                    "this condition holds for " + words + table.name()));
  }

  /** {@code id IN (SELECT id FROM t)} on t itself, with nothing that picks among its rows. */
  private static boolean looksForItself(Block block, Relation target, Expr where) {
    if (!(where instanceof Expr.InQuery in) || in.negated() || target.table().isEmpty()) {
      return false;
    }
    Optional<Block> inner =
        block
            .query(in.query())
            .map(QueryScope::blocks)
            .filter(all -> all.size() == 1)
            .map(all -> all.get(0));
    Query query = in.query();
    if (inner.isEmpty() || query.limit().isPresent() || inner.get().select().isEmpty()) {
      return false;
    }
    Query.Select select = inner.get().select().get();
    boolean whole =
        select.where().isEmpty()
            && select.groupBy().isEmpty()
            && select.having().isEmpty()
            && inner.get().relations().size() == 1
            && inner.get().relations().get(0).isTable()
            && inner.get().relations().get(0).title().equalsIgnoreCase(target.title());
    return whole && sameColumns(block, target, in.value(), inner.get());
  }

  private static boolean sameColumns(Block block, Relation target, Expr value, Block inner) {
    List<Expr> values = value instanceof Expr.RowValue row ? row.items() : List.of(value);
    if (values.size() != inner.outputs().size()) {
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      Expr theirs = inner.outputs().get(i).expr().orElse(null);
      if (!(values.get(i) instanceof Expr.ColumnRef mine)
          || !(theirs instanceof Expr.ColumnRef ref)) {
        return false;
      }
      Optional<ResolvedColumn> own = block.column(mine).filter(each -> each.relation() == target);
      Optional<ResolvedColumn> other = inner.column(ref).filter(each -> !each.outer());
      if (own.isEmpty()
          || other.isEmpty()
          || !own.get().column().equalsIgnoreCase(other.get().column())
          || !Nullability.neverNullByItself(mine, block)) {
        return false;
      }
    }
    return true;
  }

  /** A query of the condition reads no column of the row, and neither does the rest of it. */
  private static boolean ignoresTheRow(CheckContext context, Expr where) {
    boolean asks = !BlockParts.queries(where).isEmpty();
    return asks
        && BlockParts.conjuncts(where).stream()
            .noneMatch(each -> hasParameter(each) && BlockParts.queries(each).isEmpty())
        && BlockParts.columns(context, where).stream().allMatch(column -> isInside(column, where))
        && context.resolution().unresolved().stream()
            .noneMatch(
                ref ->
                    where.span().start() <= ref.span().start()
                        && ref.span().end() <= where.span().end());
  }

  private static boolean hasParameter(Expr expr) {
    return expr instanceof Expr.Parameter;
  }

  /** Whether the column's table stands in the condition too. */
  private static boolean isInside(ResolvedColumn column, Expr where) {
    int at = column.relation().span().start();
    return column.certain()
        && column.relation().block().statement().isEmpty()
        && where.span().start() <= at
        && at < where.span().end();
  }

  private static Optional<Probe> allOrNone(CheckContext context, Block block, Relation target) {
    if (target.table().isEmpty()) {
      return Optional.empty();
    }
    return StatementText.of(context, block)
        .map(
            text ->
                new Probe(
                    text.with() + "SELECT count(*) FROM " + text.from() + text.where(),
                    "this condition doesn't read the row: now all {n} rows of " + target.title()));
  }
}
