package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;

/**
 * The statements about a batch's own checkpoint row, whatever the batch does: the fence that makes
 * it, what is noted in it, and its tally.
 */
final class CheckpointRow {
  private static final String HERE = " WHERE run = ? AND lane = ? AND batch = ?";

  private CheckpointRow() {}

  /**
   * The first statement of a batch: it fails unless this batch is the next one, and ours.
   *
   * @param alsoHolds a further condition without which the batch fails; empty text for none
   * @param floor SQL for the highest number behind which the batch's new rows will lie
   * @param dialect the database's SQL
   */
  static SqlFragment fence(
      BatchPlace place, long nowMillis, SqlFragment alsoHolds, String floor, Dialect dialect) {
    return fence(place, nowMillis, alsoHolds, floor, dialect.holding(), dialect);
  }

  /**
   * The same.
   *
   * @param holding the words that keep the run from becoming another's; empty where the batch's
   *     turn does, as other lanes are at work beside it
   */
  static SqlFragment fence(
      BatchPlace place,
      long nowMillis,
      SqlFragment alsoHolds,
      String floor,
      String holding,
      Dialect dialect) {
    SqlFragment owned =
        SqlFragment.of(
            "(SELECT epoch FROM cairn_run WHERE run = ? AND status = 'RUNNING' AND epoch = ?"
                + " AND (? = 1 OR EXISTS (SELECT 1 FROM cairn_checkpoint WHERE run = ? AND lane = ?"
                + " AND batch = ? AND to_key IS NOT DISTINCT FROM ?))",
            place.run(),
            place.epoch(),
            place.batch(),
            place.run(),
            (long) place.lane(),
            place.batch() - 1,
            dialect.kept(place.after().orElse(null)));
    if (!alsoHolds.sql().isEmpty()) {
      owned = owned.then(" AND ").then(alsoHolds);
    }
    return SqlFragment.of(
            "INSERT INTO cairn_checkpoint (run, lane, batch, epoch, from_key, to_key, at_ms, id_floor)"
                + " VALUES (?, ?, ?, ",
            place.run(),
            (long) place.lane(),
            place.batch())
        .then(owned)
        .then(
            holding + "), ?, ?, ?, " + floor + ")",
            dialect.kept(place.after().orElse(null)),
            dialect.kept(place.upTo()),
            nowMillis);
  }

  /** Notes something in it. */
  static SqlFragment set(BatchPlace place, SqlFragment changes) {
    return SqlFragment.of("UPDATE cairn_checkpoint SET ")
        .then(changes)
        .then(HERE, place.run(), (long) place.lane(), place.batch());
  }

  /** A value of it, for use in another statement. */
  static SqlFragment scalar(BatchPlace place, String expression) {
    return SqlFragment.of(
        "(SELECT " + expression + " FROM cairn_checkpoint" + HERE + ")",
        place.run(),
        (long) place.lane(),
        place.batch());
  }

  /** The run's sign of life. */
  static SqlFragment heartbeat(BatchPlace place, long nowMillis) {
    return SqlFragment.of(
        "UPDATE cairn_run SET heartbeat_ms = ? WHERE run = ?", nowMillis, place.run());
  }

  /** The same beside other lanes: who is giving one need not be waited for. */
  static SqlFragment heartbeatBeside(BatchPlace place, long nowMillis) {
    return SqlFragment.of(
        "UPDATE cairn_run SET heartbeat_ms = ? WHERE run ="
            + " (SELECT run FROM cairn_run WHERE run = ? FOR NO KEY UPDATE SKIP LOCKED)",
        nowMillis,
        place.run());
  }

  /**
   * Reads a batch's tally back: expected, inserted, identical, kept, replaced, rejected, updated,
   * deleted, source rows, and the watermark.
   */
  static SqlFragment readTally(BatchPlace place) {
    return SqlFragment.of(
        "SELECT expected, inserted, identical, kept, replaced, rejected, updated, deleted,"
            + " source_rows, to_key FROM cairn_checkpoint"
            + HERE
            + " AND epoch = ?",
        place.run(),
        (long) place.lane(),
        place.batch(),
        place.epoch());
  }
}
