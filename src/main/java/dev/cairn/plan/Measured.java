package dev.cairn.plan;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A plan with what the database says of it: counts, resolved mapping, bounds, findings, token. Only
 * {@code preview} makes one.
 *
 * @param plan what was measured
 * @param target the identity of the database it was measured on
 * @param lanes the work, lane by lane, in the lanes' order
 * @param findings what a person should know; an error refuses the plan
 * @param token proves plan and data unchanged; empty where a finding is an error
 * @param estimateSeconds how long writing is expected to take, roughly
 */
public record Measured(
    Plan plan,
    String target,
    List<Lane> lanes,
    List<Finding> findings,
    Optional<Token> token,
    double estimateSeconds) {

  public Measured {
    lanes = List.copyOf(lanes);
    findings = List.copyOf(findings);
  }

  /** Whether a finding forbids applying it. */
  public boolean refused() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** A figure over all lanes. */
  public long total(ToLongFunction<Lane> figure) {
    return lanes.stream().mapToLong(figure).sum();
  }
}
