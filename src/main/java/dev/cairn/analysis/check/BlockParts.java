package dev.cairn.analysis.check;

import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Explain;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Span;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in a block, and in which form. */
final class BlockParts {

  private BlockParts() {}

  /** The UPDATEs, DELETEs, INSERTs and MERGEs in the statement's own text, as far as they run. */
  static List<Block> changes(CheckContext context) {
    if (context.statement() instanceof Explain explain && !explain.executes()) {
      return List.of();
    }
    return context.resolution().written().stream()
        .filter(block -> block.statement().isPresent())
        .toList();
  }

  /** The condition that keeps rows of the block's FROM, where there is one. */
  static Optional<Expr> where(Block block) {
    Optional<Statement> statement = block.statement();
    if (statement.isEmpty()) {
      return block.select().flatMap(Query.Select::where);
    }
    if (statement.get() instanceof Update update) {
      return update.where();
    }
    if (statement.get() instanceof Delete delete) {
      return delete.where();
    }
    return statement.get() instanceof Merge merge ? Optional.of(merge.on()) : Optional.empty();
  }

  /** What the block joins; for an UPDATE, DELETE or MERGE what stands beside the target. */
  static Optional<From> from(Block block) {
    Optional<Statement> statement = block.statement();
    if (statement.isEmpty()) {
      return block.select().flatMap(Query.Select::from);
    }
    if (statement.get() instanceof Update update) {
      return update.from();
    }
    if (statement.get() instanceof Delete delete) {
      return delete.using();
    }
    return statement.get() instanceof Merge merge ? Optional.of(merge.source()) : Optional.empty();
  }

  /** Every condition that a row must meet: those of WHERE and of inner joins, apart. */
  static List<Expr> conditions(Block block) {
    List<Expr> all = new ArrayList<>();
    where(block).ifPresent(where -> all.addAll(conjuncts(where)));
    from(block).ifPresent(from -> joins(from, all));
    return all;
  }

  private static void joins(From from, List<Expr> all) {
    if (from instanceof From.Join join) {
      boolean inner =
          join.kind() == From.JoinKind.INNER
              || join.kind() == From.JoinKind.CROSS
              || join.kind() == From.JoinKind.COMMA;
      if (inner) {
        join.on().ifPresent(on -> all.addAll(conjuncts(on)));
        joins(join.left(), all);
        joins(join.right(), all);
      } else if (join.kind() == From.JoinKind.LEFT) {
        joins(join.left(), all);
      }
    }
  }

  /** What AND puts together. */
  static List<Expr> conjuncts(Expr condition) {
    return condition instanceof Expr.And and
        ? and.operands().stream().flatMap(each -> conjuncts(each).stream()).toList()
        : List.of(condition);
  }

  /** Every expression that stands in the block itself. */
  static List<Expr> expressions(Block block) {
    List<Expr> all = new ArrayList<>();
    block.statement().ifPresent(statement -> of(statement, all));
    block
        .body()
        .ifPresent(
            body -> {
              if (body instanceof Query.Select select) {
                select.items().forEach(item -> all.add(item.expr()));
                all.addAll(select.distinctOn());
                select.where().ifPresent(all::add);
                all.addAll(select.groupBy());
                select.having().ifPresent(all::add);
              } else if (body instanceof Query.Values values) {
                values.rows().forEach(all::addAll);
              }
            });
    from(block).ifPresent(from -> ons(from, all));
    return all;
  }

  private static void of(Statement statement, List<Expr> all) {
    if (statement instanceof Update update) {
      update.assignments().forEach(each -> all.add(each.value()));
      update.where().ifPresent(all::add);
    } else if (statement instanceof Delete delete) {
      delete.where().ifPresent(all::add);
    } else if (statement instanceof Insert insert) {
      for (Insert.OnConflict conflict : insert.onConflict()) {
        conflict.assignments().forEach(each -> all.add(each.value()));
        conflict.where().ifPresent(all::add);
      }
    } else if (statement instanceof Merge merge) {
      all.add(merge.on());
      for (Merge.When when : merge.whens()) {
        when.condition().ifPresent(all::add);
        all.addAll(when.values());
        when.assignments().forEach(each -> all.add(each.value()));
      }
    }
  }

  private static void ons(From from, List<Expr> all) {
    if (from instanceof From.Join join) {
      join.on().ifPresent(all::add);
      ons(join.left(), all);
      ons(join.right(), all);
    } else if (from instanceof From.FunctionTable function) {
      all.add(function.call());
    }
  }

  /** The columns in an expression, those of its queries included, as far as they are found. */
  static List<ResolvedColumn> columns(CheckContext context, Expr expr) {
    return context.resolution().columns().stream()
        .filter(column -> column.block().written() && within(column.ref().span(), expr.span()))
        .toList();
  }

  static boolean within(Span part, Span whole) {
    return part.start() >= whole.start() && part.end() <= whole.end();
  }

  /** The queries that stand in an expression, not those within them. */
  static List<Query> queries(Expr expr) {
    List<Query> queries = new ArrayList<>();
    ExprParts.walk(expr, part -> {}, (query, usage) -> queries.add(query));
    return queries;
  }

  /** Whether a query of the statement names columns of tables around it. */
  static boolean reachesOut(CheckContext context, Span query) {
    return context.resolution().columns().stream()
        .filter(column -> column.block().written() && within(column.ref().span(), query))
        .anyMatch(column -> !within(column.relation().span(), query) && column.outer());
  }
}
