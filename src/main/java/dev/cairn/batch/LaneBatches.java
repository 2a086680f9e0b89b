package dev.cairn.batch;

import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchPlace;
import dev.cairn.plan.Beside;
import java.util.List;
import java.util.Optional;

/**
 * What the batches of one lane consist of. {@link LaneRunner} runs them without knowing what they
 * write: it finds where the next one ends, runs it, and deals with whatever becomes of it.
 */
interface LaneBatches {

  /**
   * The end of a batch.
   *
   * @param upTo its watermark
   * @param rows about how many rows it reads; 1 where it can't be made smaller
   */
  record End(Object upTo, long rows) {}

  /** Does what must have been done before the lane's first batch; again after an interruption. */
  default void prepare(BatchListener listener, StopSignal stop) {}

  /** A query for the end of a batch that begins behind a watermark; may be one that has no rows. */
  SqlFragment endQuery(Optional<Object> after, long rows);

  /** What that query's first row says; empty where the lane is at its end. */
  Optional<End> end(List<Object> row, Optional<Object> after, long rows);

  /** Whether nothing of the lane can lie behind such an end, so that its batch ends the lane. */
  default boolean isLast(End end) {
    return false;
  }

  /**
   * The end of a batch that takes all that is left, where it needs no query.
   *
   * @param rows about how many source rows are left
   */
  default Optional<End> wholeRest(long rows) {
    return Optional.empty();
  }

  /**
   * The batch, fence first.
   *
   * @param compareFirst whether all is likely there already
   */
  List<SqlFragment> statements(BatchPlace place, boolean compareFirst, long nowMillis);

  /** The batch that sets its rows aside instead of writing them, fence first. */
  List<SqlFragment> reject(BatchPlace place, long nowMillis);

  /** Whether the fence proves all parents, so that the engine need not check row by row. */
  default boolean parentsProven() {
    return false;
  }

  /** A query that is 1 while every parent of the lane's rows exists; empty where none is asked. */
  default Optional<SqlFragment> parentsExist() {
    return Optional.empty();
  }

  /** Whether the batch failed because a row was found that the plan says to stop at. */
  default boolean isConflict(RolledBack failed, boolean compareFirst) {
    return false;
  }

  /** What to say where one of the batch's own checks refused all of it; empty for any other row. */
  default Optional<CairnException> refusal(BatchPlace place, RolledBack failed) {
    return Optional.empty();
  }

  /** Whether a batch may be compared before it is written, where all is likely there. */
  default boolean compares() {
    return false;
  }

  /**
   * Whether what a batch finds must still be so when it writes. Where each statement says by itself
   * what it found, others may write meanwhile.
   */
  default boolean oneMoment() {
    return true;
  }

  /** Whether its triggers must see the rows that a REPLACE takes away. */
  default boolean seesReplaced() {
    return false;
  }

  /** The database that a batch reads beside its own, where it reads one. */
  default Optional<Beside> beside(BatchPlace place) {
    return Optional.empty();
  }

  /** Whether single rows can be set aside. */
  default boolean canReject() {
    return true;
  }

  /** The row at a watermark, in words. */
  String row(Object upTo);
}
