package dev.cairn.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * A query: a statement of its own, a subquery, a CTE's body, one side of a UNION, or what an INSERT
 * takes its rows from.
 *
 * @param span without the parentheses around a subquery
 */
public record Query(
    Optional<With> with,
    Body body,
    List<OrderItem> orderBy,
    Optional<Expr> limit,
    Optional<Expr> offset,
    Span span)
    implements Statement {

  public Query {
    orderBy = List.copyOf(orderBy);
  }

  /** What yields the rows. */
  public sealed interface Body permits Select, SetOperation, Values, Nested {
    /** Where it stands. */
    Span span();
  }

  /** A query in parentheses, with clauses of its own. */
  public record Nested(Query query, Span span) implements Body {}

  /**
   * {@code SELECT …}; {@code TABLE t} is a select of everything.
   *
   * @param windows the expressions of the WINDOW clause
   */
  public record Select(
      boolean distinct,
      List<Expr> distinctOn,
      List<SelectItem> items,
      Optional<From> from,
      Optional<Expr> where,
      List<Expr> groupBy,
      Optional<Expr> having,
      List<Expr> windows,
      Span span)
      implements Body {
    public Select {
      distinctOn = List.copyOf(distinctOn);
      items = List.copyOf(items);
      groupBy = List.copyOf(groupBy);
      windows = List.copyOf(windows);
    }
  }

  /** UNION, INTERSECT or EXCEPT of two bodies. */
  public record SetOperation(SetKind kind, boolean all, Body left, Body right, Span span)
      implements Body {}

  /** How two bodies are combined. */
  public enum SetKind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  /** {@code VALUES (…), (…)}. A value may be {@link Expr.Default}. */
  public record Values(List<List<Expr>> rows, Span span) implements Body {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** One result column; {@code *} and {@code t.*} are {@link Expr.Star}. */
  public record SelectItem(Expr expr, Optional<Name> alias, Span span) {}

  /** One term of an ORDER BY. */
  public record OrderItem(Expr expr, boolean descending, Span span) {}
}
