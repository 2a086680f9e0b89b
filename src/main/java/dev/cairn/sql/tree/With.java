package dev.cairn.sql.tree;

import java.util.List;

/** The {@code WITH} clause in front of a statement or a query. */
public record With(boolean recursive, List<Cte> ctes, Span span) {

  public With {
    ctes = List.copyOf(ctes);
  }

  /**
   * A common table expression.
   *
   * @param columns the names given to its columns, empty where the body's own names hold
   * @param body a query, or on PostgreSQL a statement that changes rows
   */
  public record Cte(Name name, List<Name> columns, Statement body, Span span) {
    public Cte {
      columns = List.copyOf(columns);
    }
  }
}
