package dev.cairn.plan.scope;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Key;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a row of the target meets at most one row of the one other table: the condition equates a
 * whole key of that table with columns of the target or constants. Then nothing has to be told
 * apart, which for a large change costs more than everything else.
 */
final class SingleMatch {
  private final From.TableRef target;
  private final From.TableRef other;
  private final Table targetTable;
  private final Table otherTable;

  private SingleMatch(
      From.TableRef target, From.TableRef other, Table targetTable, Table otherTable) {
    this.target = target;
    this.other = other;
    this.targetTable = targetTable;
    this.otherTable = otherTable;
  }

  static boolean holds(
      From.TableRef target,
      Table targetTable,
      Optional<From> more,
      Optional<Expr> where,
      Optional<With> with,
      Catalog catalog) {
    if (where.isEmpty() || !(more.orElse(null) instanceof From.TableRef other)) {
      return false;
    }
    boolean isCte =
        with.stream()
            .flatMap(clause -> clause.ctes().stream())
            .anyMatch(cte -> cte.name().is(other.name().text()));
    return !isCte
        && catalog
            .table(other.name().text())
            .filter(table -> !table.view())
            .filter(table -> new SingleMatch(target, other, targetTable, table).holds(where.get()))
            .isPresent();
  }

  private boolean holds(Expr where) {
    List<String> equated = new ArrayList<>();
    List<Expr> terms = where instanceof Expr.And and ? and.operands() : List.of(where);
    for (Expr term : terms) {
      if (term instanceof Expr.Compare compare && compare.op() == Expr.CompareOp.EQUAL) {
        equated(compare.left(), compare.right()).ifPresent(equated::add);
        equated(compare.right(), compare.left()).ifPresent(equated::add);
      }
    }
    return otherTable.keys().stream()
        .map(Key::columns)
        .anyMatch(
            key -> key.stream().allMatch(c -> equated.stream().anyMatch(c::equalsIgnoreCase)));
  }

  /** A column of the other table that one value of the target decides. */
  private Optional<String> equated(Expr side, Expr value) {
    boolean decided =
        value instanceof Expr.Literal
            || (value instanceof Expr.ColumnRef column
                && names(column, target)
                && plain(targetTable, column));
    return decided
            && side instanceof Expr.ColumnRef column
            && names(column, other)
            && plain(otherTable, column)
        ? Optional.of(column.column().text())
        : Optional.empty();
  }

  private static boolean names(Expr.ColumnRef column, From.TableRef table) {
    return column.qualifier().filter(name -> name.is(table.label().text())).isPresent();
  }

  /** Where a comparison minds no case, a key that does tells more apart than it. */
  private static boolean plain(Table table, Expr.ColumnRef ref) {
    Optional<Column> column = table.column(ref.column().text());
    return column.isPresent() && column.get().collation().isEmpty();
  }
}
