package dev.cairn.analysis.check;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Insert;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells changes that reach one row of their target at most: a whole key equals constants. */
final class OneRow {

  private OneRow() {}

  static boolean keeps(Block block) {
    if (block.statement().orElse(null) instanceof Insert) {
      return true; // a row in conflict meets the one row that it is in conflict with
    }
    Relation target = block.relations().get(0);
    Optional<Table> table = target.table();
    Set<String> pinned = new HashSet<>();
    for (Expr condition : BlockParts.conditions(block)) {
      if (condition instanceof Expr.Compare compare && compare.op() == Expr.CompareOp.EQUAL) {
        pin(compare.left(), compare.right(), target, block, pinned);
        pin(compare.right(), compare.left(), target, block, pinned);
      } else if (condition instanceof Expr.InList list
          && !list.negated()
          && list.items().size() == 1) {
        pin(list.value(), list.items().get(0), target, block, pinned);
      }
    }
    return pinned.contains("rowid")
        || table
            .map(each -> each.keys().stream().anyMatch(key -> isPinned(key, pinned)))
            .orElse(false);
  }

  private static boolean isPinned(Key key, Set<String> pinned) {
    return key.columns().stream().allMatch(each -> pinned.contains(each.toLowerCase(Locale.ROOT)));
  }

  private static void pin(
      Expr column, Expr value, Relation target, Block block, Set<String> pinned) {
    List<Expr> columns = ExprParts.items(column);
    List<Expr> values = ExprParts.items(value);
    for (int i = 0; i < columns.size() && columns.size() == values.size(); i++) {
      if (columns.get(i) instanceof Expr.ColumnRef ref && ExprParts.isConstant(values.get(i))) {
        block
            .column(ref)
            .filter(each -> each.relation() == target)
            .map(ResolvedColumn::column)
            .ifPresent(
                name ->
                    pinned.add(target.isRowNumber(name) ? "rowid" : name.toLowerCase(Locale.ROOT)));
      }
    }
  }
}
