package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.Origin;
import dev.cairn.sql.tree.Expr;
import java.util.Optional;

/**
 * One side of a comparison.
 *
 * @param block where it stands
 * @param expr what stands there; empty for a star's column
 * @param visible the column of the relation that is named there
 * @param base the column of the real table behind it; the same where there is none
 * @param strength how near the value still is to the base
 * @param constant what tells two constants apart, where it is one
 */
record Side(
    Block block,
    Optional<Expr> expr,
    Optional<Node> visible,
    Optional<Node> base,
    Origin.Strength strength,
    Optional<String> constant) {

  static Side nothing(Block block) {
    return new Side(
        block,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Origin.Strength.PLAIN,
        Optional.empty());
  }
}
