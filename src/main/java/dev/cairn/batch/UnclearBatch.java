package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchJournal;
import dev.cairn.journal.BatchPlace;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what became of a batch to which no answer came. Its checkpoint says, which is there
 * exactly where its rows are. It is read under the write lock, and so behind a commit that still
 * runs.
 */
final class UnclearBatch {
  private final Database database;
  private final BatchListener listener;
  private final StopSignal stop;

  UnclearBatch(Database database, BatchListener listener, StopSignal stop) {
    this.database = database;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * The batch's tally where it was committed, empty where it was not. Asks again while the database
   * doesn't answer that either; fails with exit 7 where it was to no avail.
   */
  Optional<List<Object>> resolve(BatchPlace place, Unknown unknown) {
    listener.says(unclear(unknown) + "; checking ...");
    Optional<List<Object>> tally = tally(place, unknown.message());
    listener.says(
        "batch " + place.batch() + " was " + (tally.isPresent() ? "committed" : "not committed"));
    return tally;
  }

  private String unclear(Unknown unknown) {
    if (stop.stopRequested()) {
      return "stopped before the answer to a batch came";
    }
    boolean here = database.patience().isZero();
    return (here ? "the database gave no clear answer" : "the server didn't answer")
        + " ("
        + unknown.message()
        + ")";
  }

  /** The same where the database has said something. */
  Optional<List<Object>> tally(BatchPlace place, String why) {
    AtomicBatch look = AtomicBatch.of(List.of(BatchJournal.readTally(place)));
    BatchOutcome outcome = database.repeatedly(look, stop::stopRequested);
    if (outcome instanceof Committed read) {
      List<Object> row = read.results().get(0);
      return row.isEmpty() ? Optional.empty() : Optional.of(row);
    }
    throw CairnException.of(
            ExitCode.UNKNOWN,
            "outcome-unknown",
            "batch %d: %s; whether it was committed could not be found out (%s)"
                .formatted(place.batch(), why, message(outcome)))
        .hint("`resume " + place.run() + "` finds out and goes on");
  }

  private static String message(BatchOutcome outcome) {
    return outcome instanceof RolledBack failed ? failed.message() : ((Unknown) outcome).message();
  }
}
