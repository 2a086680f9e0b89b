package dev.cairn.command;

import dev.cairn.batch.BatchRunner;
import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.database.Database;
import dev.cairn.database.Database.Sharing;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunKind;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Measured;
import dev.cairn.snapshot.Rehearsal;
import java.time.Duration;
import java.util.Optional;

/** Starts and continues runs for {@code apply} and {@code resume}. */
final class RunWork {
  private final Session session;
  private final Database database;
  private final boolean quarantine;

  /** The steps show their own progress. */
  private static final Console.Progress SILENT =
      () -> {
        // nothing was shown
      };

  RunWork(Session session, boolean quarantine) {
    this.session = session;
    this.database = session.database();
    this.quarantine = quarantine;
  }

  void refuseUnlessWritable() {
    if (database.readOnly()) {
      throw CairnException.failed("read-only", "the database is open read-only")
          .hint("open it without --read-only");
    }
    refuseInTransaction();
  }

  void refuseInTransaction() {
    if (session.inTransaction()) {
      throw CairnException.refused(
              "open-transaction", "a plan can't run inside an open transaction")
          .hint("COMMIT or ROLLBACK first");
    }
  }

  /** Goes on with a run under the approval that it was given. */
  Run resume(Run run) {
    return resume(run, -1);
  }

  /**
   * The same.
   *
   * @param drift by how many rows a lane may differ from the rehearsal; negative for none
   */
  Run resume(Run run, long drift) {
    Journal journal = session.journal();
    refuseWhileOwned(run);
    new StepRuns(database, journal).open(run).ifPresent(this::refuseWhileOwned);
    PlanMaker maker = new PlanMaker(session);
    Measured measured = maker.toResume(run);
    Optional<Rehearsal> rehearsal =
        stoppedByRehearsal(run) && drift < 0
            ? Optional.empty() // a person saw the difference, and goes on
            : Rehearsing.of(session, measured, Optional.of(run));
    Run ours = journal.takeOver(run, leaseMillis());
    WatchedProgress watch = watch(rehearsal, ours, drift);
    return run.hasSteps()
        ? goSteps(new Approved(measured, "resume"), ours, watch, run)
        : go(new Approved(measured, "resume"), ours, watch);
  }

  private void refuseWhileOwned(Run run) {
    if (session.journal().owned(run, leaseMillis())) {
      session.journal().takeOver(run, leaseMillis()); // fails, naming the owner
    }
  }

  private static boolean stoppedByRehearsal(Run run) {
    return run.status() == RunStatus.PAUSED
        && run.reason().filter(why -> why.contains("not as rehearsed")).isPresent();
  }

  /** What hears of a run that may have been rehearsed. */
  static WatchedProgress watch(Optional<Rehearsal> rehearsal, Run run, long drift) {
    return rehearsal
        .<WatchedProgress>map(each -> new RehearsalComparison(each, run, drift))
        .orElseGet(WatchedProgress::new);
  }

  /** Runs to the end. Where it stops early, the run so far is shown before the reason. */
  Run go(Approved approved, Run run, WatchedProgress watch) {
    if (run.hasSteps()) {
      return goSteps(approved, run, watch, run);
    }
    try {
      return batches(approved, run, watch);
    } catch (CairnException stopped) {
      throw shown(stopped, run);
    }
  }

  /**
   * The same of a run that has steps.
   *
   * @param before the run as it was before it was taken over
   */
  private Run goSteps(Approved approved, Run run, WatchedProgress watch, Run before) {
    try {
      return new StepsRunner(session, this, before).run(approved, run, watch.over(SILENT));
    } catch (CairnException stopped) {
      throw shown(stopped, run);
    }
  }

  /** Goes on with the run of a step. */
  Run resumeStep(Run run) {
    refuseWhileOwned(run);
    Measured measured = new PlanMaker(session).toResume(run);
    Run ours = session.journal().takeOver(run, leaseMillis());
    return goStep(new Approved(measured, "resume"), ours);
  }

  /** Runs a step to its end. */
  Run goStep(Approved approved, Run run) {
    return batches(approved, run, new WatchedProgress());
  }

  private Run batches(Approved approved, Run run, WatchedProgress watch) {
    Pace pace = pace();
    BatchSettings settings =
        new BatchSettings(
            pace,
            session.settings().batchRows(),
            quarantine,
            session.settings().tuning().lanes(),
            Duration.ofSeconds(session.settings().tuning().maxLagSeconds()));
    session
        .interrupts()
        .running(
            () -> {
              database.hasten();
              return true;
            });
    try (Console.Progress progress =
        watch.over(session.console().progress(approved.measured(), run.tally().expected()))) {
      BatchRunner runner =
          new BatchRunner(database, session.journal(), settings, progress, session.interrupts());
      return counted(runner.run(approved, run));
    } finally {
      session.interrupts().idle();
    }
  }

  /** Rows may go while a run is at work, but not without a word. */
  private Run counted(Run done) {
    long missed = done.plannedRows() - done.tally().expected();
    if (missed > 0) {
      session
          .output()
          .notice(
              "%,d of the %,d rows planned were not found when their batches came; `verify` compares"
                      .formatted(missed, done.plannedRows())
                  + " what the source has now");
    }
    return done;
  }

  private CairnException shown(CairnException stopped, Run run) {
    try {
      Run now = session.journal().run(run.id());
      session.output().run(now);
      boolean open = now.status().isOpen() && stopped.exit() != ExitCode.DRIFT;
      if (run.kind() == RunKind.STEPS && now.status().isOpen()) {
        return stopped.hint(
            "`resume %1$d` goes on; `abandon %1$d`, then `undo %1$d` takes back what is done"
                .formatted(run.id()));
      }
      return (stopped.hint().isEmpty() || run.hasSteps()) && open
          ? stopped.hint("`resume " + run.id() + "` goes on")
          : stopped;
    } catch (CairnException unreadable) {
      return stopped;
    }
  }

  private Pace pace() {
    String wanted = session.settings().pace();
    if (wanted.equals("full")) {
      return Pace.FULL;
    }
    if (!wanted.equals("shared") && database.writersQueue()) {
      return Pace.SERVER;
    }
    if (wanted.equals("shared") || database.live()) {
      return Pace.SHARED;
    }
    Sharing sharing = database.sharing();
    if (sharing == Sharing.ALONE) {
      return Pace.FULL;
    }
    session
        .output()
        .notice(
            sharing == Sharing.SHARED
                ? "another process has the database open: short batches with pauses (`set pace full` overrides)"
                : "whether others have the database open can't be seen: short batches with pauses"
                    + " (`set pace full` overrides)");
    return Pace.SHARED;
  }

  long leaseMillis() {
    return session.settings().leaseSeconds() * 1000;
  }
}
