package dev.cairn.plan;

import dev.cairn.catalog.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one table written into another: the plan file's declaration with the tables it names.
 *
 * @param source the table that is read
 * @param lane the column that divides the work
 * @param cursor SQL that batches advance by
 * @param filter SQL that source rows must satisfy, from the file and from the command line
 * @param groupBy the groups of an aggregate; empty for a copy or fan-out
 * @param target the table that is written, without the triggers that are off meanwhile
 * @param key the target's key, named as declared there
 * @param onConflict what happens to a row that has the key and other values
 * @param progressName the name in {@code migration_progress}
 * @param progressTable a table {@code migration_progress} that exists, where there is such a name
 * @param columns target column (named as declared) to expression
 * @param fanOut how one source row becomes several
 * @param suspended the target's triggers that are off while it writes
 */
public record MigrateRows(
    Table source,
    Optional<String> lane,
    String cursor,
    Optional<String> filter,
    List<String> groupBy,
    Table target,
    List<String> key,
    ConflictPolicy onConflict,
    Optional<String> progressName,
    Optional<Table> progressTable,
    Map<String, ColumnSpec> columns,
    Optional<FanOutSpec> fanOut,
    Optional<Suspension> suspended)
    implements PlanStep {

  @Override
  public String tableName() {
    return target.name();
  }

  /** Whether the query groups source rows. */
  public boolean aggregates() {
    return !groupBy.isEmpty();
  }
}
