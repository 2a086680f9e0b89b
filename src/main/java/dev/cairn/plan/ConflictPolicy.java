package dev.cairn.plan;

import java.util.Locale;

/** What happens to a target row that has the key of a migrated row and other values. */
public enum ConflictPolicy {
  /** It stays as it is; it is counted, journalled and listed. */
  KEEP,
  /** It is overwritten; the row as it was is journalled. */
  REPLACE,
  /** The run ends before the batch commits. */
  STOP;

  /** The word in plan files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
