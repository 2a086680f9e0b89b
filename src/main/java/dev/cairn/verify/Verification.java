package dev.cairn.verify;

import java.util.List;

/** What comparing a plan's query with its target came to. */
public sealed interface Verification {

  /** The comparisons made. */
  List<Check> checks();

  /** How long it took, in seconds. */
  double seconds();

  /** Every row is there as the query yields it, or kept by the plan's policy. */
  record Verified(List<Check> checks, double seconds) implements Verification {}

  /** A row is missing, or differs and nothing explains it. */
  record Mismatch(List<Check> checks, double seconds) implements Verification {}

  /** There is nothing to compare, or it can't be compared. */
  record NotVerifiable(List<Check> checks, double seconds, String reason) implements Verification {}

  /** Verified where all checks hold. */
  static Verification of(List<Check> checks, double seconds) {
    return checks.stream().allMatch(Check::ok)
        ? new Verified(checks, seconds)
        : new Mismatch(checks, seconds);
  }
}
