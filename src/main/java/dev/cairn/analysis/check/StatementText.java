package dev.cairn.analysis.check;

import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.scope.Block;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Query;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parts of a change's own text that a query of its rows is made of.
 *
 * @param with the WITH clause with a space behind it, or empty
 * @param from what stands behind FROM, the target first
 * @param where WHERE and its condition with a space in front, or empty
 */
record StatementText(String with, String from, String where) {

  /**
   * The parts of an UPDATE, DELETE or MERGE; empty where the query couldn't be run: it has
   * parameters.
   */
  static Optional<StatementText> of(CheckContext context, Block block) {
    Statement statement = block.statement().orElseThrow();
    From.TableRef target;
    if (statement instanceof Update update) {
      target = update.target();
    } else if (statement instanceof Delete delete) {
      target = delete.target();
    } else if (statement instanceof Merge merge) {
      target = merge.target();
    } else {
      return Optional.empty();
    }
    if (Parameters.in(context)) {
      return Optional.empty();
    }
    String others =
        BlockParts.from(block).map(from -> ", " + from.span().in(context.text())).orElse("");
    String where =
        BlockParts.where(block).map(each -> " WHERE (" + text(context, each) + ")").orElse("");
    return Optional.of(
        new StatementText(with(context, ""), target.span().in(context.text()) + others, where));
  }

  /**
   * The statement's common tables as a WITH clause with a space behind it; those that change rows
   * are left out.
   *
   * @param more a further common table, or empty
   */
  static String with(CheckContext context, String more) {
    List<With> clauses = withs(context.statement());
    List<String> all =
        new ArrayList<>(
            clauses.stream()
                .flatMap(with -> with.ctes().stream())
                .filter(cte -> cte.body() instanceof Query)
                .map(cte -> cte.span().in(context.text()))
                .toList());
    if (!more.isEmpty()) {
      all.add(more);
    }
    String word = clauses.stream().anyMatch(With::recursive) ? "WITH RECURSIVE " : "WITH ";
    return all.isEmpty() ? "" : all.stream().collect(Collectors.joining(", ", word, " "));
  }

  /** The WITH clause in front of the statement, as a list of one or none. */
  static List<With> withs(Statement statement) {
    return Statements.with(statement).stream().toList();
  }

  private static String text(CheckContext context, Expr expr) {
    return expr.span().in(context.text());
  }
}
