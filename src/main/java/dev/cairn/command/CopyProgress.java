package dev.cairn.command;

import dev.cairn.snapshot.SnapshotListener;

/** Shows how the making of a snapshot goes on: a line every two seconds; a signal ends it. */
final class CopyProgress implements SnapshotListener {
  private static final long BETWEEN_LINES_NANOS = 2_000_000_000L;
  private static final double MEGABYTE = 1e6;

  private final Session session;
  private long last = System.nanoTime();

  CopyProgress(Session session) {
    this.session = session;
  }

  @Override
  public void copied(long bytes, long of) {
    long now = System.nanoTime();
    if (now - last >= BETWEEN_LINES_NANOS) {
      last = now;
      says(
          "%d %% copied (%,.0f of %,.0f MB)"
              .formatted(100 * bytes / of, bytes / MEGABYTE, of / MEGABYTE));
    }
  }

  @Override
  public void says(String message) {
    session.output().notice("snapshot: " + message);
  }

  @Override
  public boolean stopRequested() {
    return session.interrupts().stopRequested();
  }
}
