package dev.cairn.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections that batches run on, one for each that runs at the same time; they are kept for
 * the next ones.
 */
final class PostgresqlPool {
  private final Opening opening;
  private final Deque<PostgresqlConnection> idle = new ArrayDeque<>();
  private final Set<PostgresqlConnection> busy = new HashSet<>();
  private boolean open = true;
  private boolean known;

  /** Makes a connection. */
  @FunctionalInterface
  interface Opening {
    PostgresqlConnection open() throws SQLException;
  }

  PostgresqlPool(Opening opening) {
    this.opening = opening;
  }

  /** A connection that no other batch uses; to be given back. */
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
    PostgresqlConnection connection = opening.open();
    synchronized (this) {
      known = false;
      busy.add(connection);
    }
    return connection;
  }

  synchronized void giveBack(PostgresqlConnection connection) {
    busy.remove(connection);
    if (connection.isClosed()) {
      known = false;
    } else if (open) {
      idle.push(connection);
    } else {
      connection.close();
    }
  }

  /** The server's numbers of those at work. */
  synchronized List<Integer> pids() {
    return busy.stream().map(PostgresqlConnection::pid).toList();
  }

  /**
   * Whether the database was the right one since the last connection was made, or lost: nobody can
   * put another in the place of one that a connection is open to.
   */
  synchronized boolean isKnown() {
    return known;
  }

  /** Says so, before it is asked for: a connection that is made meanwhile takes it back. */
  synchronized void known(boolean now) {
    known = now;
  }

  /** Ends what runs. */
  synchronized void cancel() {
    busy.forEach(PostgresqlConnection::cancel);
  }

  /** Closes those that are not at work; the next batch makes them anew. */
  synchronized void leave() {
    idle.forEach(PostgresqlConnection::close);
    idle.clear();
    known = false;
  }

  synchronized void close() {
    open = false;
    leave();
    busy.forEach(PostgresqlConnection::close);
  }
}
