package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an OR: each branch is a context, and what all of them say holds outside too. */
final class Alternatives {
  private static final int FEW = 8;

  private final Conditions conditions;
  private final Contexts contexts;
  private final Sides sides;

  Alternatives(Conditions conditions, Contexts contexts, Sides sides) {
    this.conditions = conditions;
    this.contexts = contexts;
    this.sides = sides;
  }

  void of(Expr.Or or, Facts facts, Block block, Optional<From.Join> join) {
    Optional<Expr> sameOrBothNull = sameOrBothNull(or);
    if (sameOrBothNull.isPresent()) {
      conditions.holds(sameOrBothNull.get(), facts, block, join);
      return;
    }
    constants(or, facts, block);
    if (or.operands().size() <= FEW) {
      common(or, facts, block);
    }
    for (Expr operand : or.operands()) {
      if (!Conditions.isCheap(operand)) {
        contexts.inside(facts, here -> conditions.holds(operand, here, block, join));
      }
    }
  }

  /** {@code a = b OR (a IS NULL AND b IS NULL)} is how IS is written where there is none. */
  private static Optional<Expr> sameOrBothNull(Expr.Or or) {
    if (or.operands().size() != 2) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Expr same = or.operands().get(i);
      Expr none = or.operands().get(1 - i);
      boolean bothNull =
          none instanceof Expr.And and
              && and.operands().stream()
                  .allMatch(
                      each ->
                          each instanceof Expr.Operation operation
                              && operation.operator().equals("ISNULL"));
      if (bothNull
          && same instanceof Expr.Compare compare
          && compare.op() == Expr.CompareOp.EQUAL) {
        return Optional.of(same);
      }
    }
    return Optional.empty();
  }

  /** {@code a = 1 OR a = 2} is a list of constants. */
  private void constants(Expr.Or or, Facts facts, Block block) {
    Set<Node> columns = new HashSet<>();
    Side side = null;
    for (Expr operand : or.operands()) {
      if (!(operand instanceof Expr.Compare compare) || !Conditions.isCheap(compare)) {
        return;
      }
      Side left = sides.of(compare.left(), block);
      Side right = sides.of(compare.right(), block);
      side = left.base().isPresent() ? left : right;
      side.base().ifPresent(columns::add);
      if (columns.size() != 1) {
        return;
      }
    }
    if (side != null && side.base().isPresent()) {
      facts.bound(side.base().get());
      facts.add(new Facts.Pin(side, or));
    }
  }

  private void common(Expr.Or or, Facts facts, Block block) {
    Set<List<Node>> inAll = null;
    for (Expr operand : or.operands()) {
      Set<List<Node>> here = new HashSet<>();
      equalities(operand, block, here);
      if (inAll == null) {
        inAll = here;
      } else {
        inAll.retainAll(here);
      }
      if (inAll.isEmpty()) {
        return;
      }
    }
    if (inAll != null) {
      inAll.forEach(pair -> facts.unite(pair.get(0), pair.get(1)));
    }
  }

  private void equalities(Expr expr, Block block, Set<List<Node>> found) {
    if (expr instanceof Expr.And and) {
      and.operands().forEach(each -> equalities(each, block, found));
    } else if (expr instanceof Expr.Compare compare && compare.op() == Expr.CompareOp.EQUAL) {
      Optional<Node> left = sides.of(compare.left(), block).base();
      Optional<Node> right = sides.of(compare.right(), block).base();
      if (left.isPresent() && right.isPresent()) {
        found.add(List.of(left.get(), right.get()));
        found.add(List.of(right.get(), left.get()));
      }
    }
  }
}
