package dev.cairn.database;

import java.util.List;

/** How an atomic batch ended. There is no fourth way. */
public sealed interface BatchOutcome {

  /**
   * It is durable.
   *
   * @param results the first row of each statement that yields rows, an empty list for the others
   */
  record Committed(List<List<Object>> results) implements BatchOutcome {}

  /**
   * Nothing of it happened.
   *
   * @param reason why
   * @param statement the 0-based statement that failed, -1 where it was BEGIN or COMMIT
   * @param message the engine's words
   */
  record RolledBack(Reason reason, int statement, String message) implements BatchOutcome {}

  /** Nobody knows: the checkpoint must be read back. */
  record Unknown(String message) implements BatchOutcome {}

  /** What to do about a batch that was rolled back. */
  enum Reason {
    /** Somebody else holds the lock: try again later. */
    BUSY,
    /** A row or a check was refused: smaller, or stop. */
    CONSTRAINT,
    /** No room: stop, resume when there is. */
    DISK_FULL,
    /** The database may not be written. */
    READ_ONLY,
    /** The database is damaged. */
    CORRUPT,
    /** The server can't be reached: try again later. */
    UNREACHABLE,
    /** A person asked to stop. */
    INTERRUPTED,
    /** The SQL no longer fits the schema, or is wrong. */
    SQL;

    /** Whether the very same may succeed a little later. */
    public boolean mayPass() {
      return this == BUSY || this == UNREACHABLE;
    }
  }
}
