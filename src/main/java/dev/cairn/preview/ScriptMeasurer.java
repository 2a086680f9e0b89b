package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Batching;
import dev.cairn.plan.Condition;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RollbackLosses;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the database whether a script may begin. How many rows it changes isn't known before it
 * runs: a statement reads what those before it leave. Reads only.
 */
public final class ScriptMeasurer {
  private ScriptMeasurer() {}

  /** Measures a script: its findings answered by the data, and what it requires. */
  public static Measured measure(Database database, Plan plan) {
    RunScript step = (RunScript) plan.step();
    List<Finding> findings = new ArrayList<>();
    try (ReadView view = database.view()) {
      findings.addAll(new ProbeAnswers(view).answered(plan.findings()));
      findings.addAll(
          step.undoes() > 0
              ? losses(view, database, step)
              : conditions(view, database.dialect(), step.requires()));
    }
    if (step.isOneWay()) {
      findings.add(oneWay());
    }
    if (database.readOnly()) {
      findings.add(
          Finding.of(
              "read-only", Severity.NOTE, "the database is open read-only: apply will refuse"));
    }
    // WHOLE: a row may stand in the journal several times.
    Lane lane = new Lane(null, Batching.WHOLE.name(), List.of(), null, null, 0, 0, 0, "");
    Measured measured = measured(database, plan, lane, findings, Optional.empty());
    return measured.refused()
        ? measured
        : measured(database, plan, lane, findings, Optional.of(TokenMaker.token(measured)));
  }

  /** What is said of a script that can't be taken back. */
  public static Finding oneWay() {
    return Finding.of(
        "no-rollback",
        Severity.WARNING,
        "it can't be taken back: the script changes the schema and declares no `rollback`");
  }

  private static Measured measured(
      Database database, Plan plan, Lane lane, List<Finding> findings, Optional<Token> token) {
    return new Measured(plan, database.identity(), List.of(lane), findings, token, 0);
  }

  private static List<Finding> losses(ReadView view, Database database, RunScript rollback) {
    List<Finding> findings = new ArrayList<>();
    for (RollbackLosses.Loss loss :
        RollbackLosses.of(rollback.statements(), database.catalog(), database.dialect())) {
      long rows = view.number(SqlFragment.of(loss.count()));
      if (rows > 0) {
        findings.add(
            Finding.of(
                "rollback-loss",
                Severity.ERROR,
                "the rollback would take what others wrote: %,d %s; move or remove them first"
                    .formatted(rows, loss.words())));
      }
    }
    return findings;
  }

  /** An error for each condition that doesn't hold, with the value that is there. */
  public static List<Finding> conditions(
      ReadView view, Dialect dialect, List<Condition> conditions) {
    List<Finding> findings = new ArrayList<>();
    for (Condition condition : conditions) {
      if (view.number(condition.holds(dialect)) == 0) {
        findings.add(
            Finding.of(
                "requires",
                Severity.ERROR,
                "%s is %s, and must be %s"
                    .formatted(
                        condition.words(),
                        view.exactRows(condition.value()).get(0).get(0),
                        condition.is())));
      }
    }
    return findings;
  }
}
