package dev.cairn.command;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.batch.BatchListener;
import dev.cairn.batch.BatchRunner;
import dev.cairn.batch.BatchSettings;
import dev.cairn.batch.Pace;
import dev.cairn.batch.StopSignal;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Condition;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.ScriptStatement;
import dev.cairn.plan.SqlText;
import dev.cairn.preview.RebuildMeasurer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The schema of a database in a file of its own, without a row, on which the steps of a plan are
 * tried in order: the engine itself says whether a later step fits what the earlier ones leave.
 */
final class SchemaTrial implements StepsTrial {
  private final Path file;
  private final Session session;

  SchemaTrial(Session real) {
    try {
      this.file = Files.createTempFile("cairn-trial", ".db"); // 0600, as createTempFile makes it
    } catch (IOException error) {
      throw CairnException.failed(
              "trial", "no file can be made to try the steps on: " + error.getMessage())
          .causedBy(error);
    }
    try {
      real.database().copySchema(file);
      this.session = real.on(file);
    } catch (RuntimeException failed) {
      delete();
      throw failed;
    }
  }

  @Override
  public Catalog catalog() {
    return session.database().catalog();
  }

  @Override
  public Plan plan(PlanFile step) {
    return new PlanMaker(session).plan(step, Optional.empty());
  }

  @Override
  public void check(List<Condition> conditions) {
    for (Condition condition : conditions) {
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
      return script(step, script);
    }
    if (plan.step() instanceof RebuildTable) {
      rebuild(step, plan);
    }
    return List.of();
  }

  private List<Finding> script(PlanFile step, RunScript script) {
    SqlText text = step.script().orElseThrow().script();
    String before = catalog().fingerprint();
    StatementSession statements = session.statements();
    for (ScriptStatement each : script.statements()) {
      try {
        if (each.change().isPresent()) {
          statements.check(each.sql());
        } else {
          run(statements, each.sql());
        }
      } catch (CairnException wrong) {
        throw CairnException.failed("plan-script", each.words() + ": " + wrong.getMessage())
            .at(text.span())
            .causedBy(wrong);
      }
    }
    return script.rollback().isEmpty() ? List.of() : back(step, script, before);
  }

  private List<Finding> back(PlanFile step, RunScript script, String before) {
    SqlText text = step.script().orElseThrow().rollback().orElseThrow();
    StatementSession statements = session.statements();
    run(statements, "BEGIN");
    try {
      for (String sql : script.rollback()) {
        try {
          run(statements, sql);
        } catch (CairnException wrong) {
          throw CairnException.failed(
                  "plan-script", "behind the script, `" + sql + "`: " + wrong.getMessage())
              .at(text.span())
              .causedBy(wrong);
        }
      }
      List<Finding> findings = new ArrayList<>();
      if (!statements.catalog().fingerprint().equals(before)) {
        findings.add(
            Finding.of(
                "rollback",
                Severity.WARNING,
                "behind its rollback the schema isn't the one that was there before"));
      }
      return findings;
    } finally {
      statements.rollback();
    }
  }

  private void rebuild(PlanFile step, Plan plan) {
    Measured measured = RebuildMeasurer.measure(session.database(), plan);
    if (measured.refused()) {
      return; // its findings refuse the whole plan
    }
    Approved approved = new Approved(measured, "trial");
    BatchSettings settings = new BatchSettings(Pace.FULL, OptionalLong.empty(), false);
    try {
      new BatchRunner(
              session.database(), session.journal(), settings, BatchListener.NONE, StopSignal.NEVER)
          .run(approved, session.journal().start(approved));
    } catch (CairnException wrong) {
      throw CairnException.failed("plan-rebuild", wrong.getMessage())
          .at(step.rebuild().orElseThrow().table().span())
          .causedBy(wrong);
    }
  }

  private static void run(StatementSession statements, String sql) {
    try (RowStream rows = statements.run(sql)) {
      rows.next();
    }
  }

  @Override
  public void close() {
    session.close();
    delete();
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-journal"));
    } catch (IOException left) {
      file.toFile().deleteOnExit();
    }
  }
}
