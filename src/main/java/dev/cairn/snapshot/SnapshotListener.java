package dev.cairn.snapshot;

/** Hears how the making of a snapshot goes on, and may ask it to stop. */
public interface SnapshotListener {

  /** A listener that wants nothing. */
  SnapshotListener NONE = new SnapshotListener() {};

  /** So many bytes of so many are copied; called now and then. */
  default void copied(long bytes, long of) {}

  /** Something a person should know while waiting. */
  default void says(String message) {}

  /** Whether to give up: nothing will be left behind. */
  default boolean stopRequested() {
    return false;
  }
}
