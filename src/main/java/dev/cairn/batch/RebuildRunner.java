package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Journal;
import dev.cairn.journal.RebuildJournal;
import dev.cairn.journal.RebuildJournal.Part;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.RebuildTable;
import java.util.List;
import java.util.Optional;

/** Makes a table anew in one transaction: all of it, or nothing. */
final class RebuildRunner {
  private final Database database;
  private final Journal journal;
  private final BatchListener listener;
  private final StopSignal stop;

  RebuildRunner(Database database, Journal journal, BatchListener listener, StopSignal stop) {
    this.database = database;
    this.journal = journal;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs it. Fails as {@link BatchRunner#run} does; then nothing of it happened, unless it says.
   */
  Run run(RebuildTable step, Run run) {
    if (stop.stopRequested()) {
      throw CairnException.of(ExitCode.INTERRUPTED, "interrupted", "stopped before it began")
          .hint("`resume` goes on from here");
    }
    database.checkStillThere();
    listener.laneStarts(0, 0);
    BatchPlace place =
        new BatchPlace(run.id(), 0, 1, run.owner().epoch(), Optional.empty(), RebuildJournal.END);
    List<String> sound;
    try (ReadView view = database.view()) {
      sound = RebuildJournal.sound(view, step, database.dialect());
    }
    List<Part> parts =
        new RebuildJournal(step, database.dialect(), place, sound)
            .parts(System.currentTimeMillis());
    long started = System.nanoTime();
    BatchOutcome outcome =
        database.atomically(AtomicBatch.rebuild(parts.stream().map(Part::sql).toList()));
    double seconds = (System.nanoTime() - started) / 1e9;
    if (outcome instanceof Committed committed) {
      return done(run, committed.results().get(parts.size() - 1), seconds);
    }
    if (outcome instanceof Unknown unknown) {
      return resolve(run, place, unknown, seconds);
    }
    throw refused((RolledBack) outcome, parts, run);
  }

  private Run done(Run run, List<Object> tally, double seconds) {
    journal.worked(run, seconds);
    listener.committed(0, 1, ((Number) tally.get(8)).longValue(), BatchTally.of(tally));
    listener.laneDone(0);
    listener.says("a writer waited %.2f s at most".formatted(seconds));
    return journal.run(run.id());
  }

  /** The checkpoint stands exactly where the new table does. */
  private Run resolve(Run run, BatchPlace place, Unknown unknown, double seconds) {
    Optional<List<Object>> tally =
        new UnclearBatch(database, listener, stop).resolve(place, unknown);
    return done(
        run,
        tally.orElseThrow(
            () ->
                CairnException.stopped("not-committed", "nothing happened: " + unknown.message())
                    .hint("`resume` tries again")),
        seconds);
  }

  private CairnException refused(RolledBack failed, List<Part> parts, Run run) {
    boolean known = failed.reason() == Reason.CONSTRAINT || failed.reason() == Reason.SQL;
    if (!known || failed.statement() < 0) {
      return BatchRefusals.stopping(failed);
    }
    Run now = journal.run(run.id());
    boolean ours = now.status() == RunStatus.RUNNING && now.owner().epoch() == run.owner().epoch();
    if (failed.statement() == 0 && !ours) {
      return BatchRefusals.lost(now);
    }
    String what = parts.get(failed.statement()).purpose();
    if (failed.statement() == 0) {
      return CairnException.drift("schema-drift", what + "; nothing was changed")
          .hint("`abandon " + run.id() + "`, then plan again");
    }
    boolean check = BatchRefusals.isOurOwnCheck(failed);
    return CairnException.failed(
            check ? "conservation" : "rebuild",
            what
                + (check ? "" : ": " + failed.message())
                + "; all of it was rolled back, nothing is lost")
        .hint("mend the plan or the rows, `abandon " + run.id() + "`, then plan again");
  }
}
