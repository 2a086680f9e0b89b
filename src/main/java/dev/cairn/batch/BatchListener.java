package dev.cairn.batch;

import dev.cairn.journal.BatchTally;

/** Hears how a run goes on. Called from the thread that runs it; must return soon. */
public interface BatchListener {

  /** A lane begins, or goes on from a checkpoint. */
  default void laneStarts(int lane, long sourceRowsDone) {}

  /** A batch is durable. */
  default void committed(int lane, long batch, long sourceRows, BatchTally tally) {}

  /** A lane reached its end. */
  default void laneDone(int lane) {}

  /** Something a person should know while waiting. */
  default void says(String message) {}

  /** A listener that wants nothing. */
  BatchListener NONE = new BatchListener() {};
}
