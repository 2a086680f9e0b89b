package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Condition;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.Planner;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.ScriptStatement;
import dev.cairn.sql.StatementKind;
import dev.cairn.sql.StatementShape;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a plan followed by their text. On PostgreSQL a schema can be tried on the server
 * only, where each statement would lock what others use; so what the text doesn't tell (a function
 * that isn't there, a type) is found when its step's turn comes, and that step is rolled back.
 */
final class ReplayedTrial implements StepsTrial {
  private final Session session;
  private final SchemaReplay replay;

  /** Once a step was followed the database no longer has what the next one reads. */
  private boolean followed;

  ReplayedTrial(Session session) {
    this.session = session;
    this.replay = new SchemaReplay(session.database().catalog(), session.flavour());
  }

  @Override
  public Catalog catalog() {
    return replay.catalog();
  }

  @Override
  public Plan plan(PlanFile step) {
    return Planner.plan(step, Optional.empty(), catalog(), session.database().dialect());
  }

  @Override
  public void check(List<Condition> conditions) {
    for (Condition condition : conditions) {
      if (StatementShape.classify(condition.sql(), session.flavour()) != StatementKind.READ) {
        throw StepsTrial.noQuery(
            condition, CairnException.failed("plan-condition", "it doesn't only read"));
      }
      if (followed) {
        continue;
      }
      try {
        session.database().check(condition.holds(session.database().dialect()));
      } catch (CairnException wrong) {
        throw StepsTrial.noQuery(condition, wrong);
      }
    }
  }

  @Override
  public List<Finding> follow(PlanFile step, Plan plan) {
    if (plan.step() instanceof RunScript script) {
      for (ScriptStatement each : script.statements()) {
        replay.follow(each.statement(), each.sql());
      }
      followed = true;
    }
    return List.of();
  }

  @Override
  public void close() {
    // nothing was opened
  }
}
