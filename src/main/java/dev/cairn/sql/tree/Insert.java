package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code INSERT} and SQLite's {@code REPLACE}.
 *
 * @param orAction what stands behind OR, in upper case (SQLite); REPLACE for {@code REPLACE INTO};
 *     else empty
 * @param columns the target's columns as listed, empty where none are
 * @param source where the rows come from; empty for DEFAULT VALUES
 */
public record Insert(
    Optional<With> with,
    String orAction,
    From.TableRef target,
    List<Name> columns,
    Optional<Query> source,
    List<OnConflict> onConflict,
    List<Query.SelectItem> returning,
    Span span)
    implements Statement {
  public Insert {
    columns = List.copyOf(columns);
    onConflict = List.copyOf(onConflict);
    returning = List.copyOf(returning);
  }

  /**
   * {@code ON CONFLICT …}.
   *
   * @param target the columns or expressions of the key that it speaks of, empty for any
   * @param targetWhere the predicate of a partial index
   * @param constraint the name behind ON CONSTRAINT (PostgreSQL)
   * @param assignments what DO UPDATE sets, empty for DO NOTHING
   * @param where which of the rows in conflict are updated
   */
  public record OnConflict(
      List<Expr> target,
      Optional<Expr> targetWhere,
      Optional<Name> constraint,
      List<Assignment> assignments,
      Optional<Expr> where,
      Span span) {
    public OnConflict {
      target = List.copyOf(target);
      assignments = List.copyOf(assignments);
    }

    /** Whether rows in conflict are left as they are. */
    public boolean doesNothing() {
      return assignments.isEmpty();
    }
  }
}
