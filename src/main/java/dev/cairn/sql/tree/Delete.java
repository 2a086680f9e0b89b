package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code DELETE}.
 *
 * @param forKey the table that {@code FOR KEY parent} names behind the target, to be joined over
 *     the whole key
 */
public record Delete(
    Optional<With> with,
    From.TableRef target,
    Optional<From> using,
    Optional<From.TableRef> forKey,
    Optional<Expr> where,
    List<Query.SelectItem> returning,
    Span span)
    implements Statement {
  public Delete {
    returning = List.copyOf(returning);
  }
}
