package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.snapshot.Rehearsal;
import dev.cairn.snapshot.RehearsedLane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a run against its rehearsal: before the first batch by the rows planned, and at the end of
 * each lane by what became of them. Where they differ by more than is tolerated the run stops at
 * that lane's edge.
 */
final class RehearsalComparison extends WatchedProgress {
  static final String CODE = "rehearsal-drift";

  private final Rehearsal rehearsal;
  private final Run run;
  private final long tolerance;
  private final Map<Integer, BatchTally> tallies = new java.util.HashMap<>();

  /**
   * @param run the run as it is before it goes on
   * @param drift by how many rows a lane may differ; negative for none
   */
  RehearsalComparison(Rehearsal rehearsal, Run run, long drift) {
    this.rehearsal = rehearsal;
    this.run = run;
    this.tolerance = Math.max(0, drift);
  }

  /** Fails with exit 4 where another number of rows is planned than was rehearsed. */
  static void refuseOtherRows(Rehearsal rehearsal, Measured measured, long drift) {
    if (rehearsal.verification().equals("mismatch")) {
      throw CairnException.refused(
              "rehearsal-failed",
              "on the snapshot %s this plan did not lead to what it says"
                  .formatted(rehearsal.snapshot()))
          .hint(
              "`apply on snapshot` again, or `snapshot drop %s` forgets it"
                  .formatted(rehearsal.snapshot()));
    }
    for (Lane lane : measured.lanes()) {
      long rehearsed = rehearsal.lane(lane.label()).map(RehearsedLane::planned).orElse(0L);
      long off = Math.abs(rehearsed - lane.expectedRows());
      if (off > Math.max(0, drift)) {
        throw CairnException.drift(
                CODE,
                "lane %s: %,d rows are planned and %,d were rehearsed on %s; nothing was written"
                    .formatted(lane.label(), lane.expectedRows(), rehearsed, rehearsal.snapshot()))
            .hint("`apply on snapshot` again, or `apply --drift " + off + "`");
      }
    }
  }

  @Override
  public void committed(int lane, long batch, long sourceRows, BatchTally tally) {
    super.committed(lane, batch, sourceRows, tally);
    tallies.merge(lane, tally, BatchTally::plus);
  }

  @Override
  public void laneDone(int number) {
    super.laneDone(number);
    LaneState state = run.lanes().get(number);
    if (state.done()) {
      return; // it ended in an earlier process, and was compared there
    }
    BatchTally live = state.tally().plus(tallies.getOrDefault(number, BatchTally.NONE));
    BatchTally rehearsed =
        rehearsal.lane(state.label()).map(RehearsedLane::tally).orElse(BatchTally.NONE);
    List<String> differences = new ArrayList<>();
    Optional<Long> most =
        counts(live).entrySet().stream()
            .map(each -> difference(each.getKey(), each.getValue(), rehearsed, differences))
            .max(Long::compare);
    if (most.orElse(0L) > tolerance) {
      throw CairnException.drift(
              CODE,
              "lane %s is done, but not as rehearsed on %s: %s"
                  .formatted(state.label(), rehearsal.snapshot(), String.join(", ", differences)))
          .hint(
              "`resume %d` goes on all the same, `apply --drift %d` tolerates it in every lane, `undo %d` takes it back"
                  .formatted(run.id(), most.orElse(0L), run.id()));
    }
  }

  private static long difference(
      String word, long live, BatchTally rehearsed, List<String> differences) {
    long then = counts(rehearsed).get(word);
    if (then != live) {
      differences.add("%,d %s (%,d rehearsed)".formatted(live, word, then));
    }
    return Math.abs(then - live);
  }

  private static Map<String, Long> counts(BatchTally tally) {
    Map<String, Long> counts = new java.util.LinkedHashMap<>();
    counts.put("expected", tally.expected());
    counts.put("inserted", tally.inserted());
    counts.put("identical", tally.identical());
    counts.put("kept", tally.kept());
    counts.put("replaced", tally.replaced());
    counts.put("updated", tally.updated());
    counts.put("deleted", tally.deleted());
    counts.put("rejected", tally.rejected());
    return counts;
  }
}
