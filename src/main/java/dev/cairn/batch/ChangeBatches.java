package dev.cairn.batch;

import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.ChangeJournal;
import dev.cairn.journal.WholeChange;
import dev.cairn.plan.Batching;
import dev.cairn.plan.ChangeQuery;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.KeyTuple;
import dev.cairn.plan.Lane;
import java.util.List;
import java.util.Optional;

/** Batches that change rows which are there, in the way that was decided when it was measured. */
abstract class ChangeBatches implements LaneBatches {
  final ChangeRows step;
  final ChangeJournal journal;

  private ChangeBatches(ChangeRows step, Dialect dialect) {
    this.step = step;
    this.journal = new ChangeJournal(step, dialect);
  }

  /** The batches of a change's one lane. */
  static LaneBatches of(ChangeRows step, LaneWork work, Dialect dialect) {
    return switch (Batching.valueOf(work.lane().variant())) {
      case BY_RANGE -> new ByRange(step, work.lane(), dialect);
      case STAGED -> new Staged(step, work, dialect);
      case WHOLE -> new Whole(step, dialect);
    };
  }

  @Override
  public boolean compares() {
    return false;
  }

  @Override
  public boolean parentsProven() {
    return false;
  }

  @Override
  public Optional<SqlFragment> parentsExist() {
    return Optional.empty();
  }

  @Override
  public boolean isConflict(RolledBack failed, boolean compareFirst) {
    return false;
  }

  /** Each batch finds its own rows, between two keys of the target. */
  private static final class ByRange extends ChangeBatches {
    private final ChangeQuery query;
    private final Object bound;

    ByRange(ChangeRows step, Lane lane, Dialect dialect) {
      super(step, dialect);
      this.query = new ChangeQuery(step, dialect);
      this.bound = lane.bound();
    }

    @Override
    public SqlFragment endQuery(Optional<Object> after, long rows) {
      return query.rangeEnd(new KeyRange(after, bound), rows);
    }

    @Override
    public Optional<End> end(List<Object> row, Optional<Object> after, long rows) {
      if (bound == null || after.filter(bound::equals).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(new End(row.isEmpty() ? bound : KeyTuple.text(row), rows));
    }

    @Override
    public List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis) {
      return journal.range(place, nowMillis);
    }

    @Override
    public List<SqlFragment> reject(BatchPlace place, long nowMillis) {
      return journal.reject(place, false, nowMillis);
    }

    @Override
    public String row(Object upTo) {
      return "the row of %s with the key %s".formatted(step.target().table().name(), upTo);
    }
  }

  /** The first batch writes every row down; the others change what was written down. */
  private static final class Staged extends ChangeBatches {
    private static final Object STAGE = 0L;
    private final BatchPlace lane;

    Staged(ChangeRows step, LaneWork work, Dialect dialect) {
      super(step, dialect);
      this.lane =
          new BatchPlace(
              work.run().id(),
              work.number(),
              1,
              work.run().owner().epoch(),
              Optional.empty(),
              STAGE);
    }

    @Override
    public SqlFragment endQuery(Optional<Object> after, long rows) {
      long behind = after.map(value -> ((Number) value).longValue()).orElse(0L);
      return ChangeJournal.stagedEnd(lane, behind, rows);
    }

    @Override
    public Optional<End> end(List<Object> row, Optional<Object> after, long rows) {
      if (after.isEmpty()) {
        return Optional.of(new End(STAGE, 1));
      }
      return row.isEmpty()
          ? Optional.empty()
          : Optional.of(new End(row.get(0), ((Number) row.get(1)).longValue()));
    }

    @Override
    public List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis) {
      return place.after().isEmpty()
          ? journal.stage(place, nowMillis)
          : journal.staged(place, nowMillis);
    }

    @Override
    public List<SqlFragment> reject(BatchPlace place, long nowMillis) {
      return journal.reject(place, true, nowMillis);
    }

    @Override
    public String row(Object upTo) {
      return "row %s written down for %s".formatted(upTo, step.target().table().name());
    }
  }

  /** The statement as it stands is the only batch. */
  private static final class Whole extends ChangeBatches {
    private static final Object END = 1L;
    private final Dialect dialect;

    Whole(ChangeRows step, Dialect dialect) {
      super(step, dialect);
      this.dialect = dialect;
    }

    @Override
    public SqlFragment endQuery(Optional<Object> after, long rows) {
      return SqlFragment.of("SELECT 1");
    }

    @Override
    public Optional<End> end(List<Object> row, Optional<Object> after, long rows) {
      return after.isPresent() ? Optional.empty() : Optional.of(new End(END, 1));
    }

    @Override
    public List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis) {
      return new WholeChange(step, dialect).statements(place, nowMillis);
    }

    @Override
    public boolean seesReplaced() {
      return step.takesAway();
    }

    @Override
    public List<SqlFragment> reject(BatchPlace place, long nowMillis) {
      throw new IllegalStateException("a whole statement has no rows to set aside");
    }

    @Override
    public boolean canReject() {
      return false;
    }

    @Override
    public String row(Object upTo) {
      return "the statement";
    }
  }
}
