package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.MigrateRows;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be said of a migration before any row is counted: indexes, triggers, earlier progress.
 */
final class Preflight {
  private final Database database;
  private final MigrateRows step;

  Preflight(Database database, MigrateRows step) {
    this.database = database;
    this.step = step;
  }

  List<Finding> findings(ReadView view) {
    List<Finding> findings = new ArrayList<>();
    index(findings);
    for (var trigger : step.target().triggers()) {
      findings.add(
          Finding.of(
              "trigger",
              Severity.WARNING,
              "trigger %s of %s runs for each row written"
                  .formatted(trigger.name(), step.target().name())));
    }
    findings.addAll(PlanFigures.readOnly(database));
    if (database.dialect().flavour() == Flavour.SQLITE) {
      progress(view, findings);
    }
    return findings;
  }

  private void index(List<Finding> findings) {
    Table source = step.source();
    List<String> wanted = new ArrayList<>();
    step.lane().ifPresent(wanted::add);
    wanted.add(step.cursor());
    boolean rowid =
        wanted.size() == 1
            && source.rowNumber().filter(step.cursor()::equalsIgnoreCase).isPresent();
    boolean key = source.primaryKey().size() >= wanted.size() && leads(source.primaryKey(), wanted);
    boolean served =
        rowid || key || source.indexes().stream().anyMatch(index -> index.leadsWith(wanted));
    if (!served && !source.view()) {
      findings.add(
          Finding.of(
              "index",
              Severity.WARNING,
              ("no index of %s begins with (%s): each batch reads the whole table."
                      + " CREATE INDEX cairn_%s_cursor ON %s (%s);")
                  .formatted(
                      source.name(),
                      String.join(", ", wanted),
                      source.name(),
                      database.dialect().quote(source.name()),
                      String.join(", ", wanted))));
    }
  }

  private static boolean leads(List<String> columns, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!columns.get(i).equalsIgnoreCase(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void progress(ReadView view, List<Finding> findings) {
    if (step.progressTable().isEmpty()) {
      return;
    }
    Table table = step.progressTable().get();
    List<String> needed =
        List.of(
            "migration_name",
            "system_id",
            "last_migrated_timestamp",
            "rows_migrated",
            "updated_at");
    List<String> present = table.columns().stream().map(Column::name).toList();
    boolean wantsMore =
        table.columns().stream()
            .filter(column -> !needed.contains(column.name()))
            .filter(column -> table.rowNumber().filter(column.name()::equals).isEmpty())
            .anyMatch(column -> !column.mayBeOmitted());
    if (table.view()
        || wantsMore
        || !present.containsAll(needed)
        || table.keys().stream().noneMatch(k -> k.covers(needed.subList(0, 2)))) {
      findings.add(
          Finding.of(
              "progress-table",
              Severity.ERROR,
              "a table migration_progress exists in another form; rename it, or take progress_name out"));
      return;
    }
    for (List<Object> row :
        view.rows(
            SqlFragment.of(
                "SELECT system_id, rows_migrated, last_migrated_timestamp FROM migration_progress"
                    + " WHERE migration_name = ? ORDER BY system_id",
                step.progressName().get()))) {
      findings.add(
          Finding.of(
              "progress",
              Severity.NOTE,
              "migration_progress says %s %s: %s rows up to %s; shown only, nothing is skipped for it"
                  .formatted(
                      step.lane().orElse("lane"),
                      row.get(0),
                      row.get(1) instanceof Long rows ? "%,d".formatted(rows) : row.get(1),
                      row.get(2))));
    }
  }
}
