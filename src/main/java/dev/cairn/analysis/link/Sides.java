package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.analysis.scope.Origin;
import dev.cairn.analysis.scope.Origins;
import dev.cairn.analysis.scope.Output;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.analysis.scope.Relation;
import dev.cairn.analysis.scope.ResolvedColumn;
import dev.cairn.sql.tree.Expr;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the column or the constant that one side of a comparison is made from. */
final class Sides {
  private static final int DEPTH = 40;

  private final String text;
  private final Map<Relation, Integer> branches;

  /**
   * @param text the statement's text
   * @param branches which branch of a UNION in a FROM is looked at; the first where nothing is said
   */
  Sides(String text, Map<Relation, Integer> branches) {
    this.text = text;
    this.branches = branches;
  }

  /** The branch of a relation's query that is looked at. */
  Optional<Block> branch(Relation relation) {
    return relation
        .body()
        .map(QueryScope::blocks)
        .filter(blocks -> !blocks.isEmpty())
        .map(blocks -> blocks.get(Math.min(branches.getOrDefault(relation, 0), blocks.size() - 1)));
  }

  Side of(Expr expr, Block block) {
    return of(expr, block, Origin.Strength.PLAIN, 0);
  }

  Side of(Output output, Block block) {
    if (output.relation().isPresent()) {
      return column(
          output.relation().get(),
          output.column(),
          block,
          Optional.empty(),
          Origin.Strength.PLAIN,
          0);
    }
    return output.expr().map(expr -> of(expr, block)).orElse(Side.nothing(block));
  }

  Side of(Relation relation, String column, Block block) {
    return column(relation, column, block, Optional.empty(), Origin.Strength.PLAIN, 0);
  }

  private Side of(Expr expr, Block block, Origin.Strength strength, int depth) {
    Optional<String> constant = constant(expr, block);
    if (constant.isPresent()) {
      return new Side(
          block, Optional.of(expr), Optional.empty(), Optional.empty(), strength, constant);
    }
    Optional<Origins.Part> part = Origins.column(expr);
    if (part.isEmpty() || depth > DEPTH || !(part.get().expr() instanceof Expr.ColumnRef ref)) {
      return Side.nothing(block);
    }
    Origin.Strength now = weaker(strength, part.get().strength());
    Optional<ResolvedColumn> column = block.column(ref);
    if (column.isPresent()) {
      return column(
          column.get().relation(), column.get().column(), block, Optional.of(expr), now, depth);
    }
    return block
        .alias(ref)
        .flatMap(Output::expr)
        .filter(alias -> alias != expr)
        .map(alias -> of(alias, block, now, depth + 1))
        .orElse(Side.nothing(block));
  }

  private Side column(
      Relation relation,
      String column,
      Block block,
      Optional<Expr> expr,
      Origin.Strength strength,
      int depth) {
    Node visible = Node.of(relation, column);
    Side behind = behind(relation, column, strength, depth);
    return new Side(
        block,
        expr,
        Optional.of(visible),
        behind.base().or(() -> Optional.of(visible)),
        behind.base().isPresent() ? behind.strength() : strength,
        behind.constant());
  }

  /** What a derived table's column is made from inside it. */
  private Side behind(Relation relation, String column, Origin.Strength strength, int depth) {
    int index = relation.indexOf(column);
    Optional<Block> inside = branch(relation).or(relation::returning);
    if (inside.isEmpty() || index < 0 || index >= inside.get().outputs().size() || depth > DEPTH) {
      return Side.nothing(relation.block());
    }
    Output output = inside.get().outputs().get(index);
    if (output.relation().isPresent()) {
      return column(
          output.relation().get(),
          output.column(),
          inside.get(),
          Optional.empty(),
          strength,
          depth + 1);
    }
    return of(output.expr().orElseThrow(), inside.get(), strength, depth + 1);
  }

  private static Origin.Strength weaker(Origin.Strength left, Origin.Strength right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  /**
   * What tells a constant from another one; a subquery that looks at nothing outside is one too.
   */
  private Optional<String> constant(Expr expr, Block block) {
    if (expr instanceof Expr.Literal literal) {
      return literal.kind() == Expr.LiteralKind.NULL
          ? Optional.empty()
          : Optional.of(canonical(literal.text()));
    }
    if (expr instanceof Expr.Parameter parameter) {
      return Optional.of(parameter.text());
    }
    if (expr instanceof Expr.Star || expr instanceof Expr.ColumnRef) {
      return Optional.empty();
    }
    if (expr instanceof Expr.ScalarQuery scalar) {
      return block
          .query(scalar.query())
          .filter(query -> block.written() && looksNowhereElse(query))
          .map(query -> "(" + words(scalar.query().span().in(text)) + ")");
    }
    boolean constant = !(expr instanceof Expr.RowValue) && ExprParts.isConstant(expr);
    return constant && block.written()
        ? Optional.of(words(expr.span().in(text)))
        : Optional.empty();
  }

  private static boolean looksNowhereElse(QueryScope query) {
    return query.blocks().stream()
        .allMatch(
            block ->
                block.columns().stream().allMatch(each -> inside(block, each.relation().block()))
                    && block.queries().stream().allMatch(Sides::looksNowhereElse));
  }

  private static boolean inside(Block block, Block other) {
    return block.contains(other);
  }

  private static String canonical(String literal) {
    boolean number = literal.matches("'[0-9]+'");
    return number ? literal.substring(1, literal.length() - 1) : literal;
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
