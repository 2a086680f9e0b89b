package dev.cairn.database;

import java.time.Duration;

/**
 * How long a server is waited for. All follow from the time that a lock of somebody else is waited
 * for, which a person may set ({@code busy_timeout}, 5 s unless told otherwise).
 *
 * @param again for how long what failed for a reason that may pass is tried again: 30 s
 * @param batch for the whole answer to a batch, which aims at 1 s: 60 s
 * @param read for the answer to a query, or its next row: 10 minutes
 */
record ServerPatience(Duration again, Duration batch, Duration read) {
  private static final Duration SHORTEST_ANSWER = Duration.ofSeconds(2);

  static ServerPatience of(int busyTimeoutMillis) {
    Duration busy = Duration.ofMillis(busyTimeoutMillis);
    Duration batch = busy.multipliedBy(12);
    Duration least = batch.compareTo(SHORTEST_ANSWER) < 0 ? SHORTEST_ANSWER : batch;
    return new ServerPatience(busy.multipliedBy(6), least, least.multipliedBy(10));
  }
}
