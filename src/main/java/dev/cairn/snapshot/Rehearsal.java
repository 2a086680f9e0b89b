package dev.cairn.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What a plan did on a copy of the database.
 *
 * @param snapshot the copy's name
 * @param target the identity of the database that the plan is for
 * @param plan the plan's name
 * @param text the plan's text
 * @param where the predicate typed after its name; null where there was none
 * @param token the token of the plan that was rehearsed
 * @param takenMillis when the copy was made, Unix milliseconds
 * @param seconds how long all batches took
 * @param verification what verifying it came to: verified, mismatch or not-verifiable
 * @param findings what the plan's findings said
 * @param lanes lane by lane
 */
public record Rehearsal(
    String snapshot,
    String target,
    String plan,
    String text,
    String where,
    String token,
    long takenMillis,
    double seconds,
    String verification,
    List<String> findings,
    List<RehearsedLane> lanes) {

  public Rehearsal {
    findings = List.copyOf(findings);
    lanes = List.copyOf(lanes);
  }

  /** What it measured of the lane of that name. */
  public Optional<RehearsedLane> lane(String name) {
    return lanes.stream().filter(lane -> lane.lane().equals(name)).findFirst();
  }
}
