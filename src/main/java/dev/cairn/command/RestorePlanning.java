package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.journal.LaneState;
import dev.cairn.journal.Run;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.RestoreSpec;
import dev.cairn.plan.SqlText;
import dev.cairn.plan.TouchedTable;
import dev.cairn.preview.RestoreMeasurer;
import dev.cairn.preview.RestorePreviewer;
import dev.cairn.preview.RestoreScope;
import dev.cairn.preview.UnkeptValues;
import dev.cairn.snapshot.RestorePlanner;
import dev.cairn.snapshot.RestorePlanner.Restore;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.TokenKind;
import dev.cairn.sql.tree.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes the plan of a restore: from what was typed, from a plan file, or from a run. */
final class RestorePlanning {
  /** What these say is of a statement that runs by itself; a restore answers for it otherwise. */
  private static final Set<String> OF_STATEMENTS =
      Set.of("trigger", "cascade", "key-change", "missing-where");

  private final Session session;

  RestorePlanning(Session session) {
    this.session = session;
  }

  /** Plans it, shows what it would do, and the plan. Fails with exit 3 where nothing tells. */
  Measured plan(RestoreSpec wanted) {
    if (session.inTransaction()) {
      throw CairnException.refused(
              "open-transaction", "a plan can't be made inside an open transaction")
          .hint("COMMIT or ROLLBACK first");
    }
    Restore restore = RestorePlanner.plan(session.database(), wanted);
    Plan plan = judged(wanted, restore);
    Dialect dialect = session.database().dialect();
    Measured measured;
    RestoreScope scope;
    // One view for all of it: a count and a token of two moments would contradict each other.
    try (ReadView view = session.database().view(Optional.of(restore.beside()))) {
      if (!restore.described()) {
        refuseWhereAnythingDiffers(view, wanted, restore);
      }
      List<Finding> findings = new ArrayList<>(plan.findings());
      findings.addAll(UnkeptValues.find(view, dialect, plan.restores(), restore.unlike()));
      measured = RestoreMeasurer.measure(session.database(), view, plan.with(findings));
      scope = RestorePreviewer.preview(view, wanted, restore.rows());
    }
    session.output().restore(scope, measured, dialect);
    return measured;
  }

  /** The same plan made again, to see whether it is still the same. */
  Plan again(RestoreSpec wanted) {
    return judged(wanted, RestorePlanner.plan(session.database(), wanted));
  }

  /**
   * The plan of a run, to go on with it. Once all its rows are written down the snapshot isn't
   * needed. Before, it must still give the rows that were planned: else this fails with exit 4.
   */
  Plan resumed(RestoreSpec wanted, Run run) {
    if (run.lanes().stream().allMatch(lane -> lane.done() || lane.batches() > 0)) {
      return RestorePlanner.resumed(session.database(), wanted, run);
    }
    Plan plan = again(wanted);
    Measured now = RestoreMeasurer.measure(session.database(), plan);
    boolean same = now.lanes().size() == run.lanes().size();
    for (int i = 0; same && i < now.lanes().size(); i++) {
      LaneState lane = run.lanes().get(i);
      boolean written = lane.done() || lane.batches() > 0;
      same = written || Objects.equals(lane.bound(), now.lanes().get(i).bound());
    }
    if (!same) {
      throw CairnException.drift(
              "restore-drift",
              "run %d has not written its rows down, and they or the snapshot are no longer as planned"
                  .formatted(run.id()))
          .hint("`abandon " + run.id() + "`, then plan again");
    }
    return plan;
  }

  /** Without journal and predicate a later writer's work would be overwritten as damage. */
  private void refuseWhereAnythingDiffers(ReadView view, RestoreSpec wanted, Restore restore) {
    Map<String, Long> differences = RestorePreviewer.differences(view, restore.rows());
    if (differences.isEmpty()) {
      return;
    }
    session.plan(null);
    List<List<Object>> rows = new ArrayList<>();
    differences.forEach((column, count) -> rows.add(List.of(column, count)));
    session.output().rows(List.of("column", "rows_that_differ"), rows);
    throw CairnException.refused(
            "restore-undescribed",
            "nothing tells which of the rows of %s that differ are damaged: no run of Cairn changed"
                    .formatted(wanted.table().sql())
                + " them since the snapshot, and no predicate describes them")
        .hint(
            "say what a damaged row looks like now: plan restore %s from %s where ..."
                .formatted(wanted.table().sql(), wanted.from().sql()));
  }

  /** The predicate is read as that of an UPDATE would be: half a key in it is the old mistake. */
  private Plan judged(RestoreSpec wanted, Restore restore) {
    if (wanted.where().isEmpty()) {
      return restore.plan();
    }
    SqlText where = wanted.where().get();
    TouchedTable target = restore.rows().target();
    String table = session.database().dialect().quote(target.table().name());
    String column = session.database().dialect().quote(target.after().get(0));
    String statement = "UPDATE %s SET %s = %s WHERE ".formatted(table, column, column);
    Analyses analyses = new Analyses(session);
    Analysis analysis = analyses.of("", statement + where.sql());
    boolean one =
        analysis.statement() instanceof Update update
            && update.where().isPresent()
            && update.returning().isEmpty()
            && update.orderBy().isEmpty()
            && update.limit().isEmpty();
    boolean bound =
        Lexer.tokens(where.sql(), session.flavour()).stream()
            .anyMatch(token -> token.kind() == TokenKind.PARAMETER);
    if (!one || bound) {
      throw CairnException.failed("restore-where", "this is no predicate over " + table)
          .at(where.span())
          .hint("where avg IS NULL AND delta IS NOT NULL");
    }
    try {
      session
          .database()
          .check(SqlFragment.of("SELECT 1 FROM " + table + " WHERE (" + where.sql() + "\n)"));
    } catch (CairnException error) {
      throw new PlacedErrors(session).near(error, statement + where.sql()).at(where.span());
    }
    List<Finding> findings = new ArrayList<>(restore.plan().findings());
    for (Finding found : analyses.previewer().answered(analysis).findings()) {
      if (!OF_STATEMENTS.contains(found.check())) {
        findings.add(
            new Finding(found.check(), found.severity(), found.message(), Optional.empty()));
      }
    }
    return restore.plan().with(findings);
  }
}
