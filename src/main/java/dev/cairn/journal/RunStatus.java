package dev.cairn.journal;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands. Which status may follow which is a table, not a habit. */
public enum RunStatus {
  /** Stored, no batch yet. */
  PLANNED,
  /** A process is at work on it, or was when it died. */
  RUNNING,
  /** A person asked it to stop at the next batch edge. */
  PAUSED,
  /** It stopped before its end; {@code resume} goes on. */
  INTERRUPTED,
  /** Every lane reached its bound. */
  SUCCEEDED,
  /** A row or the engine refused; {@code resume} tries again. */
  FAILED,
  /** Given up for good. */
  ABANDONED,
  /** Taken back. */
  UNDONE,
  /** The last batch may or may not have committed; {@code resume} finds out. */
  OUTCOME_UNKNOWN;

  /** Whether {@code resume} can go on with it. */
  public boolean isOpen() {
    return EnumSet.of(PLANNED, RUNNING, PAUSED, INTERRUPTED, FAILED, OUTCOME_UNKNOWN)
        .contains(this);
  }

  /** Whether a run in this status may get that one. */
  public boolean canBecome(RunStatus next) {
    return following().contains(next);
  }

  private Set<RunStatus> following() {
    return switch (this) {
      case PLANNED -> EnumSet.of(RUNNING, ABANDONED);
      case RUNNING ->
          EnumSet.of(RUNNING, PAUSED, INTERRUPTED, SUCCEEDED, FAILED, ABANDONED, OUTCOME_UNKNOWN);
      case PAUSED, INTERRUPTED, FAILED, OUTCOME_UNKNOWN -> EnumSet.of(RUNNING, ABANDONED, UNDONE);
      case SUCCEEDED, ABANDONED -> EnumSet.of(UNDONE);
      case UNDONE -> EnumSet.noneOf(RunStatus.class);
    };
  }

  /** The statuses that forbid a second run of the same plan, as an SQL list. */
  static String openList() {
    StringBuilder list = new StringBuilder("(");
    for (RunStatus status : values()) {
      if (status.isOpen()) {
        list.append(list.length() == 1 ? "'" : ", '").append(status.name()).append('\'');
      }
    }
    return list.append(')').toString();
  }
}
