package dev.cairn.batch;

import dev.cairn.database.Database;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.ChangeJournal;
import dev.cairn.journal.WholeChange;
import dev.cairn.plan.Batching;
import dev.cairn.plan.Beside;
import dev.cairn.plan.ChangeQuery;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.KeyTuple;
import dev.cairn.plan.Lane;
import dev.cairn.plan.RestoreQuery;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Batches that change rows which are there, in the way that was decided when it was measured. */
abstract class ChangeBatches implements LaneBatches {
  final String table;
  final ChangeJournal journal;

  private ChangeBatches(TouchedTable target, ChangeJournal journal) {
    this.table = target.table().name();
    this.journal = journal;
  }

  /** The batches of a change's one lane. */
  static LaneBatches of(ChangeRows step, LaneWork work, Dialect dialect) {
    return switch (Batching.valueOf(work.lane().variant())) {
      case BY_RANGE -> new ByRange(step, work.lane(), dialect);
      case STAGED -> new Staged(step.target(), new ChangeJournal(step, dialect), work);
      case WHOLE -> new Whole(step, dialect);
    };
  }

  /** The batches of a lane of rows that are put back. */
  static LaneBatches of(RestoreRows step, LaneWork work, Database database) {
    Dialect dialect = database.dialect();
    SqlFragment allowed = new RestoreQuery(step, dialect).allowed(database.catalog(), true);
    if (step.beside().filter(other -> !database.batchesRead(other)).isPresent()) {
      BroughtRows brought = new BroughtRows(database, work.run(), work.number(), step);
      ChangeJournal journal = new ChangeJournal(brought.within(), allowed, dialect);
      return new Staged(step.target(), journal, work, Optional.empty(), Optional.of(brought));
    }
    ChangeJournal journal = new ChangeJournal(step, allowed, dialect);
    Staged staged = new Staged(step.target(), journal, work, step.beside(), Optional.empty());
    step.suspended().ifPresent(each -> staged.around = batch -> each.around(batch, dialect));
    return staged;
  }

  /** Each batch finds its own rows, between two keys of the target. */
  private static final class ByRange extends ChangeBatches {
    private final ChangeQuery query;
    private final Object bound;

    ByRange(ChangeRows step, Lane lane, Dialect dialect) {
      super(step.target(), new ChangeJournal(step, dialect));
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
    public boolean isLast(End end) {
      return end.upTo().equals(bound);
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
      return "the row of %s with the key %s".formatted(table, upTo);
    }
  }

  /** The first batch writes every row down; the others change what was written down. */
  private static final class Staged extends ChangeBatches {
    private static final Object STAGE = 0L;
    private final BatchPlace lane;
    private final Optional<Beside> beside;
    private final Optional<BroughtRows> brought;
    private UnaryOperator<List<SqlFragment>> around = UnaryOperator.identity();

    Staged(TouchedTable target, ChangeJournal journal, LaneWork work) {
      this(target, journal, work, Optional.empty(), Optional.empty());
    }

    Staged(
        TouchedTable target,
        ChangeJournal journal,
        LaneWork work,
        Optional<Beside> beside,
        Optional<BroughtRows> brought) {
      super(target, journal);
      this.beside = beside;
      this.brought = brought;
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
    public void prepare(BatchListener listener, StopSignal stop) {
      brought.ifPresent(rows -> rows.bring(listener, stop));
    }

    @Override
    public SqlFragment endQuery(Optional<Object> after, long rows) {
      long behind = after.map(value -> ((Number) value).longValue()).orElse(0L);
      return journal.stagedEnd(lane, behind, rows);
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
      if (place.after().isPresent()) {
        return around.apply(journal.staged(place, nowMillis));
      }
      List<SqlFragment> all = new ArrayList<>(journal.stage(place, nowMillis));
      brought.ifPresent(rows -> all.addAll(rows.end()));
      return all;
    }

    /** Only while rows are written down. */
    @Override
    public Optional<Beside> beside(BatchPlace place) {
      return place.after().isEmpty() ? beside : Optional.empty();
    }

    @Override
    public List<SqlFragment> reject(BatchPlace place, long nowMillis) {
      return journal.reject(place, true, nowMillis);
    }

    @Override
    public String row(Object upTo) {
      return "row %s written down for %s".formatted(upTo, table);
    }
  }

  /** The statement as it stands is the only batch. */
  private static final class Whole extends ChangeBatches {
    private static final Object END = 1L;
    private final ChangeRows step;
    private final Dialect dialect;

    Whole(ChangeRows step, Dialect dialect) {
      super(step.target(), new ChangeJournal(step, dialect));
      this.step = step;
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
      return step.takesAway() && dialect.hasTemporary(); // else the journal proves it itself
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
