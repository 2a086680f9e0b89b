package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunKind;
import dev.cairn.journal.UndoPlanner;
import dev.cairn.journal.Undoing;
import dev.cairn.plan.ChangePlanner;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.KeyRange;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.MigrationQuery;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.PlanFileReader;
import dev.cairn.plan.Planner;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RestoreSpec;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.ScriptPlanner;
import dev.cairn.plan.SqlText;
import dev.cairn.plan.StepSequence;
import dev.cairn.plan.StepSequence.Part;
import dev.cairn.plan.Token;
import dev.cairn.preview.ChangeMeasurer;
import dev.cairn.preview.Measurer;
import dev.cairn.preview.Measurer.Depth;
import dev.cairn.preview.RebuildMeasurer;
import dev.cairn.preview.RestoreMeasurer;
import dev.cairn.preview.ScriptMeasurer;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import dev.cairn.sql.StatementSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes and measures plans for the commands: from a file, from a run, and again before an apply.
 */
final class PlanMaker {
  private final Session session;
  private final Database database;

  PlanMaker(Session session) {
    this.session = session;
    this.database = session.database();
  }

  /** The plan of a file, measured in full. */
  Measured fromFile(String name, Optional<String> where, Optional<Token> upTo) {
    PlanFile file = session.planFiles().read(name);
    if (file.hasSteps()) {
      StepsPlanning.refuseWhere(where);
      return new StepsPlanning(session).plan(file, upTo, Depth.FULL).whole();
    }
    return measured(plan(file, where), upTo, Depth.FULL);
  }

  /** The plan of a statement, key-safe and without its semicolon, measured in full. */
  Measured fromSql(String sql) {
    return measured(
        ChangePlanner.plan(sql, database.catalog(), database.dialect()),
        Optional.empty(),
        Depth.FULL);
  }

  /** The plan that a run stored, up to the run's bounds. */
  Measured fromRun(Run run, Depth depth) {
    Plan plan = run.hasSteps() ? sequence(run) : planOf(run);
    if (plan.isChange()) {
      return ChangeMeasurer.stored(
          database, plan, run.lanes().stream().map(PlanMaker::stored).toList());
    }
    return measured(plan, Optional.of(Token.parse(run.token())), depth);
  }

