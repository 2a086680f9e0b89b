package dev.cairn.batch;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Journal;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Lane;
import dev.cairn.plan.MigrateRows;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.Suspension;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Runs an approved plan lane by lane, or some lanes at a time, batch by batch, from wherever its
 * checkpoints say. Every way out leaves the run in a status from which {@code resume} goes on, and
 * says so.
 */
public final class BatchRunner {
  /** Nothing failed: a person decides how it goes on. */
  private static final Set<String> AT_AN_EDGE =
      Set.of(
          "stop-requested", "rehearsal-drift", "requires", "ensures", "step-refused", "step-drift");

  private final Database database;
  private final Journal journal;
  private final BatchSettings settings;
  private final BatchListener listener;
  private final StopSignal stop;
  private volatile OptionalLong steady = OptionalLong.empty();

  /**
   * @param listener hears of every batch
   * @param stop asked between batches
   */
  public BatchRunner(
      Database database,
      Journal journal,
      BatchSettings settings,
      BatchListener listener,
      StopSignal stop) {
    this.database = database;
    this.journal = journal;
    this.settings = settings;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Works until the run's end or a reason to stop. Returns the run as the journal then has it;
   * fails with exit 6 where it stopped and may go on, 1 where a row was refused, 7 where the last
   * batch's outcome isn't known, 130 where a person interrupted.
   */
  public Run run(Approved approved, Run run) {
    long started = System.nanoTime();
    try {
      if (approved.measured().plan().step() instanceof RebuildTable rebuild) {
        return new RebuildRunner(database, journal, listener, stop).run(rebuild, run);
      }
      if (approved.measured().plan().step() instanceof RunScript script) {
        return new ScriptStepRunner(database, journal, listener, stop).run(script, run);
      }
      lanes(approved, run);
      makeUp(approved);
    } catch (CairnException stopped) {
      RunStatus status = statusAfter(stopped);
      journal.end(run, status, stopped.getMessage(), seconds(started));
      throw stopped;
    } catch (RuntimeException fault) {
      journal.end(run, RunStatus.INTERRUPTED, "a fault in Cairn", seconds(started));
      throw fault;
    }
    if (!journal.end(run, RunStatus.SUCCEEDED, null, seconds(started))) {
      throw BatchRefusals.lost(journal.run(run.id()));
    }
    return journal.run(run.id());
  }

  private void lanes(Approved approved, Run run) {
    try (Consideration others = new Consideration(database, listener, stop, settings.mostLag())) {
      lanes(approved, run, others);
    }
  }

  private void lanes(Approved approved, Run run, Consideration others) {
    int most = Math.min(settings.lanes(), run.lanes().size());
    if (most > 1) {
      Optional<String> why = LanesApart.hindrance(approved.measured().plan(), database);
      if (why.isEmpty()) {
        LanesBeside beside = new LanesBeside(most, listener);
        beside.run(
            run.lanes().size(),
            number -> lane(approved, run, number, beside.listener(), others, Optional.of(beside)));
        return;
      }
      listener.says("one lane at a time: " + why.get());
    }
    for (int number = 0; number < run.lanes().size(); number++) {
      lane(approved, run, number, listener, others, Optional.empty());
    }
  }

  private void lane(
      Approved approved,
      Run run,
      int number,
      BatchListener heard,
      Consideration consideration,
      Optional<StopSignal> others) {
    LaneState state = run.lanes().get(number);
    Lane lane = approved.measured().lanes().get(number);
    boolean empty =
        lane.expectedRows() == 0
            && state.batches() == 0
            && lane.entries().isEmpty()
            && approved.measured().plan().step(number) instanceof MigrateRows migration
            && migration.fanOut().isPresent();
    boolean stored = state.done();
    if (!stored && !empty) {
      heard.laneStarts(number, state.sourceRowsDone());
      LaneWork work = new LaneWork(approved.measured(), run, number, consideration, others);
      LaneRunner runner = new LaneRunner(database, journal, settings, heard, stop, work, steady);
      stored = runner.run();
      steady = runner.steady();
    }
    if (!stored) {
      journal.laneDone(run, number);
    }
    heard.laneDone(number);
  }

  /** What triggers that were off would have done; done again, it does no more. */
  private void makeUp(Approved approved) {
    Optional<String> then = approved.measured().plan().suspended().flatMap(Suspension::then);
    if (then.isEmpty()) {
      return;
    }
    BatchOutcome outcome =
        database.repeatedly(
            AtomicBatch.of(List.of(SqlFragment.of(then.get()))), stop::stopRequested);
    if (outcome instanceof Committed) {
      return;
    }
    String why =
        outcome instanceof RolledBack failed ? failed.message() : "it isn't known whether it ran";
    throw CairnException.stopped(
            "then-failed", "all rows are there, but `" + then.get() + "` failed: " + why)
        .hint("`resume` runs it again");
  }

  /** Where a run stands behind a reason to stop. */
  public static RunStatus statusAfter(CairnException stopped) {
    if (AT_AN_EDGE.contains(stopped.code())) {
      return RunStatus.PAUSED;
    }
    if (stopped.exit() == ExitCode.UNKNOWN) {
      return RunStatus.OUTCOME_UNKNOWN;
    }
    List<ExitCode> resumable = List.of(ExitCode.STOPPED, ExitCode.INTERRUPTED, ExitCode.TERMINATED);
    return resumable.contains(stopped.exit()) ? RunStatus.INTERRUPTED : RunStatus.FAILED;
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
