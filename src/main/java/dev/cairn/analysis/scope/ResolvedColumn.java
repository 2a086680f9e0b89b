package dev.cairn.analysis.scope;

import dev.cairn.sql.tree.Expr;

/**
 * What a column's name means at its place.
 *
 * @param ref the name as it stands in the tree
 * @param block the block that it stands in
 * @param relation the use of a table that it belongs to
 * @param column its name there; see {@link Relation#declared}
 * @param ambiguous whether another relation of the same block has it too and no USING merges them
 * @param certain false where the relation's columns aren't known, so that it may as well belong
 *     elsewhere
 */
public record ResolvedColumn(
    Expr.ColumnRef ref,
    Block block,
    Relation relation,
    String column,
    boolean ambiguous,
    boolean certain) {

  /** Whether it belongs to a block around its own. */
  public boolean outer() {
    return relation.block() != block;
  }

  /** Whether its table stands in front of it. */
  public boolean qualified() {
    return ref.path().size() > 1;
  }
}
