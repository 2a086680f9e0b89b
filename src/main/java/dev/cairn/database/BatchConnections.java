package dev.cairn.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The connections on which batches run: as many as run side by side, kept for the next. */
final class BatchConnections {
  private final Opener opener;
  private final Deque<PostgresqlConnection> idle = new ArrayDeque<>();
  private final Set<PostgresqlConnection> busy = new HashSet<>();
  private boolean closed;

  /** Whether one was made, or lost, since it was last asked. */
  private volatile boolean changed = true;

  BatchConnections(Opener opener) {
    this.opener = opener;
  }

  /** A connection that no other batch uses: lanes run side by side. */
  PostgresqlConnection take() throws SQLException {
    synchronized (this) {
      while (!idle.isEmpty()) {
        PostgresqlConnection connection = idle.pop();
        if (!connection.isClosed()) {
          busy.add(connection);
          return connection;
        }
      }
    }
    PostgresqlConnection connection = opener.open();
    changed = true;
    synchronized (this) {
      busy.add(connection);
    }
    return connection;
  }

  synchronized void putBack(PostgresqlConnection connection) {
    busy.remove(connection);
    if (connection.isClosed()) {
      changed = true;
    } else if (closed) {
      connection.close();
    } else {
      idle.push(connection);
    }
  }

  /** Whether all are still those that there were when this was last asked. */
  boolean areTheSame() {
    boolean same = !changed;
    changed = false;
    return same;
  }

  /** What was found out of them doesn't count. */
  void forget() {
    changed = true;
  }

  /** The server's processes that are at work. */
  synchronized List<Integer> pids() {
    return busy.stream().map(PostgresqlConnection::pid).toList();
  }

  /** Ends what runs on them, from another thread. */
  synchronized void cancel() {
    busy.forEach(PostgresqlConnection::cancel);
  }

  /** Ends those that are not at work; the next batch makes one anew. */
  synchronized void rest() {
    idle.forEach(PostgresqlConnection::close);
    idle.clear();
    changed = true;
  }

  synchronized void close() {
    closed = true;
    rest();
    busy.forEach(PostgresqlConnection::close);
  }

  /** Makes a connection. */
  interface Opener {
    PostgresqlConnection open() throws SQLException;
  }
}
