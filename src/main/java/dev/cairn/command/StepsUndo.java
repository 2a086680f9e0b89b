package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.database.Database;
import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunKind;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.journal.UndoPlanner;
import dev.cairn.journal.Undoing;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.ScriptSpec;
import dev.cairn.plan.StepSequence;
import dev.cairn.plan.StepSequence.Part;
import dev.cairn.preview.MeasuredSteps;
import dev.cairn.preview.StepsMeasurer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans how the steps of a run are taken back: in reverse order, rows before the schema that they
 * stand in. It is a plan of several steps too.
 */
final class StepsUndo {
  private final Session session;
  private final List<Part> parts = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private StepsUndo(Session session) {
    this.session = session;
  }

  /** The plan that takes a run back; the first of its steps is measured, as the next to be done. */
  static MeasuredSteps plan(Session session, Run run) {
    return new StepsUndo(session).plan(run);
  }

  private MeasuredSteps plan(Run run) {
    if (run.kind() == RunKind.UNDO) {
      throw CairnException.refused(
              "undo-of-steps", "run " + run.id() + " took the steps of a plan back")
          .hint("plan and apply that plan again");
    }
    Database database = session.database();
    new UndoPlanner(database, session.journal()).refuseUnlessDone(run);
    for (Run child : new StepRuns(database, session.journal()).of(run)) {
      if (child.batches() > 0) {
        back(child);
      }
    }
    if (parts.isEmpty()) {
      throw CairnException.refused(
              "nothing-to-undo", "run " + run.id() + " left nothing that can be taken back")
          .hint("`runs` lists the runs");
    }
    List<MeasuredSteps.Step> steps = new ArrayList<>();
    for (Part part : parts) {
      Optional<Measured> first =
          steps.isEmpty() ? Optional.of(new PlanMaker(session).back(part)) : Optional.empty();
      first.map(Measured::findings).ifPresent(findings::addAll);
      steps.add(new MeasuredSteps.Step(part, first.map(Measured::plan), first));
    }
    Plan plan =
        new Plan(
            UndoPlanner.name(run),
            Undoing.text(run.id()),
            true,
            Optional.empty(),
            database.catalog().fingerprint(),
            List.of(new StepSequence(parts)),
            List.of());
    return StepsMeasurer.measure(database, plan, steps, findings);
  }

  private void back(Run child) {
    PlanFile file = StoredPlan.of(child);
    String name = child.plan().substring(child.plan().lastIndexOf("--") + 2);
    boolean stands = child.status() != RunStatus.UNDONE;
    if (stands && (child.tally().written() > 0 || file.rebuild().isPresent())) {
      parts.add(new Part("undo-" + name, "undo", child.id()));
    }
    if (file.script().isEmpty()) {
      return;
    }
    if (file.script().flatMap(ScriptSpec::rollback).isPresent()) {
      if (isRolledBack(child)) {
        return;
      }
      parts.add(new Part("rollback-" + name, "rollback", child.id()));
    } else if (stands && new PlanMaker(session).changesSchema(child)) {
      findings.add(
          Finding.of(
              "no-rollback",
              Severity.ERROR,
              ("step %s (run %d) changed the schema and declares no rollback; `undo RUN` takes back"
                      + " the runs of the steps behind it one by one, the last first")
                  .formatted(name, child.id())));
    }
  }

  /** Its rows may have come back in a run that was given up before the schema did. */
  private boolean isRolledBack(Run child) {
    return session
        .journal()
        .latest(UndoPlanner.rollbackName(child))
        .filter(run -> run.status() == RunStatus.SUCCEEDED)
        .isPresent();
  }

  /** Fails where a run can't be taken back by itself: it is a step, and a step behind it stands. */
  static void refuseInTheMiddle(Session session, Run run) {
    StepRuns steps = new StepRuns(session.database(), session.journal());
    Optional<Run> whole = steps.whole(run);
    if (whole.isEmpty()) {
      return;
    }
    boolean behind =
        steps.of(whole.get()).stream()
            .anyMatch(
                other ->
                    other.id() > run.id()
                        && other.batches() > 0
                        && other.status() != RunStatus.UNDONE);
    boolean script = whole.get().kind() == RunKind.STEPS && StoredPlan.of(run).script().isPresent();
    if (behind || script || whole.get().kind() == RunKind.UNDO || whole.get().status().isOpen()) {
      throw CairnException.refused(
              "step-of-a-run", "run %d is a step of run %d".formatted(run.id(), whole.get().id()))
          .hint("`undo " + whole.get().id() + "` takes all its steps back, the last first");
    }
  }
}
