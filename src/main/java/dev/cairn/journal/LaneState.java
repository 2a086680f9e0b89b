package dev.cairn.journal;

/**
 * How far a lane has come, as its checkpoints say.
 *
 * @param number the lane's place in the run
 * @param value the lane column's value; null where the plan has no lanes
 * @param bound the last cursor value that belongs to the run
 * @param mapping the resolved mapping that it was planned with
 * @param sourceRows source rows that the lane had when it was planned
 * @param expectedRows rows that the query yielded when it was planned
 * @param batches batches done
 * @param watermark the last cursor value done; null before the first batch
 * @param sourceRowsDone source rows done
 * @param done whether the lane reached its end
 * @param tally what became of the rows done
 */
public record LaneState(
    int number,
    Object value,
    Object bound,
    String mapping,
    long sourceRows,
    long expectedRows,
    long batches,
    Object watermark,
    long sourceRowsDone,
    boolean done,
    BatchTally tally) {

  /** The lane's name on the screen. */
  public String label() {
    return value == null ? "all" : String.valueOf(value);
  }

  /** The status word of this lane within a run of that status. */
  public String status(RunStatus run) {
    if (done) {
      return RunStatus.SUCCEEDED.name();
    }
    return batches == 0 ? RunStatus.PLANNED.name() : run.name();
  }
}
