package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.batch.BatchRunner;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Journal;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Measured;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.StepSequence.Part;
import dev.cairn.plan.Token;
import dev.cairn.preview.Measurer.Depth;
import dev.cairn.preview.ScriptMeasurer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Does the steps of a run, each as a run of its own, from wherever its checkpoints say. A step is
 * planned and measured when its turn comes; where it must not begin, or did not lead to what it
 * ensures, the run stops at that edge.
 */
final class StepsRunner {
  private static final String DRIFT = "step-drift";
  private static final String OTHER_ROWS = " rows were planned for it and ";

  private final Session session;
  private final Database database;
  private final Journal journal;
  private final RunWork work;
  private final StepRuns steps;

  /** Whether a person saw that other rows are there than were planned, and goes on. */
  private final boolean sawDrift;

  StepsRunner(Session session, RunWork work, Run before) {
    this.session = session;
    this.database = session.database();
    this.journal = session.journal();
    this.work = work;
    this.steps = new StepRuns(database, journal);
    this.sawDrift = before.reason().filter(why -> why.contains(OTHER_ROWS)).isPresent();
  }

  /** Works until the last step's end or a reason to stop; fails as {@link BatchRunner#run} does. */
  Run run(Approved approved, Run run, WatchedProgress watch) {
    long started = System.nanoTime();
    try {
      for (int number = 0; number < run.lanes().size(); number++) {
        LaneState lane = run.lanes().get(number);
        if (!lane.done()) {
          session.refuseAfterSignal();
          watch.laneStarts(number, 0);
          Run child = step(approved, run, number);
          steps.done(new StepRuns.Link(run, number), child);
          watch.committed(number, 1, child.tally().expected(), child.tally());
        }
        watch.laneDone(number);
      }
    } catch (CairnException stopped) {
      journal.end(run, BatchRunner.statusAfter(stopped), stopped.getMessage(), since(started));
      throw stopped;
    } catch (RuntimeException fault) {
      journal.end(run, RunStatus.INTERRUPTED, "a fault in Cairn", since(started));
      throw fault;
    }
    if (!journal.end(run, RunStatus.SUCCEEDED, null, since(started))) {
      throw CairnException.stopped("taken-over", "run " + run.id() + " is no longer ours");
    }
    return journal.run(run.id());
  }

  private static double since(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  /** The run that did the step, at its end. */
  private Run step(Approved approved, Run whole, int number) {
    Part part = whole.step(number);
    Optional<PlanFile> file = file(whole, part);
    Optional<Run> begun = steps.of(whole, number);
    Run done;
    if (begun.filter(run -> run.status() == RunStatus.SUCCEEDED).isPresent()) {
      done = begun.get(); // only the note that it is done is missing
    } else if (begun.filter(run -> run.batches() > 0).isPresent()) {
      session.output().notice(words(whole, number) + ": going on with run " + begun.get().id());
      done = work.resumeStep(begun.get());
    } else {
      if (begun.isPresent() && !journal.giveUpUnbegun(begun.get())) {
        return step(approved, whole, number); // whoever began it was not dead, and went on
      }
      session.output().notice(words(whole, number));
      done = start(approved, whole, number, file);
    }
    file.ifPresent(each -> ensure(each, part));
    return done;
  }

  private static String words(Run whole, int number) {
    Part part = whole.step(number);
    return "step %d of %d: %s (%s)"
        .formatted(number + 1, whole.lanes().size(), part.name(), part.kind());
  }

  /** The step's own plan; a step that takes another back has none. */
  private static Optional<PlanFile> file(Run whole, Part part) {
    return part.run() > 0
        ? Optional.empty()
        : Optional.of(StoredPlan.of(whole).named(PlanFile.nameOf(whole.plan(), part.name())));
  }

  private Run start(Approved approved, Run whole, int number, Optional<PlanFile> file) {
    Part part = whole.step(number);
    Optional<Token> planned =
        Optional.ofNullable(whole.lanes().get(number).bound())
            .map(bound -> Token.parse(String.valueOf(bound)));
    PlanMaker maker = new PlanMaker(session);
    Measured measured =
        file.isPresent()
            ? maker.measured(maker.plan(file.get(), Optional.empty()), planned, Depth.FULL)
            : maker.back(part);
    if (file.isPresent() && file.get().script().isEmpty()) {
      refuse("requires", part, StepsPlanning.required(database, file.get()));
    }
    refuse("step-refused", part, measured.findings());
    if (planned.isPresent()) {
      refuseOtherRows(part, planned.get(), ApplyCommand.token(measured));
    }
    Approved let = new Approved(measured, approved.by());
    Run run = journal.start(let, Optional.of(new StepRuns.Link(whole, number)));
    return work.goStep(let, run);
  }

  private static void refuse(String code, Part part, List<Finding> findings) {
    List<Finding> errors =
        findings.stream().filter(each -> each.severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      boolean requires = errors.stream().allMatch(each -> each.check().equals("requires"));
      String why = errors.stream().map(Finding::message).collect(Collectors.joining("; "));
      throw CairnException.refused(
          requires ? "requires" : code,
          "step %s was not begun: %s; the steps before it are done".formatted(part.name(), why));
    }
  }

  /** What a person approved was measured before the first step; none of them touches these rows. */
  private void refuseOtherRows(Part part, Token planned, Token now) {
    if (!sawDrift && !now.sameRows(planned)) {
      throw CairnException.drift(
          DRIFT,
          "step %s was not begun: %,d%s%,d are there, or others; the steps before it are done"
              .formatted(part.name(), planned.count(), OTHER_ROWS, now.count()));
    }
  }

  /** A script was asked within its transaction; any other step may have needed several. */
  private void ensure(PlanFile file, Part part) {
    if (file.script().isPresent()) {
      return;
    }
    try (ReadView view = database.view()) {
      List<Finding> wrong = ScriptMeasurer.conditions(view, database.dialect(), file.ensures());
      if (!wrong.isEmpty()) {
        throw CairnException.of(
            ExitCode.MISMATCH,
            "ensures",
            "step %s is done, and this doesn't hold: %s"
                .formatted(
                    part.name(),
                    wrong.stream().map(Finding::message).collect(Collectors.joining("; "))));
      }
    }
  }
}
