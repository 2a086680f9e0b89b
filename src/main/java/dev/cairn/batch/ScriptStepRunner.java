package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.BatchPlace;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.ScriptJournal;
import dev.cairn.journal.ScriptJournal.Part;
import dev.cairn.plan.RunScript;
import java.util.List;

/** Runs a script in one transaction: all of it, or nothing. */
final class ScriptStepRunner {
  private final Database database;
  private final Journal journal;
  private final OneTransaction whole;

  ScriptStepRunner(Database database, Journal journal, BatchListener listener, StopSignal stop) {
    this.database = database;
    this.journal = journal;
    this.whole = new OneTransaction(database, journal, listener, stop);
  }

  /**
   * Runs it. Fails as {@link BatchRunner#run} does; then nothing of it happened, unless it says.
   */
  Run run(RunScript step, Run run) {
    BatchPlace place = whole.begin(run, ScriptJournal.END);
    List<Part> parts =
        new ScriptJournal(step, database.dialect(), place)
            .parts(schemaVersion(run), System.currentTimeMillis());
    return whole.run(
        run,
        place,
        AtomicBatch.of(parts.stream().map(Part::sql).toList()),
        failed -> refused(failed, parts, run),
        seconds -> {});
  }

  /** The number of the schema, which is read first: what it is compared with is as old at most. */
  private long schemaVersion(Run run) {
    long version;
    try (ReadView view = database.view()) {
      version = view.number(SqlFragment.of(database.dialect().schemaVersion()));
    }
    if (!database.catalog().fingerprint().equals(run.schema())) {
      throw schemaDrift(run);
    }
    return version;
  }

  private static CairnException schemaDrift(Run run) {
    return CairnException.drift(
            "schema-drift", "the schema changed since the script was planned; nothing was changed")
        .hint("`resume " + run.id() + "` plans it anew");
  }

  private CairnException refused(RolledBack failed, List<Part> parts, Run run) {
    boolean known = failed.reason() == Reason.CONSTRAINT || failed.reason() == Reason.SQL;
    if (!known) {
      return BatchRefusals.stopping(failed);
    }
    if (failed.statement() < 0) {
      return CairnException.failed(
          "script", "the transaction could not end: " + failed.message() + "; nothing was changed");
    }
    Part part = parts.get(failed.statement());
    boolean check = BatchRefusals.isOurOwnCheck(failed);
    return switch (part.purpose()) {
      case FENCE -> fenced(run);
      case REQUIRES ->
          check
              ? CairnException.refused("requires", part.words() + "; nothing was changed")
              : failed(part, failed);
      case ENSURES ->
          check
              ? CairnException.of(
                  ExitCode.MISMATCH,
                  "ensures",
                  "behind the script this doesn't hold: " + part.words() + "; nothing was changed")
              : failed(part, failed);
      case SCRIPT -> failed(part, failed);
      case OWN ->
          CairnException.failed(
              "conservation",
              "the rows that the script changed and those written down differ ("
                  + failed.message()
                  + "); nothing was changed");
    };
  }

  private static CairnException failed(Part part, RolledBack failed) {
    return CairnException.failed(
        "script", part.words() + ": " + failed.message() + "; nothing was changed");
  }

  private CairnException fenced(Run run) {
    Run now = journal.run(run.id());
    boolean ours = now.status() == RunStatus.RUNNING && now.owner().epoch() == run.owner().epoch();
    return ours ? schemaDrift(run) : BatchRefusals.lost(now);
  }
}
