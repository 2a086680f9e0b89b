package dev.cairn.plan;

import dev.cairn.catalog.Table;

/** One step of a plan: what it does is data, and an executor does it. */
public sealed interface PlanStep permits MigrateRows, ChangeRows, RestoreRows, RebuildTable {

  /** The table that it writes. */
  Table table();
}
