package dev.cairn.batch;

/** Asked between batches whether a person wants to stop. */
@FunctionalInterface
public interface StopSignal {

  /** Whether to stop at the next batch edge. */
  boolean stopRequested();

  /** Nobody ever asks. */
  StopSignal NEVER = () -> false;
}
