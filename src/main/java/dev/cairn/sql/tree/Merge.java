package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/** {@code MERGE INTO target USING source ON … WHEN …}. */
public record Merge(
    Optional<With> with,
    From.TableRef target,
    From source,
    Expr on,
    List<When> whens,
    List<Query.SelectItem> returning,
    Span span)
    implements Statement {
  public Merge {
    whens = List.copyOf(whens);
    returning = List.copyOf(returning);
  }

  /**
   * One WHEN.
   *
   * @param condition what stands behind AND
   * @param columns the columns that an INSERT lists
   * @param values what an INSERT writes
   * @param assignments what an UPDATE sets
   */
  public record When(
      Matching matching,
      Optional<Expr> condition,
      Action action,
      List<Name> columns,
      List<Expr> values,
      List<Assignment> assignments,
      Span span) {
    public When {
      columns = List.copyOf(columns);
      values = List.copyOf(values);
      assignments = List.copyOf(assignments);
    }
  }

  /** Which rows a WHEN speaks of. */
  public enum Matching {
    MATCHED,
    NOT_MATCHED,
    NOT_MATCHED_BY_SOURCE
  }

  /** What a WHEN does. */
  public enum Action {
    INSERT,
    UPDATE,
    DELETE,
    NOTHING
  }
}
