package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.database.Database;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How whatever was measured of a plan becomes its measurement. */
final class PlanFigures {
  private PlanFigures() {}

  /** What is known before anything is measured; more may be added. */
  static List<Finding> findings(Database database, Plan plan) {
    List<Finding> findings = new ArrayList<>(plan.findings());
    findings.addAll(readOnly(database));
    return findings;
  }

  /** A note where the database was opened so that nothing can be written; else nothing. */
  static List<Finding> readOnly(Database database) {
    return database.readOnly()
        ? List.of(
            Finding.of(
                "read-only", Severity.NOTE, "the database is open read-only: apply will refuse"))
        : List.of();
  }

  /** The measurement, with its token unless a finding is an error. */
  static Measured measured(
      Database database, Plan plan, List<Lane> lanes, List<Finding> findings, double seconds) {
    Measured measured =
        new Measured(plan, database.identity(), lanes, findings, Optional.empty(), seconds);
    return measured.refused()
        ? measured
        : new Measured(
            plan,
            database.identity(),
            lanes,
            findings,
            Optional.of(TokenMaker.token(measured)),
            seconds);
  }
}
