package dev.cairn.analysis.check;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Output;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.CompareOp;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Query;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells expressions that are never NULL in the rows that a block keeps. */
public final class Nullability {
  private static final int DEPTH = 32;
  private static final Set<String> ALWAYS =
      Set.of("count", "total", "row_number", "rank", "dense_rank", "random", "now", "changes");
  private static final Set<String> WHERE_ARGUMENTS_ARE =
      Set.of("lower", "upper", "trim", "ltrim", "rtrim", "length", "abs", "round", "typeof");
  private static final Set<String> OF_GROUP = Set.of("min", "max", "sum", "avg");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "||", "COLLATE");
  private static final Set<String> NULL_REJECTING =
      Set.of("NOTNULL", "LIKE", "GLOB", "ILIKE", "BETWEEN", "NOT LIKE", "NOT GLOB", "NOT BETWEEN");

  private Nullability() {}

  /** Whether the expression, standing in that block, certainly never is NULL. */
  public static boolean neverNull(Expr expr, Block block) {
    return neverNull(expr, block, 0);
  }

  private static boolean neverNull(Expr expr, Block block, int depth) {
    if (depth > DEPTH) {
      return false;
    }
    if (expr instanceof Expr.Literal literal) {
      return literal.kind() != Expr.LiteralKind.NULL && literal.kind() != Expr.LiteralKind.OTHER;
    }
    if (expr instanceof Expr.ColumnRef ref) {
      return column(ref, block, depth);
    }
    if (expr instanceof Expr.Cast cast) {
      return neverNull(cast.operand(), block, depth + 1);
    }
    if (expr instanceof Expr.Operation operation) {
      return ARITHMETIC.contains(operation.operator()) && all(operation.operands(), block, depth);
    }
    if (expr instanceof Expr.Case choice) {
      return choice.otherwise().filter(each -> neverNull(each, block, depth + 1)).isPresent()
          && choice.whens().stream().allMatch(each -> neverNull(each.result(), block, depth + 1));
    }
    return expr instanceof Expr.Function function && function(function, block, depth);
  }

  private static boolean all(List<Expr> operands, Block block, int depth) {
    return operands.stream().allMatch(each -> neverNull(each, block, depth + 1));
  }

  private static boolean function(Expr.Function function, Block block, int depth) {
    String name = function.name();
    List<Expr> arguments = function.arguments();
    if (name.equals("coalesce") || name.equals("ifnull")) {
      return arguments.stream().anyMatch(each -> neverNull(each, block, depth + 1));
    }
    if (OF_GROUP.contains(name) && arguments.size() == 1) {
      // Without GROUP BY there is one row even where no row was found, and it is NULL.
      boolean grouped =
          block
              .select()
              .filter(each -> !each.groupBy().isEmpty() || each.where().isEmpty())
              .isPresent();
      return grouped && function.filter().isEmpty() && all(arguments, block, depth);
    }
    return ALWAYS.contains(name)
        || (WHERE_ARGUMENTS_ARE.contains(name) && all(arguments, block, depth));
  }

  private static boolean column(Expr.ColumnRef ref, Block block, int depth) {
    Optional<ResolvedColumn> found = block.column(ref);
    if (found.isEmpty()) {
      return block
          .alias(ref)
          .flatMap(Output::expr)
          .filter(expr -> expr != ref && neverNull(expr, block, depth + 1))
          .isPresent();
    }
    return demanded(found.get(), block) || declared(found.get(), depth);
  }

  /**
   * Whether a column is never NULL whatever the block's own conditions say; they may be what is
   * judged.
   */
  static boolean neverNullByItself(Expr expr, Block block) {
    return expr instanceof Expr.ColumnRef ref
        ? block.column(ref).filter(column -> declared(column, 0)).isPresent()
        : expr instanceof Expr.Literal && neverNull(expr, block, 0);
  }

  private static boolean declared(ResolvedColumn column, int depth) {
    Relation relation = column.relation();
    return !mayBeMissing(relation) && neverNull(relation, column.column(), depth);
  }

  private static boolean neverNull(Relation relation, String column, int depth) {
    if (relation.isTable()) {
      Optional<Table> table = relation.table();
      return relation.isRowNumber(column)
          || table
              .flatMap(each -> each.column(relation.declared(column)))
              .filter(Column::notNull)
              .isPresent()
          || table
              .flatMap(Table::rowNumber)
              .filter(relation.declared(column)::equalsIgnoreCase)
              .isPresent();
    }
    int index = relation.indexOf(column);
    Optional<QueryScope> body = relation.body();
    return index >= 0
        && body.isPresent()
        && !body.get().blocks().isEmpty()
        && body.get().blocks().stream().allMatch(each -> output(each, index, depth + 1));
  }

  /** Whether no value that a query yields in that place is NULL. */
  public static boolean output(Block block, int index) {
    return output(block, index, 0);
  }

  private static boolean output(Block block, int index, int depth) {
    if (block.body().orElse(null) instanceof Query.Values values) {
      return values.rows().stream()
          .allMatch(row -> index < row.size() && neverNull(row.get(index), block, depth + 1));
    }
    if (index >= block.outputs().size()) {
      return false;
    }
    Output output = block.outputs().get(index);
    if (output.relation().isPresent()) {
      Relation relation = output.relation().get();
      return (!mayBeMissing(relation) && neverNull(relation, output.column(), depth + 1))
          || demanded(relation, output.column(), block);
    }
    return output.expr().filter(expr -> neverNull(expr, block, depth + 1)).isPresent();
  }

  private static boolean demanded(ResolvedColumn column, Block block) {
    return demanded(column.relation(), column.column(), block);
  }

  /** Whether a condition of the block keeps out rows in which the column is NULL. */
  private static boolean demanded(Relation relation, String column, Block block) {
    return BlockParts.conditions(block).stream()
        .anyMatch(condition -> rejects(condition, relation, column, block));
  }

  private static boolean rejects(Expr condition, Relation relation, String column, Block block) {
    if (condition instanceof Expr.Compare compare) {
      boolean nullSafe =
          compare.op() == CompareOp.IS
              && !isConstant(compare.left())
              && !isConstant(compare.right());
      boolean isNotNull =
          compare.op() == CompareOp.IS_NOT && (isNull(compare.right()) || isNull(compare.left()));
      boolean plain = compare.op() != CompareOp.IS && compare.op() != CompareOp.IS_NOT;
      boolean constant = compare.op() == CompareOp.IS && !nullSafe;
      return (plain
              || isNotNull
              || (constant && !isNull(compare.left()) && !isNull(compare.right())))
          && (is(compare.left(), relation, column, block)
              || is(compare.right(), relation, column, block));
    }
    if (condition instanceof Expr.InList list) {
      return is(list.value(), relation, column, block);
    }
    if (condition instanceof Expr.InQuery in) {
      return !in.negated() && is(in.value(), relation, column, block);
    }
    if (condition instanceof Expr.Not not && not.operand() instanceof Expr.Operation operation) {
      return operation.operator().equals("ISNULL")
          && is(operation.operands().get(0), relation, column, block);
    }
    return condition instanceof Expr.Operation operation
        && NULL_REJECTING.contains(operation.operator())
        && is(operation.operands().get(0), relation, column, block);
  }

  private static boolean is(Expr expr, Relation relation, String column, Block block) {
    if (expr instanceof Expr.RowValue row) {
      return row.items().stream().anyMatch(each -> is(each, relation, column, block));
    }
    if (!(expr instanceof Expr.ColumnRef ref)) {
      return false;
    }
    return block
        .column(ref)
        .filter(each -> each.relation() == relation && each.column().equalsIgnoreCase(column))
        .isPresent();
  }

  private static boolean isNull(Expr expr) {
    return expr instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.NULL;
  }

  private static boolean isConstant(Expr expr) {
    return expr instanceof Expr.Literal;
  }

  /** Whether an outer join may put NULLs in place of the relation's rows. */
  private static boolean mayBeMissing(Relation relation) {
    Optional<From> node = relation.node();
    Optional<From> from = BlockParts.from(relation.block());
    return node.isPresent() && from.isPresent() && missing(from.get(), node.get());
  }

  private static boolean missing(From from, From wanted) {
    if (!(from instanceof From.Join join)) {
      return false;
    }
    boolean left = holds(join.left(), wanted);
    boolean right = holds(join.right(), wanted);
    String kind = join.kind().name().toUpperCase(Locale.ROOT);
    boolean here =
        (right && Set.of("LEFT", "FULL").contains(kind))
            || (left && Set.of("RIGHT", "FULL").contains(kind));
    return here
        || (left && missing(join.left(), wanted))
        || (right && missing(join.right(), wanted));
  }

  private static boolean holds(From from, From wanted) {
    return from == wanted
        || (from instanceof From.Join join
            && (holds(join.left(), wanted) || holds(join.right(), wanted)));
  }
}
