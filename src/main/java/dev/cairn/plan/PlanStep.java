package dev.cairn.plan;

/** One step of a plan: what it does is data, and an executor does it. */
public sealed interface PlanStep
    permits MigrateRows, ChangeRows, RestoreRows, RebuildTable, RunScript, StepSequence {

  /** The table that it writes; empty text where it is none, or several. */
  String tableName();
}
