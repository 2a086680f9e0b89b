package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.plan.Measured;
import dev.cairn.plan.NamedTables;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.StepSequence;
import dev.cairn.plan.StepSequence.Part;
import dev.cairn.plan.StepSpec;
import dev.cairn.plan.Token;
import dev.cairn.preview.MeasuredSteps;
import dev.cairn.preview.Measurer.Depth;
import dev.cairn.preview.ScriptMeasurer;
import dev.cairn.preview.StepsMeasurer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans a plan of several steps: each against the schema that those before it leave, as tried on a
 * copy of the schema; and measures those which read nothing that an earlier step may write. The
 * others are measured when their turn comes.
 */
final class StepsPlanning {
  private final Session session;
  private final Database database;
  private final List<MeasuredSteps.Step> steps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** What the steps so far may write, and whatever else they name. */
  private final Set<String> named = new HashSet<>();

  private boolean migrates;

  StepsPlanning(Session session) {
    this.session = session;
    this.database = session.database();
  }

  /**
   * Plans and measures.
   *
   * @param upTo the token of an earlier measurement, up to whose bounds it is made again
   */
  MeasuredSteps plan(PlanFile file, Optional<Token> upTo, Depth depth) {
    Catalog now = database.catalog();
    Optional<Run> open =
        session
            .journal()
            .open(file.name())
            .filter(run -> run.hasSteps() && run.planText().equals(file.text()));
    try (StepsTrial trial = StepsTrial.of(session)) {
      for (int i = 0; i < file.steps().size(); i++) {
        Optional<Run> done = done(open, i);
        if (done.isPresent()) {
          StepSpec spec = file.steps().get(i);
          Part part = new Part(spec.name(), kind(spec.plan()), 0);
          steps.add(
              new MeasuredSteps.Step(part, Optional.empty(), Optional.empty(), done.get().id()));
        } else {
          step(file.steps().get(i), trial, bound(upTo, i), depth);
        }
      }
    }
    Plan plan =
        new Plan(
            file.name(),
            file.text(),
            false,
            Optional.empty(),
            now.fingerprint(),
            List.of(new StepSequence(steps.stream().map(MeasuredSteps.Step::part).toList())),
            List.of());
    return StepsMeasurer.measure(database, plan, steps, findings);
  }

  /** Of a run that was interrupted, what did a step: only what is left is planned. */
  private Optional<Run> done(Optional<Run> open, int step) {
    StepRuns runs = new StepRuns(database, session.journal());
    return open.flatMap(run -> runs.of(run, step))
        .filter(run -> run.status() == RunStatus.SUCCEEDED);
  }

  private static Optional<Token> bound(Optional<Token> upTo, int step) {
    return upTo.filter(token -> step < token.bounds().size())
        .map(token -> token.bounds().get(step).bound())
        .map(bound -> Token.parse(String.valueOf(bound)));
  }

  private void step(StepSpec spec, StepsTrial trial, Optional<Token> upTo, Depth depth) {
    PlanFile file = spec.plan();
    Part part = new Part(spec.name(), kind(file), 0);
    Catalog before = trial.catalog();
    trial.check(file.requires());
    Optional<Plan> plan =
        file.restore().isPresent() ? Optional.empty() : Optional.of(trial.plan(file));
    if (plan.isEmpty()) {
      trial.checkTable(file.restore().orElseThrow().table());
    }
    List<Finding> back = plan.map(each -> trial.follow(file, each)).orElse(List.of());
    trial.check(file.ensures());
    Set<String> tables = new HashSet<>(NamedTables.of(file, before, session.flavour()));
    tables.addAll(NamedTables.of(file, trial.catalog(), session.flavour()));
    boolean first = tables.stream().noneMatch(named::contains);
    named.addAll(tables);
    Optional<Measured> measured =
        first ? Optional.of(measured(file, upTo, depth)) : Optional.empty();
    steps.add(new MeasuredSteps.Step(part, plan, measured));
    measured
        .map(Measured::findings)
        .or(() -> plan.map(StepsPlanning::unasked))
        .ifPresent(found -> add(spec, found));
    // The undo of a migration asks its query again, on the very schema that it was planned on.
    add(spec, migrates ? back.stream().map(StepsPlanning::raised).toList() : back);
    migrates |= file.migration().isPresent();
  }

  private static Finding raised(Finding back) {
    return Finding.of(
        back.check(),
        Severity.ERROR,
        back.message() + ", so that the migration before it could not be taken back");
  }

  /** Of a step that can't be measured yet the data can't refute anything, nor confirm it. */
  private static List<Finding> unasked(Plan plan) {
    List<Finding> open = new ArrayList<>();
    for (Finding each : plan.findings()) {
      boolean error = each.severity() == Severity.ERROR && each.probe().isEmpty();
      open.add(
          new Finding(
              each.check(),
              error ? Severity.ERROR : Severity.WARNING,
              each.message(),
              each.span()));
    }
    if (plan.step() instanceof dev.cairn.plan.RunScript script && script.isOneWay()) {
      open.add(ScriptMeasurer.oneWay());
    }
    return open;
  }

  private void add(StepSpec spec, List<Finding> found) {
    for (Finding each : found) {
      findings.add(
          new Finding(
              each.check(),
              each.severity(),
              "step " + spec.name() + ": " + each.message(),
              each.span(),
              each.rewrite(),
              Optional.empty()));
    }
  }

  private Measured measured(PlanFile file, Optional<Token> upTo, Depth depth) {
    PlanMaker maker = new PlanMaker(session);
    Measured measured = maker.measured(maker.plan(file, Optional.empty()), upTo, depth);
    return file.script().isPresent()
        ? measured
        : dev.cairn.preview.Measurer.withFindings(measured, required(database, file));
  }

  /** What a step requires and isn't so. */
  static List<Finding> required(Database database, PlanFile file) {
    try (ReadView view = database.view()) {
      return ScriptMeasurer.conditions(view, database.dialect(), file.requires());
    }
  }

  /** The word for what a step does. */
  static String kind(PlanFile file) {
    if (file.script().isPresent()) {
      return "script";
    }
    if (file.change().isPresent()) {
      return "change";
    }
    if (file.rebuild().isPresent()) {
      return "rebuild";
    }
    return file.restore().isPresent() ? "restore" : "migrate";
  }

  /** Fails where a further predicate was typed: it can't be said of which step. */
  static void refuseWhere(Optional<String> where) {
    if (where.isPresent()) {
      throw CairnException.usage("a plan of several steps takes no further predicate")
          .hint("write it into the step");
    }
  }
}
