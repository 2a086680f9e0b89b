package dev.cairn.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A migration as a plan file declares it.
 *
 * @param source where rows come from
 * @param target the table that is written
 * @param key the target's key columns
 * @param onConflict what happens to a row that has the key and other values
 * @param progressName the name in {@code migration_progress}, where it is wanted
 * @param columns target column to expression, for every row
 * @param fanOut how one source row becomes several
 * @param suspend the target's triggers that are off while it writes
 */
public record MigrationSpec(
    SourceSpec source,
    SqlText target,
    List<SqlText> key,
    ConflictPolicy onConflict,
    Optional<String> progressName,
    Map<String, ColumnSpec> columns,
    Optional<FanOutSpec> fanOut,
    Optional<SuspendSpec> suspend) {

  public MigrationSpec {
    key = List.copyOf(key);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
