package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.Journal;
import dev.cairn.journal.RebuildJournal;
import dev.cairn.journal.RebuildJournal.Part;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.RebuildTable;
import java.util.List;

/** Makes a table anew in one transaction: all of it, or nothing. */
final class RebuildRunner {
  private final Database database;
  private final Journal journal;
  private final BatchListener listener;
  private final OneTransaction whole;

  RebuildRunner(Database database, Journal journal, BatchListener listener, StopSignal stop) {
    this.database = database;
    this.journal = journal;
    this.listener = listener;
    this.whole = new OneTransaction(database, journal, listener, stop);
  }

  /**
   * Runs it. Fails as {@link BatchRunner#run} does; then nothing of it happened, unless it says.
   */
  Run run(RebuildTable step, Run run) {
    BatchPlace place = whole.begin(run, RebuildJournal.END);
    List<String> sound;
    try (ReadView view = database.view()) {
      sound = RebuildJournal.sound(view, step, database.dialect());
    }
    List<Part> parts =
        new RebuildJournal(step, database.dialect(), place, sound)
            .parts(System.currentTimeMillis());
    return whole.run(
        run,
        place,
        AtomicBatch.rebuild(parts.stream().map(Part::sql).toList()),
        failed -> refused(failed, parts, run),
        seconds -> listener.says("a writer waited %.2f s at most".formatted(seconds)));
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
