package dev.cairn.analysis.link;

import dev.cairn.analysis.scope.Block;
import dev.cairn.analysis.scope.QueryScope;
import dev.cairn.sql.tree.Expr;
import dev.cairn.sql.tree.From;
import dev.cairn.sql.tree.Span;
import java.util.Optional;

/**
 * A comparison that links two columns.
 *
 * @param left the outer side where one is a subquery's
 * @param right the subquery's side where there is one
 * @param form how it is written
 * @param block the block in whose text it stands
 * @param at where it stands
 * @param expr the comparison, but for USING and the columns of an INSERT
 * @param bare whether an AND may follow it without parentheses
 * @param query the subquery that yields the right side
 * @param join the join whose ON or USING it stands in
 */
record Edge(
    Side left,
    Side right,
    Form form,
    Block block,
    Span at,
    Optional<Expr> expr,
    boolean bare,
    Optional<QueryScope> query,
    Optional<From.Join> join) {

  /** How a link is written. */
  enum Form {
    COMPARE,
    /** IN and = ANY with a subquery, and their negations. */
    IN,
    /** = (SELECT …). */
    SCALAR,
    USING,
    NATURAL,
    /** A column of INSERT … SELECT. */
    INSERT
  }

  boolean links() {
    return left.base().isPresent()
        && right.base().isPresent()
        && left.base().get().relation() != right.base().get().relation();
  }
}
