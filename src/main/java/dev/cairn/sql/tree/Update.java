package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code UPDATE}.
 *
 * @param orAction what stands behind OR, in upper case (SQLite), or empty
 * @param forKey the table that {@code FOR KEY parent} names behind the SET, to be joined over the
 *     whole key
 */
public record Update(
    Optional<With> with,
    String orAction,
    From.TableRef target,
    List<Assignment> assignments,
    Optional<From> from,
    Optional<From.TableRef> forKey,
    Optional<Expr> where,
    List<Query.SelectItem> returning,
    Span span)
    implements Statement {
  public Update {
    assignments = List.copyOf(assignments);
    returning = List.copyOf(returning);
  }
}
