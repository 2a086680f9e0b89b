package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/** A run that is one transaction: all that it does is there with its one checkpoint, or nothing. */
final class OneTransaction {
  private final Database database;
  private final Journal journal;
  private final BatchListener listener;
  private final StopSignal stop;

  OneTransaction(Database database, Journal journal, BatchListener listener, StopSignal stop) {
    this.database = database;
    this.journal = journal;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * The place of its checkpoint. Fails where it shall not begin.
   *
   * @param end what stands for the end of what it does
   */
  BatchPlace begin(Run run, Object end) {
    if (stop.stopRequested()) {
      throw CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped before it began")
          .hint("`resume` goes on from here");
    }
    database.checkStillThere();
    listener.laneStarts(0, 0);
    return new BatchPlace(run.id(), 0, 1, run.owner().epoch(), Optional.empty(), end);
  }

  /**
   * Runs it.
   *
   * @param batch whose last statement reads the tally
   * @param refused what a batch that was rolled back means
   * @param took is told the seconds that it took, where it was committed
   */
  Run run(
      Run run,
      BatchPlace place,
      AtomicBatch batch,
      Function<RolledBack, CairnException> refused,
      DoubleConsumer took) {
    long started = System.nanoTime();
    BatchOutcome outcome = database.atomically(batch);
    double seconds = (System.nanoTime() - started) / 1e9;
    List<Object> tally = tally(place, batch, outcome, refused);
    journal.worked(run, seconds);
    listener.committed(0, 1, ((Number) tally.get(8)).longValue(), BatchTally.of(tally));
    listener.laneDone(0);
    took.accept(seconds);
    return journal.run(run.id());
  }

  /** The checkpoint stands exactly where all that was done does. */
  private List<Object> tally(
      BatchPlace place,
      AtomicBatch batch,
      BatchOutcome outcome,
      Function<RolledBack, CairnException> refused) {
    if (outcome instanceof Committed committed) {
      return committed.results().get(batch.statements().size() - 1);
    }
    if (outcome instanceof Unknown unknown) {
      return new UnclearBatch(database, listener, stop)
          .resolve(place, unknown)
          .orElseThrow(
              () ->
                  CairnException.stopped("not-committed", "nothing happened: " + unknown.message())
                      .hint("`resume` tries again"));
    }
    throw refused.apply((RolledBack) outcome);
  }
}
