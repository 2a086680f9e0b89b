package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code DELETE}.
 *
 * @param forKey the table that {@code FOR KEY parent} names behind the target, to be joined over
 *     the whole key
 * @param orderBy which rows come first where the statement has a limit (SQLite)
 * @param limit how many rows at most are changed (SQLite)
 * @param offset how many rows are left out before that
 */
public record Delete(
    Optional<With> with,
    From.TableRef target,
    Optional<From> using,
    Optional<From.TableRef> forKey,
    Optional<Expr> where,
    List<Query.SelectItem> returning,
    List<Query.OrderItem> orderBy,
    Optional<Expr> limit,
    Optional<Expr> offset,
    Span span)
    implements Statement {
  public Delete {
    returning = List.copyOf(returning);
    orderBy = List.copyOf(orderBy);
  }
}
