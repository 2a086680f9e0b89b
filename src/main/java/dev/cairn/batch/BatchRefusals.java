package dev.cairn.batch;

import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Lane;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says what a batch that was rolled back means, and what a person does about it. */
final class BatchRefusals {
  private static final Set<String> OUT_OF_REACH =
      Set.of("unreachable", "no-answer", "view-lost", "outcome-unknown");

  private final Database database;
  private final Journal journal;
  private final Run run;
  private final Lane lane;
  private final LaneBatches batches;

  BatchRefusals(Database database, Journal journal, LaneWork work, LaneBatches batches) {
    this.database = database;
    this.journal = journal;
    this.run = work.run();
    this.lane = work.lane();
    this.batches = batches;
  }

  /**
   * Anything but a refused row.
   *
   * @param holder who was seen to hold what a batch waited for; empty text for nobody
   */
  CairnException of(RolledBack failed, String holder) {
    if (failed.reason() == Reason.BUSY && !database.dialect().holding().isEmpty()) {
      String who = holder.isEmpty() ? "" : "; the lock was held by " + holder;
      return CairnException.stopped("busy", "a lock is held by others: " + failed.message() + who)
          .hint("`resume` goes on when it is free; nothing is lost");
    }
    return stopping(failed);
  }

  /** The same, of whatever was rolled back. */
  static CairnException stopping(RolledBack failed) {
    return switch (failed.reason()) {
      case BUSY ->
          CairnException.stopped("busy", "another process holds the write lock")
              .hint("`resume` goes on when it is free; nothing is lost");
      case UNREACHABLE ->
          CairnException.stopped("unreachable", failed.message())
              .hint("`resume` goes on when the server can be reached; nothing is lost");
      case DISK_FULL ->
          CairnException.stopped("disk-full", "no room is left: " + failed.message())
              .hint("free some space, then `resume`; nothing is lost");
      case INTERRUPTED ->
          CairnException.of(ExitCode.INTERRUPTED, "interrupted", "the batch was rolled back")
              .hint("`resume` goes on from the batch before");
      case READ_ONLY ->
          CairnException.failed("read-only", "the database can't be written: " + failed.message());
      case CORRUPT ->
          CairnException.failed("corrupt", "the database is damaged: " + failed.message());
      default ->
          CairnException.drift("batch-sql", "the plan's SQL no longer runs: " + failed.message())
              .hint("plan again");
    };
  }

  /**
   * What is said where the database can't be asked any more how far it has come: rows done and
   * left, the last key. Other reasons as they are.
   */
  CairnException withPlace(CairnException stopped, long rowsDone, Optional<Object> watermark) {
    if (!OUT_OF_REACH.contains(stopped.code())) {
      return stopped;
    }
    String place =
        "; lane %s: %,d source rows are done%s, %,d are left"
            .formatted(
                lane.label(),
                rowsDone,
                watermark.map(key -> " (up to " + key + ")").orElse(""),
                Math.max(0, lane.sourceRows() - rowsDone));
    return CairnException.of(stopped.exit(), stopped.code(), stopped.getMessage() + place)
        .hint(
            "`resume "
                + run.id()
                + (stopped.exit() == ExitCode.UNKNOWN ? "` finds out and" : "`")
                + " goes on when the server answers; nothing is lost")
        .causedBy(stopped);
  }

  /** Whether the checkpoint's own checks refused the batch. */
  static boolean isOurOwnCheck(RolledBack failed) {
    return Stream.of("conservation", "journalled", "counted")
        .anyMatch(
            check ->
                failed.message().contains("CHECK constraint failed: " + check)
                    || (failed.message().contains("\"cairn_checkpoint\"")
                        && failed.message().contains("check constraint \"" + check + "\"")));
  }

  CairnException conservation(Object upTo, RolledBack failed) {
    return CairnException.failed(
            "conservation",
            "lane %s up to %s: the rows written and the rows found don't add up to the rows that the"
                    .formatted(lane.label(), upTo)
                + " query yields ("
                + failed.message()
                + "); the batch was rolled back")
        .hint("a trigger that drops rows, or two source rows for one target key, can cause this");
  }

  /** A value that doesn't make the round trip would be met again and again. */
  CairnException stuck(Object at) {
    return CairnException.failed(
        "source-key",
        "lane %s: the batches don't get past %s; is a cursor value no valid text?"
            .formatted(lane.label(), at));
  }

  CairnException conflict(Object upTo) {
    return CairnException.failed(
            "conflict",
            "lane %s up to %s: a target row has the key and other values, and the plan says stop"
                .formatted(lane.label(), upTo))
        .hint("`verify` lists the rows that differ");
  }

  CairnException poison(Object upTo, RolledBack failed) {
    return CairnException.failed(
            "poison-row", "%s was refused: %s".formatted(batches.row(upTo), failed.message()))
        .hint(
            "mend the row, then `resume`; the rows before it are done."
                + " `apply --quarantine` sets such rows aside");
  }

  /** The fence refused: somebody else owns the run, or a parent row is gone. */
  CairnException fenced(long batch) {
    Run now = journal.run(run.id());
    if (now.status() != RunStatus.RUNNING || now.owner().epoch() != run.owner().epoch()) {
      return lost(now);
    }
    Optional<SqlFragment> parents = batches.parentsExist();
    if (parents.isPresent()) {
      try (ReadView view = database.view()) {
        if (view.number(parents.get()) == 0) {
          return CairnException.drift(
                  "foreign-key", "a row that lane " + lane.label() + " refers to has been deleted")
              .hint("plan again to see what is missing");
        }
      }
    }
    return CairnException.stopped(
            "fenced", "batch " + batch + " of lane " + lane.label() + " is already there")
        .hint("another process is at work on this run: `status`");
  }

  /** What to say when the run is no longer this process's. */
  static CairnException lost(Run now) {
    if (now.status() == RunStatus.PAUSED) {
      return CairnException.stopped("stop-requested", "run " + now.id() + " was asked to stop")
          .hint("`resume` goes on");
    }
    if (now.status() == RunStatus.ABANDONED || now.status() == RunStatus.UNDONE) {
      return CairnException.drift("run-ended", "run " + now.id() + " is " + now.status());
    }
    return CairnException.stopped(
        "taken-over",
        "run %d was taken over by process %d on %s"
            .formatted(now.id(), now.owner().pid(), now.owner().host()));
  }
}
