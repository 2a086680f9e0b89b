package dev.cairn.journal;

import dev.cairn.plan.StepSequence;
import java.util.List;
import java.util.Optional;

/**
 * One application of a plan, as the journal in the target database has it.
 *
 * @param id its number, which people type
 * @param plan the plan's name
 * @param planText the plan's full text; resuming uses this, not the file
 * @param where the predicate typed after the name
 * @param token the token under which it was applied
 * @param schema the schema's fingerprint then
 * @param approvedBy how it was let through
 * @param status where it stands
 * @param owner who is at work on it
 * @param startedMillis when it began, Unix milliseconds
 * @param seconds how long batches were at work, over all resumes
 * @param reason why it stopped, where it did
 * @param kind what its plan's text is
 * @param lanes its lanes, in order
 */
public record Run(
    long id,
    String plan,
    String planText,
    Optional<String> where,
    String token,
    String schema,
    String approvedBy,
    RunStatus status,
    Owner owner,
    long startedMillis,
    double seconds,
    Optional<String> reason,
    RunKind kind,
    List<LaneState> lanes) {

  public Run {
    lanes = List.copyOf(lanes);
  }

  /**
   * Who is at work on a run.
   *
   * @param epoch grows with every take-over; a batch of an older epoch can't commit
   * @param pid the process
   * @param host its machine
   * @param heartbeatMillis its last sign of life, Unix milliseconds
   */
  public record Owner(long epoch, long pid, String host, long heartbeatMillis) {}

  /** The same run in another status. */
  public Run with(RunStatus other) {
    return new Run(
        id,
        plan,
        planText,
        where,
        token,
        schema,
        approvedBy,
        other,
        owner,
        startedMillis,
        seconds,
        reason,
        kind,
        lanes);
  }

  /** Whether its lanes are steps, of which each is done by a run of its own. */
  public boolean hasSteps() {
    return kind == RunKind.STEPS
        || (kind == RunKind.UNDO
            && lanes.stream().anyMatch(lane -> StepSequence.Part.isMapping(lane.mapping())));
  }

  /** The step that a lane stands for. */
  public StepSequence.Part step(int lane) {
    LaneState state = lanes.get(lane);
    return StepSequence.Part.of(state.label(), state.mapping());
  }

  /** What became of all rows done so far. */
  public BatchTally tally() {
    return lanes.stream().map(LaneState::tally).reduce(BatchTally.NONE, BatchTally::plus);
  }

  /** Batches done. */
  public long batches() {
    return lanes.stream().mapToLong(LaneState::batches).sum();
  }

  /** Rows that the query yielded when the run was planned. */
  public long plannedRows() {
    return lanes.stream().mapToLong(LaneState::expectedRows).sum();
  }
}
