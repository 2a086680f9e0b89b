package dev.cairn.journal;

import dev.cairn.plan.Plan;
import java.util.Locale;

/** What the text that a run stores is. */
public enum RunKind {
  /** A plan file's. */
  PLAN,
  /** A statement that was planned. */
  SQL,
  /** A statement that was typed and ran at once. */
  TYPED,
  /** The command that takes a run back. */
  UNDO,
  /** The command that puts rows back as a snapshot has them. */
  RESTORE,
  /** The command that rebuilds a table. */
  REBUILD,
  /** A plan file's that has several steps; each is a run of its own. */
  STEPS;

  /** What the text of a plan is. */
  static RunKind of(Plan plan) {
    if (!plan.typed()) {
      return plan.hasSteps() ? STEPS : PLAN;
    }
    if (Undoing.isText(plan.text())) {
      return UNDO;
    }
    return plan.restores().isEmpty() ? SQL : RESTORE;
  }

  static RunKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word in the journal. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
