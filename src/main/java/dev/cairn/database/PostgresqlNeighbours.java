package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What PostgreSQL's statistics say of others, on a connection of its own, outside transactions. */
final class PostgresqlNeighbours implements Neighbours {
  private static final String LAG =
      "SELECT 'lag', (SELECT pg_catalog.max(EXTRACT(epoch FROM replay_lag)) * 1000"
          + " FROM pg_catalog.pg_stat_replication)::bigint, (SELECT application_name"
          + " FROM pg_catalog.pg_stat_replication WHERE replay_lag IS NOT NULL"
          + " ORDER BY replay_lag DESC LIMIT 1)";

  /** Those who wait for a batch; then those for whom a batch waits. */
  private static final String LOCKS =
      " UNION ALL SELECT 'waits', (SELECT pg_catalog.max(EXTRACT(epoch FROM"
          + " pg_catalog.clock_timestamp() - query_start)) * 1000 FROM pg_catalog.pg_stat_activity"
          + " WHERE wait_event_type = 'Lock' AND pid <> ALL (%1$s)"
          + " AND pg_catalog.pg_blocking_pids(pid) && %1$s)::bigint, NULL"
          + " UNION ALL (SELECT 'holds', EXTRACT(epoch FROM pg_catalog.clock_timestamp()"
          + " - b.xact_start)::bigint, 'PID ' || b.pid || ' (' || pg_catalog.concat_ws(', ',"
          + " b.application_name, b.state, pg_catalog.left(b.query, 80)) || ')'"
          + " FROM pg_catalog.pg_stat_activity AS a, pg_catalog.unnest("
          + "pg_catalog.pg_blocking_pids(a.pid)) AS h, pg_catalog.pg_stat_activity AS b"
          + " WHERE a.pid = ANY (%1$s) AND a.wait_event_type = 'Lock' AND b.pid = h"
          + " AND b.pid <> ALL (%1$s) ORDER BY 2 DESC LIMIT 1)";

  private final Supplier<PostgresqlConnection> connect;
  private final Supplier<List<Integer>> own;
  private PostgresqlConnection connection;

  /**
   * @param connect makes a connection
   * @param own the server's numbers of the connections that run batches now
   */
  PostgresqlNeighbours(Supplier<PostgresqlConnection> connect, Supplier<List<Integer>> own) {
    this.connect = connect;
    this.own = own;
  }

  @Override
  public synchronized Seen look() {
    try {
      if (connection == null || connection.isClosed()) {
        connection = connect.get();
        connection.alone(true);
      }
      return ask();
    } catch (SQLException | RuntimeException unseen) {
      close();
      return Seen.NOTHING;
    }
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private Seen ask() throws SQLException {
    String pids = own.get().stream().map(String::valueOf).collect(Collectors.joining(","));
    String locks = LOCKS.formatted("'{" + pids + "}'::integer[]");
    Seen seen = Seen.NOTHING;
    try (PostgresqlRows rows = connection.held(SqlFragment.of(LAG + locks), 0)) {
      while (rows.next()) {
        seen = with(seen, rows.row());
      }
    }
    return seen;
  }

  private static Seen with(Seen seen, List<Object> row) {
    if (!(row.get(1) instanceof Long number)) {
      return seen;
    }
    String text = String.valueOf(row.get(2));
    return switch (row.get(0).toString()) {
      case "lag" -> new Seen(OptionalLong.of(number), text, seen.waitedMillis(), seen.holder());
      case "waits" ->
          new Seen(seen.lagMillis(), seen.replica(), OptionalLong.of(number), seen.holder());
      default ->
          new Seen(
              seen.lagMillis(),
              seen.replica(),
              seen.waitedMillis(),
              Optional.of(text + ", for " + number + " s in its transaction"));
    };
  }
}
