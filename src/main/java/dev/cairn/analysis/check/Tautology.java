package dev.cairn.analysis.check;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.ExprParts;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.Expr.CompareOp;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Tells conditions that hold for every row, by their form alone. */
final class Tautology {
  private static final Set<String> LIKES = Set.of("LIKE", "ILIKE", "GLOB");

  private final SameExpression same;
  private final Block block;

  /** For the conditions of one block. */
  Tautology(Block block) {
    this.same = new SameExpression(block);
    this.block = block;
  }

  /** Returns what the condition is, whatever the row. */
  Truth of(Expr condition) {
    if (condition instanceof Expr.Literal literal) {
      return constant(literal);
    }
    if (condition instanceof Expr.Not not) {
      return not(not.operand());
    }
    if (condition instanceof Expr.And and) {
      return every(and.operands().stream().map(this::of).toList());
    }
    if (condition instanceof Expr.Or or) {
      return any(or.operands());
    }
    if (condition instanceof Expr.Compare compare) {
      return compared(compare);
    }
    if (condition instanceof Expr.InList list) {
      return inList(list);
    }
    return condition instanceof Expr.Operation operation ? operation(operation) : Truth.OPEN;
  }

  private static Truth constant(Expr.Literal literal) {
    return switch (literal.kind()) {
      case BOOLEAN -> literal.text().equalsIgnoreCase("true") ? Truth.TRUE : Truth.FALSE;
      case NULL -> Truth.FALSE;
      case NUMBER ->
          number(literal)
              .map(value -> value.signum() == 0 ? Truth.FALSE : Truth.TRUE)
              .orElse(Truth.OPEN);
      case STRING -> literal.text().equals("'1'") ? Truth.TRUE : Truth.OPEN;
      default -> Truth.OPEN;
    };
  }

  /** A constant that is NULL stays NULL under NOT, and so does a column's comparison. */
  private Truth not(Expr operand) {
    if (operand instanceof Expr.Not twice) {
      return of(twice.operand());
    }
    boolean constant =
        operand instanceof Expr.Literal literal
            ? literal.kind() != Expr.LiteralKind.NULL
            : operand instanceof Expr.Compare compare
                && order(compare.left(), compare.right()).isPresent();
    Truth inner = of(operand);
    if (inner == Truth.TRUE) {
      return Truth.FALSE;
    }
    return constant && inner == Truth.FALSE ? Truth.TRUE : Truth.OPEN;
  }

  private static Truth every(List<Truth> operands) {
    if (operands.contains(Truth.FALSE)) {
      return Truth.FALSE;
    }
    if (operands.contains(Truth.OPEN)) {
      return Truth.OPEN;
    }
    return operands.contains(Truth.TRUE_BUT_NULL) ? Truth.TRUE_BUT_NULL : Truth.TRUE;
  }

  private Truth any(List<Expr> operands) {
    List<Truth> truths = operands.stream().map(this::of).toList();
    if (truths.contains(Truth.TRUE)) {
      return Truth.TRUE;
    }
    Truth best = truths.contains(Truth.TRUE_BUT_NULL) ? Truth.TRUE_BUT_NULL : Truth.OPEN;
    for (int i = 0; i < operands.size(); i++) {
      for (int j = i + 1; j < operands.size(); j++) {
        Truth pair = either(operands.get(i), operands.get(j));
        if (pair == Truth.TRUE) {
          return pair;
        }
        best = pair.always() ? pair : best;
      }
    }
    return best == Truth.OPEN && truths.stream().allMatch(Truth.FALSE::equals) ? Truth.FALSE : best;
  }

  /** {@code p OR NOT p} in its usual forms. */
  private Truth either(Expr left, Expr right) {
    if (isNullTest(left) && isNullTest(right)) {
      Expr.Operation first = (Expr.Operation) left;
      Expr.Operation second = (Expr.Operation) right;
      boolean opposite = !first.operator().equals(second.operator());
      return opposite && same.of(first.operands(), second.operands()) ? Truth.TRUE : Truth.OPEN;
    }
    if (left instanceof Expr.Not not && same.of(not.operand(), right)) {
      return unlessNull(right);
    }
    if (right instanceof Expr.Not not && same.of(not.operand(), left)) {
      return unlessNull(left);
    }
    if (left instanceof Expr.Compare a && right instanceof Expr.Compare b) {
      return cover(a, b);
    }
    if (left instanceof Expr.InList a && right instanceof Expr.InList b) {
      boolean opposite = a.negated() != b.negated();
      return opposite && same.of(a.value(), b.value()) && same.of(a.items(), b.items())
          ? unlessNull(a)
          : Truth.OPEN;
    }
    if (left instanceof Expr.Operation a && right instanceof Expr.Operation b) {
      boolean opposite =
          a.operator().equals("NOT " + b.operator()) || b.operator().equals("NOT " + a.operator());
      return opposite && same.of(a.operands(), b.operands()) ? unlessNull(a) : Truth.OPEN;
    }
    return Truth.OPEN;
  }

  private Truth cover(Expr.Compare a, Expr.Compare b) {
    if (!same.of(a.left(), b.left()) || !same.of(a.right(), b.right())) {
      return Truth.OPEN;
    }
    int covered = outcomes(a.op()) | outcomes(b.op());
    if (covered != 0b111) {
      return Truth.OPEN;
    }
    boolean nullSafe = isNullSafe(a.op()) && isNullSafe(b.op());
    return nullSafe ? Truth.TRUE : unlessNull(a);
  }

