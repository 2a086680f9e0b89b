package dev.cairn.analysis.check;

import dev.cairn.analysis.Check;
import dev.cairn.analysis.CheckContext;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.CompareOp;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds undo by the clock: a DELETE (or an UPDATE that clears values) of everything that came in
 * since a moment. Whoever else wrote since then loses rows too. A bound from above alone is a
 * retention rule, and a second condition may tell the rows apart; neither is meant.
 */
public final class LiveWriter implements Check {
  private static final Set<String> COMING_IN =
      Set.of(
          "created",
          "created_at",
          "created_on",
          "created_time",
          "createdat",
          "creation_time",
          "date_created",
          "date_added",
          "added_at",
          "inserted",
          "inserted_at",
          "insertedat",
          "insert_time",
          "received",
          "received_at",
          "received_time",
          "receivedat",
          "ingested_at",
          "ingestion_time",
          "imported_at",
          "loaded_at");

  private static final Set<String> GONE =
      Set.of("deleted", "is_deleted", "deleted_at", "removed_at");

  @Override
  public String name() {
    return "live-writer";
  }

  @Override
  public List<Finding> find(CheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (Block block : BlockParts.changes(context)) {
      Optional<Expr> where = BlockParts.where(block);
      if (where.isPresent() && takesBack(block.statement().orElseThrow())) {
        since(block, where.get())
            .ifPresent(
                column ->
                    findings.add(
                        context.finding(
                            name(),
                            context.severity(Severity.ERROR),
                            message(block, column),
                            where.get().span(),
                            Optional.empty())));
      }
    }
    return findings;
  }

  private static String message(Block block, String column) {
    return "`"
        + column
        + "` tells when a row of "
        + block.relations().get(0).title()
        + " came in, not who wrote it: rows that others wrote since then match too; `undo` takes"
        + " back a run's own rows";
  }

  private static boolean takesBack(Statement statement) {
    if (statement instanceof Delete delete) {
      return delete.using().isEmpty();
    }
    return statement instanceof Update update
        && update.from().isEmpty()
        && update.assignments().stream()
            .allMatch(
                each ->
                    isNull(each.value())
                        || each.columns().stream().allMatch(name -> GONE.contains(name.folded())));
  }

  private static boolean isNull(Expr value) {
    return value instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.NULL;
  }

  /** The column of the one and only condition, where it is a bound from below. */
  private static Optional<String> since(Block block, Expr where) {
    Optional<String> found = Optional.empty();
    for (Expr condition : BlockParts.conjuncts(where)) {
      Optional<String> column = bound(block, condition);
      if (column.isEmpty()) {
        return Optional.empty();
      }
      found = column;
    }
    return found;
  }

  private static Optional<String> bound(Block block, Expr condition) {
    if (!(condition instanceof Expr.Compare compare)) {
      return Optional.empty();
    }
    boolean from = compare.op() == CompareOp.GREATER || compare.op() == CompareOp.GREATER_OR_EQUAL;
    boolean to = compare.op() == CompareOp.LESS || compare.op() == CompareOp.LESS_OR_EQUAL;
    if (from && isMoment(compare.right())) {
      return comingIn(block, compare.left());
    }
    return to && isMoment(compare.left()) ? comingIn(block, compare.right()) : Optional.empty();
  }

  /** A constant, or one that is looked up without the row. */
  private static boolean isMoment(Expr expr) {
    return ExprParts.isConstant(expr) || expr instanceof Expr.ScalarQuery;
  }

  /** The column of coming in, also within a function or arithmetic with constants. */
  private static Optional<String> comingIn(Block block, Expr expr) {
    Relation target = block.relations().get(0);
    List<Expr.ColumnRef> refs = new ArrayList<>();
    ExprParts.walk(
        expr,
        part -> {
          if (part instanceof Expr.ColumnRef ref) {
            refs.add(ref);
          }
        },
        (query, usage) -> {});
    if (refs.size() != 1 || !COMING_IN.contains(refs.get(0).column().folded())) {
      return Optional.empty();
    }
    boolean others =
        block.column(refs.get(0)).filter(each -> each.relation() != target).isPresent();
    return others ? Optional.empty() : Optional.of(refs.get(0).column().text());
  }
}
