package dev.cairn.sql.tree;

import java.util.List;

/**
 * One assignment of a SET.
 *
 * @param columns one, or several where a row value or a query is assigned to them together
 */
public record Assignment(List<Name> columns, Expr value, Span span) {
  public Assignment {
    columns = List.copyOf(columns);
  }
}