  private Truth compared(Expr.Compare compare) {
    OptionalInt order = order(compare.left(), compare.right());
    if (order.isPresent()) {
      int outcome = order.getAsInt() < 0 ? 0b100 : order.getAsInt() == 0 ? 0b010 : 0b001;
      return (outcomes(compare.op()) & outcome) != 0 ? Truth.TRUE : Truth.FALSE;
    }
    boolean reflexive = (outcomes(compare.op()) & 0b010) != 0;
    if (!same.of(compare.left(), compare.right())) {
      return Truth.OPEN;
    }
    if (!reflexive) {
      return Truth.FALSE;
    }
    return isNullSafe(compare.op()) ? Truth.TRUE : unlessNull(compare.left());
  }

  private Truth inList(Expr.InList list) {
    boolean contained = false;
    boolean apart = true;
    for (Expr item : list.items()) {
      OptionalInt order = order(list.value(), item);
      contained |= same.of(list.value(), item) || (order.isPresent() && order.getAsInt() == 0);
      apart &= order.isPresent() && order.getAsInt() != 0;
    }
    if (contained) {
      return list.negated() ? Truth.FALSE : unlessNull(list.value());
    }
    return apart ? list.negated() ? Truth.TRUE : Truth.FALSE : Truth.OPEN;
  }

  private Truth operation(Expr.Operation operation) {
    List<Expr> operands = operation.operands();
    String operator = operation.operator();
    if (operator.equals("NOTNULL") && operands.size() == 1) {
      return neverNull(operands.get(0)) ? Truth.TRUE : Truth.OPEN;
    }
    if (LIKES.contains(operator) && operands.size() >= 2 && matchesAll(operator, operands.get(1))) {
      return unlessNull(operands.get(0));
    }
    if (operator.equals("BETWEEN") && operands.size() == 3) {
      boolean itself =
          same.of(operands.get(0), operands.get(1)) && same.of(operands.get(0), operands.get(2));
      return itself ? unlessNull(operands.get(0)) : Truth.OPEN;
    }
    if (operator.equals("COLLATE") && !operands.isEmpty()) {
      return of(operands.get(0));
    }
    return Truth.OPEN;
  }

  private static boolean matchesAll(String operator, Expr pattern) {
    String all = operator.equals("GLOB") ? "'\\*+'" : "'%+'";
    return pattern instanceof Expr.Literal literal && literal.text().matches(all);
  }

  private Truth unlessNull(Expr operand) {
    return neverNull(operand) ? Truth.TRUE : Truth.TRUE_BUT_NULL;
  }

  /** Neither a column nor, where none of its columns is, what is made of columns. */
  private boolean neverNull(Expr expr) {
    boolean[] never = {true};
    ExprParts.walk(
        expr,
        part -> {
          if (part instanceof Expr.ColumnRef || part instanceof Expr.Literal) {
            never[0] &= Nullability.neverNullByItself(part, block);
          } else {
            never[0] &= !(part instanceof Expr.Function) && !(part instanceof Expr.Parameter);
          }
        },
        (query, usage) -> never[0] = false);
    return never[0];
  }

  private static boolean isNullTest(Expr expr) {
    return expr instanceof Expr.Operation operation
        && (operation.operator().equals("ISNULL") || operation.operator().equals("NOTNULL"));
  }

  private static boolean isNullSafe(CompareOp op) {
    return op == CompareOp.IS || op == CompareOp.IS_NOT;
  }

  /** Three bits: holds where left is less, equal, greater. */
  private static int outcomes(CompareOp op) {
    return switch (op) {
      case EQUAL, IS -> 0b010;
      case NOT_EQUAL, IS_NOT -> 0b101;
      case LESS -> 0b100;
      case LESS_OR_EQUAL -> 0b110;
      case GREATER -> 0b001;
      case GREATER_OR_EQUAL -> 0b011;
    };
  }

  /** How two constants of one kind compare; empty where that isn't certain. */
  private static OptionalInt order(Expr left, Expr right) {
    Optional<BigDecimal> a = number(left);
    Optional<BigDecimal> b = number(right);
    if (a.isPresent() && b.isPresent()) {
      return OptionalInt.of(a.get().compareTo(b.get()));
    }
    boolean strings =
        left instanceof Expr.Literal one
            && right instanceof Expr.Literal other
            && one.kind() == Expr.LiteralKind.STRING
            && other.kind() == Expr.LiteralKind.STRING;
    return strings
        ? OptionalInt.of(((Expr.Literal) left).text().compareTo(((Expr.Literal) right).text()))
        : OptionalInt.empty();
  }

  private static Optional<BigDecimal> number(Expr expr) {
    if (!(expr instanceof Expr.Literal literal) || literal.kind() != Expr.LiteralKind.NUMBER) {
      return Optional.empty();
    }
    // Not new BigDecimal(text) at once: 1e999999999 would take for ever to compare.
    return literal.text().matches("[0-9]{1,30}(\\.[0-9]{0,30})?")
        ? Optional.of(new BigDecimal(literal.text()))
        : Optional.empty();
  }
}
