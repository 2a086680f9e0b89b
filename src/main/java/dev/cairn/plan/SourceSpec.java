package dev.cairn.plan;

import java.util.List;
import java.util.Optional;

/**
 * Where a migration's rows come from.
 *
 * @param table the table that is read
 * @param lane the column that divides the work, where there is one
 * @param cursor what batches advance by, within a lane
 * @param where only the rows for which this holds
 * @param groupBy the groups, where the query is an aggregate
 */
public record SourceSpec(
    SqlText table,
    Optional<SqlText> lane,
    SqlText cursor,
    Optional<SqlText> where,
    List<SqlText> groupBy) {

  public SourceSpec {
    groupBy = List.copyOf(groupBy);
  }
}
