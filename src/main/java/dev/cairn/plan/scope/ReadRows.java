package dev.cairn.plan.scope;

import dev.cairn.dialect.SqlFragment;

/**
 * The rows that a query yields; it writes none.
 *
 * @param sql the query as it was written
 */
public record ReadRows(String sql) implements StatementScope {

  @Override
  public String target() {
    return "";
  }

  /** How many rows it yields. */
  public SqlFragment count() {
    return SqlFragment.of("SELECT count(*) FROM (" + sql + "\n) AS cairn_q");
  }
}
