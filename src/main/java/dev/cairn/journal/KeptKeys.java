package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.MigrateRows;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The target rows that runs of a plan found with other values and kept, as the journal has them. A
 * row that the plan itself inserted is none of them: if it differs now, somebody changed it, or two
 * source rows claim its key.
 */
public final class KeptKeys {
  private static final String RUNS =
      " (SELECT run FROM cairn_run WHERE plan = ? AND status <> 'UNDONE')";

  private KeptKeys() {}

  /**
   * A condition on the target's row {@code t} that the journal explains its other values; empty
   * where nothing was journalled. Without its affinity a target's key compares with the journal's
   * untyped copy as it was stored.
   */
  public static Optional<SqlFragment> of(
      Catalog catalog, MigrateRows step, String plan, Dialect dialect) {
    String table = UndoTables.name(step.target());
    if (catalog.table(table).isEmpty()) {
      return Optional.empty();
    }
    String keys = step.key().stream().map(dialect::quote).collect(Collectors.joining(", "));
    String stored =
        step.key().stream()
            .map(key -> dialect.bare("t." + dialect.quote(key)))
            .collect(Collectors.joining(", "));
    String among =
        "("
            + stored
            + ") IN (SELECT "
            + keys
            + " FROM "
            + dialect.quote(table)
            + " WHERE cairn_kind = '%s' AND cairn_run IN"
            + RUNS
            + ")";
    SqlFragment kept =
        SqlFragment.of(among.replace("%s", "kept"), plan)
            .then(" AND NOT (" + among.replace("%s", "inserted") + ")", plan);
    Optional<String> number = InsertedRows.number(step.target(), dialect).map(dialect::quote);
    return Optional.of(
        number.isEmpty()
            ? kept
            : kept.then(
                " AND NOT EXISTS (SELECT 1 FROM cairn_checkpoint AS c WHERE t."
                    + number.get()
                    + " BETWEEN c.id_from AND c.id_to AND c.run IN"
                    + RUNS
                    + ")",
                plan));
  }
}
