package dev.cairn.analysis.check;

import dev.cairn.sql.tree.Expr;

/** Tells whether an expression can be NULL. */
interface Nullability {

  /** Whether it certainly never is. */
  boolean neverNull(Expr expr);
}
