package dev.cairn.command;

import dev.cairn.journal.Run;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.PlanFileReader;

/** The plan file that a run stored. */
final class StoredPlan {
  private StoredPlan() {}

  /** Of a run that does a step of a plan, the step. */
  static PlanFile of(Run run) {
    return PlanFileReader.read("run " + run.id(), run.planText()).named(run.plan());
  }
}
