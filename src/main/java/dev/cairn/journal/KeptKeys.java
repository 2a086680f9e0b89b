package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.MigrateRows;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The target rows that runs of a plan found with other values and kept, as the journal has them.
 */
public final class KeptKeys {
  private KeptKeys() {}

  /**
   * A query of their keys, distinct, typed as they are stored; empty where nothing was journalled.
   */
  public static Optional<SqlFragment> of(
      Catalog catalog, MigrateRows step, String plan, Dialect dialect) {
    String table = JournalTables.undoTable(step);
    if (catalog.table(table).isEmpty()) {
      return Optional.empty();
    }
    String keys = step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
    return Optional.of(
        SqlFragment.of(
            "SELECT DISTINCT "
                + keys
                + " FROM "
                + dialect.quote(table)
                + " WHERE cairn_kind = 'kept' AND cairn_run IN"
                + " (SELECT run FROM cairn_run WHERE plan = ? AND status <> 'UNDONE')",
            plan));
  }
}
