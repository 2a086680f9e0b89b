package dev.cairn.database;

import java.util.Optional;
import java.util.OptionalLong;

/** Looks at who else is at work on a server beside the batches, and whom they are in the way of. */
public interface Neighbours extends AutoCloseable {

  /**
   * What there was at one moment; where a role may not see something, it is as though it weren't.
   *
   * @param lagMillis by how long the slowest replica is behind; empty where none is seen
   * @param replica its name
   * @param waitedMillis for how long the one that waits longest for a batch's lock has been at its
   *     statement; empty where nobody waits
   * @param holder in words who holds a lock that a batch waits for
   */
  record Seen(
      OptionalLong lagMillis, String replica, OptionalLong waitedMillis, Optional<String> holder) {
    public static final Seen NOTHING =
        new Seen(OptionalLong.empty(), "", OptionalLong.empty(), Optional.empty());
  }

  /** Looks, in one short query. Never fails: what can't be seen now isn't there. */
  Seen look();

  @Override
  void close();
}
