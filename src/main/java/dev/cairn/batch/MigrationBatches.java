package dev.cairn.batch;

import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.journal.BatchJournal;
import dev.cairn.journal.BatchPlace;
import dev.cairn.plan.ConflictPolicy;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.MigrationQuery;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Batches that write a migration's query into its target, by ranges of the cursor. */
final class MigrationBatches implements LaneBatches {
  private final MigrateRows step;
  private final Lane lane;
  private final MigrationQuery query;
  private final BatchJournal journal;

  MigrationBatches(MigrateRows step, Lane lane, Dialect dialect, boolean besideOthers) {
    this.step = step;
    this.lane = lane;
    this.query = new MigrationQuery(step, lane, dialect);
    this.journal = new BatchJournal(query, step, dialect, besideOthers);
  }

  @Override
  public SqlFragment endQuery(Optional<Object> after, long rows) {
    return query.batchEnd(new KeyRange(after, lane.bound()), rows);
  }

  @Override
  public Optional<End> end(List<Object> row, Optional<Object> after, long rows) {
    long found = ((Number) row.get(1)).longValue();
    return found == 0 ? Optional.empty() : Optional.of(new End(row.get(0), found));
  }

  @Override
  public boolean isLast(End end) {
    return Objects.deepEquals(end.upTo(), lane.bound());
  }

  /** A single row is looked for: what is said of it, or done to it, must be of no other. */
  @Override
  public Optional<End> wholeRest(long rows) {
    return rows > 1 ? Optional.of(new End(lane.bound(), rows)) : Optional.empty();
  }

  @Override
  public List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis) {
    return journal.statements(place, compareFirst, nowMillis);
  }

  @Override
  public List<SqlFragment> reject(BatchPlace place, long nowMillis) {
    return List.of(journal.fence(place, nowMillis), journal.reject(place));
  }

  @Override
  public boolean compares() {
    return true;
  }

  /**
   * Rows of others are met by the conflict clause, and counted after the write; a row that is
   * replaced must still be the one that was journalled.
   */
  @Override
  public boolean oneMoment() {
    return step.onConflict() == ConflictPolicy.REPLACE;
  }

  @Override
  public boolean parentsProven() {
    return journal.parentsProven();
  }

  @Override
  public Optional<SqlFragment> parentsExist() {
    return journal.parentsExist();
  }

  @Override
  public boolean isConflict(RolledBack failed, boolean compareFirst) {
    return step.onConflict() == ConflictPolicy.STOP
        && failed.statement() == journal.keptStatement(compareFirst);
  }

  @Override
  public String row(Object upTo) {
    String of = step.lane().map(column -> " of " + column + " " + lane.value()).orElse("");
    return "%s: the source row %s = %s%s".formatted(step.source().name(), step.cursor(), upTo, of);
  }
}
