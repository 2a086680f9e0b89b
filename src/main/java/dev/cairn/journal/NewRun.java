package dev.cairn.journal;

import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Approved;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.PlanStep;
import dev.cairn.plan.RebuildTable;
import dev.cairn.plan.RestoreRows;
import dev.cairn.plan.RunScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is stored when a run begins, as the statements of one transaction. */
final class NewRun {
  private NewRun() {}

  /**
   * The statements; the last one gives the run's number.
   *
   * @param link the step of another run that it does, where it does one
   * @param self the process that owns it
   * @param number the run's number; it fails where there is such a run
   * @param now for times that people read and for the lease, in milliseconds
   */
  static List<SqlFragment> statements(
      Database database,
      Approved approved,
      Optional<StepRuns.Link> link,
      ProcessIdentity self,
      long number,
      long now) {
    Measured measured = approved.measured();
    Dialect dialect = database.dialect();
    Catalog catalog = database.catalog();
    PlanStep step = measured.plan().step();
    List<SqlFragment> statements = new ArrayList<>(JournalTables.create(dialect));
    List<RestoreRows> restores = measured.plan().restores();
    statements.addAll(JournalTables.create(catalog, step, dialect));
    statements.addAll(JournalTables.create(catalog, restores, dialect));
    statements.add(insertRun(approved, self, number, now));
    if (step instanceof ChangeRows change) {
      change.touched().forEach(touched -> statements.add(JournalTables.note(touched, dialect)));
    } else if (step instanceof RebuildTable rebuild) {
      statements.add(JournalTables.note(rebuild.kept(), dialect));
    }
    restores.forEach(each -> statements.add(JournalTables.note(each.target(), dialect)));
    if (step instanceof RunScript script) {
      script.touched().forEach(touched -> statements.add(JournalTables.note(touched, dialect)));
    }
    int place = 0;
    for (Lane lane : measured.lanes()) {
      statements.add(
          SqlFragment.of(
              "INSERT INTO cairn_lane (run, lane, value, bound, mapping, source_rows, expected_rows)"
                  + " SELECT max(run), ?, ?, ?, ?, ?, ? FROM cairn_run",
              (long) place++,
              dialect.kept(lane.value()),
              dialect.kept(lane.bound()),
              lane.mapping(),
              lane.sourceRows(),
              lane.expectedRows()));
    }
    link.ifPresent(each -> statements.add(each.store()));
    statements.add(SqlFragment.of("SELECT max(run) FROM cairn_run"));
    return statements;
  }

  private static SqlFragment insertRun(
      Approved approved, ProcessIdentity self, long number, long now) {
    Measured measured = approved.measured();
    return SqlFragment.of(
        "INSERT INTO cairn_run (run, plan, plan_text, where_text, token, target_table,"
            + " schema_fingerprint, approved_by, status, epoch, owner_pid, owner_host,"
            + " heartbeat_ms, started_ms, tool_version, kind)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', 1, ?, ?, ?, ?, ?, ?)",
        number,
        measured.plan().name(),
        measured.plan().text(),
        measured.plan().where().orElse(null),
        measured.token().orElseThrow().text(),
        measured.plan().tableName(),
        measured.plan().schema(),
        approved.by(),
        self.pid(),
        self.host(),
        now,
        now,
        Journal.VERSION,
        RunKind.of(measured.plan()).word());
  }
}
