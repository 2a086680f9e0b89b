package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

/** What the journal of a finished run must say, asked of its tables in plain SQL. */
final class Ledger {
  private Ledger() {}

  /** The newest run of a plan. */
  static long newestRun(SqliteFile database, String plan) throws SQLException {
    return database.number("SELECT max(run) FROM cairn_run WHERE plan = ?", plan);
  }

  /** Fails unless the checkpoints of a finished run form unbroken chains and add up. */
  static void addsUp(SqliteFile database, long run) throws SQLException {
    assertThat(database.rows("SELECT status, reason FROM cairn_run WHERE run = ?", run))
        .containsExactly(java.util.Arrays.asList("SUCCEEDED", null));
    assertThat(database.rows("SELECT * FROM cairn_lane WHERE run = ? AND NOT done", run)).isEmpty();
    chainsAreUnbroken(database, run);
    assertThat(
            database.rows(
                "SELECT lane, batch FROM cairn_checkpoint WHERE run = ? AND (expected IS NULL OR"
                    + " expected <> inserted + identical + kept + replaced + rejected + updated + deleted)",
                run))
        .isEmpty();
    assertThat(
            database.rows(
                "SELECT l.lane, l.source_rows, sum(c.source_rows), l.expected_rows, sum(c.expected)"
                    + " FROM cairn_lane l JOIN cairn_checkpoint c USING (run, lane)"
                    + " WHERE l.run = ? GROUP BY l.lane HAVING l.source_rows <> sum(c.source_rows)"
                    + " OR l.expected_rows <> sum(c.expected)",
                run))
        .isEmpty();
  }

  /** A figure summed over all batches of a run. */
  static long sum(SqliteFile database, long run, String figure) throws SQLException {
    return database.number("SELECT sum(" + figure + ") FROM cairn_checkpoint WHERE run = ?", run);
  }

  private static void chainsAreUnbroken(SqliteFile database, long run) throws SQLException {
    List<List<Object>> broken =
        database.rows(
            "SELECT * FROM (SELECT lane, batch, from_key, to_key,"
                + " lag(batch, 1, 0) OVER lane AS previous, lag(to_key) OVER lane AS behind"
                + " FROM cairn_checkpoint WHERE run = ? WINDOW lane AS (PARTITION BY lane ORDER BY batch))"
                + " WHERE batch <> previous + 1 OR from_key IS NOT behind",
            run);
    assertThat(broken).isEmpty();
    assertThat(
            database.rows(
                "SELECT lane, bound FROM cairn_lane l WHERE run = ? AND expected_rows > 0"
                    + " AND mapping NOT IN ('STAGED', 'WHOLE') AND bound IS NOT NULL AND bound IS NOT (SELECT to_key FROM cairn_checkpoint c WHERE c.run = l.run"
                    + " AND c.lane = l.lane ORDER BY batch DESC LIMIT 1)",
                run))
        .isEmpty();
  }
}