  /** Its steps are planned when their turn comes. */
  private static Plan sequence(Run run) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < run.lanes().size(); i++) {
      parts.add(run.step(i));
    }
    return new Plan(
        run.plan(),
        run.planText(),
        run.kind() == RunKind.UNDO,
        Optional.empty(),
        run.schema(),
        List.of(new StepSequence(parts)),
        List.of());
  }

  private static Lane stored(LaneState lane) {
    return new Lane(
        lane.value(),
        lane.mapping(),
        List.of(),
        null,
        lane.bound(),
        lane.sourceRows(),
        lane.expectedRows(),
        0,
        "");
  }

  private Plan planOf(Run run) {
    Optional<RestoreSpec> restore = restore(run);
    if (restore.isPresent()) {
      return new RestorePlanning(session).resumed(restore.get(), run);
    }
    return run.kind() == RunKind.PLAN
        ? plan(StoredPlan.of(run), run.where())
        : typed(run.planText());
  }

  private Optional<RestoreSpec> restore(Run run) {
    return switch (run.kind()) {
      case PLAN -> StoredPlan.of(run).restore();
      case RESTORE -> Optional.of(RestoreSpec.parse(run.planText(), session.flavour()));
      default -> Optional.empty();
    };
  }

  /** The plan of a text that was typed: a command's that makes plans, else a statement's. */
  private Plan typed(String text) {
    if (Undoing.isRollback(text)) {
      throw new IllegalStateException(text); // one transaction: it is never gone on with
    }
    if (RestoreSpec.isOne(text)) {
      return new RestorePlanning(session).again(RestoreSpec.parse(text, session.flavour()));
    }
    return Undoing.isText(text)
        ? undoing(session.journal().run(Undoing.undone(text)))
        : ChangePlanner.plan(text, database.catalog(), database.dialect());
  }

  /** The plan that takes a run back, measured in full. */
  Measured undo(Run run) {
    return measured(undoing(run), Optional.empty(), Depth.FULL);
  }

  private Plan undoing(Run run) {
    UndoPlanner planner = new UndoPlanner(database, session.journal());
    planner.refuseUnlessDone(run);
    boolean migration = run.kind() == RunKind.PLAN && StoredPlan.of(run).migration().isPresent();
    return migration ? planner.migration(run, toResume(run)) : planner.changes(run);
  }

  /** The same plan measured again: what its token binds, up to the bounds. */
  Measured again(Measured earlier, Token upTo) {
    Plan plan = earlier.plan();
    if (plan.hasSteps()) {
      return plan.typed()
          ? StepsUndo.plan(session, session.journal().run(Undoing.undone(plan.text()))).whole()
          : new StepsPlanning(session)
              .plan(PlanFileReader.read(plan.name(), plan.text()), Optional.of(upTo), Depth.TOKEN)
              .whole();
    }
    Plan replanned = replanned(plan);
    Measured now =
        replanned.isChange()
            ? measured(replanned, Optional.of(upTo), Depth.TOKEN)
            : Measurer.measureAgain(database, replanned, upTo, Depth.TOKEN, earlier.lanes());
    if (now.lanes().size() != earlier.lanes().size()) {
      return now;
    }
    // What the target holds was counted when the plan was made; the batches need it as a hint only.
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < now.lanes().size(); i++) {
      lanes.add(now.lanes().get(i).withAlreadyThere(earlier.lanes().get(i).alreadyThere()));
    }
    return Measurer.withLanes(now, lanes);
  }

  private Plan replanned(Plan earlier) {
    return earlier.typed()
        ? typed(earlier.text())
        : plan(
            PlanFileReader.read(earlier.name(), earlier.text()), earlier.where(), earlier.schema());
  }

  /** Fails with exit 4 where a run can't go on as it was planned. */
  Measured toResume(Run run) {
    Measured now = fromRun(run, Depth.TOKEN);
    if (run.hasSteps()) {
      return now; // each step is held against the schema that it finds
    }
    if (!now.plan().schema().equals(run.schema())) {
      throw CairnException.drift(
              "schema-drift",
              "the schema is no longer the one that run " + run.id() + " was planned on")
          .hint("put the schema back and `resume`, or `abandon " + run.id() + "` and plan again");
    }
    boolean sameLanes = now.lanes().size() == run.lanes().size();
    for (int i = 0; sameLanes && i < now.lanes().size(); i++) {
      LaneState stored = run.lanes().get(i);
      sameLanes = stored.mapping().equals(now.lanes().get(i).mapping());
    }
    if (!sameLanes) {
      throw CairnException.drift(
              "mapping-drift",
              "the mapping (variants or looked-up values) is no longer the one of run " + run.id())
          .hint("put it back and `resume`, or `abandon " + run.id() + "` and plan again");
    }
    return now;
  }

  /** What takes back one step of a run, measured in full. */
  Measured back(Part part) {
    Run run = session.journal().run(part.run());
    Plan plan =
        part.kind().equals("rollback")
            ? ScriptPlanner.rollback(
                UndoPlanner.rollbackName(run),
                Undoing.rollback(run.id()),
                run.id(),
                StoredPlan.of(run),
                database.catalog(),
                database.dialect())
            : undoing(run);
    return measured(plan, Optional.empty(), Depth.FULL);
  }

  /** Whether the script that a run did holds changes of the schema. */
  boolean changesSchema(Run run) {
    SqlText script = StoredPlan.of(run).script().orElseThrow().script();
    return StatementSplitter.all(script.sql(), session.flavour()).stream()
        .map(piece -> StatementShape.classify(piece.text(script.sql()), session.flavour()))
        .anyMatch(kind -> kind == StatementKind.DDL || kind == StatementKind.ADDITIVE_DDL);
  }

  Plan plan(PlanFile file, Optional<String> where) {
    return plan(file, where, "");
  }

  /**
   * The same.
   *
   * @param checked the fingerprint of a schema on which the engine took this file's SQL before
   */
  private Plan plan(PlanFile file, Optional<String> where, String checked) {
    if (file.restore().isPresent()) {
      return new RestorePlanning(session).again(file.restore().get());
    }
    Catalog catalog = database.catalog();
    Plan plan = Planner.plan(file, where, catalog, database.dialect());
    if (plan.step() instanceof RebuildTable rebuild) {
      checkSql(rebuild, file);
    } else if (!plan.isChange() && !plan.schema().equals(checked)) {
      checkSql(plan, file);
    }
    return plan;
  }

  private void checkSql(RebuildTable rebuild, PlanFile file) {
    try {
      database.check(rebuild.newRows(database.dialect()));
    } catch (CairnException wrong) {
      throw wrong.reworded("plan-sql", "plan " + file.name() + ": " + wrong.getMessage());
    }
  }

  /** The engine has the last word on the expressions, before anything is measured with them. */
  private void checkSql(Plan plan, PlanFile file) {
    List<Lane> variants = new ArrayList<>();
    plan.migration()
        .fanOut()
        .ifPresentOrElse(
            fanOut ->
                fanOut.variants().forEach((name, rows) -> variants.add(TrialLane.of(name, rows))),
            () -> variants.add(TrialLane.of("", java.util.Map.of())));
    List<SqlFragment> queries = variants.stream().map(lane -> trial(plan, lane)).toList();
    try {
      database.check(queries);
      return;
    } catch (CairnException oneOfThem) {
      // which one is found out below
    }
    for (int i = 0; i < variants.size(); i++) {
      Lane lane = variants.get(i);
      try {
        database.check(queries.get(i));
      } catch (CairnException wrong) {
        String variant = lane.variant().isEmpty() ? "" : ", variant " + lane.variant();
        CairnException told =
            wrong.reworded("plan-sql", "plan " + file.name() + variant + ": " + wrong.getMessage());
        throw told.code().equals("plan-sql")
            ? told.at(file.migration().orElseThrow().source().cursor().span())
            : told;
      }
    }
  }

  private SqlFragment trial(Plan plan, Lane lane) {
    return new MigrationQuery(plan.migration(), lane, database.dialect()).rows(KeyRange.upTo(null));
  }

  Measured measured(Plan plan, Optional<Token> upTo, Depth depth) {
    if (plan.step() instanceof ChangeRows change) {
      database.check(SqlFragment.of(change.sql()));
      Analyses analyses = new Analyses(session);
      Analysis answered = analyses.previewer().answered(analyses.of("", change.sql()));
      return ChangeMeasurer.measure(database, plan.with(answered.findings()), upTo);
    }
    if (plan.step() instanceof RunScript) {
      return ScriptMeasurer.measure(database, plan);
    }
    if (plan.step() instanceof RebuildTable) {
      return RebuildMeasurer.measure(database, plan);
    }
    return plan.restores().isEmpty()
        ? Measurer.measure(database, plan, upTo, depth)
        : RestoreMeasurer.measure(database, plan);
  }
}
