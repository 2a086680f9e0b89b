package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.RunScript;
import dev.cairn.plan.ScriptStatement;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a script's way back would take with it. Rows that the script wrote are gone before its
 * tables and columns go; whatever is left in them somebody else wrote since.
 */
final class RollbackLosses {
  private final ReadView view;
  private final Catalog catalog;
  private final Dialect dialect;

  RollbackLosses(ReadView view, Database database) {
    this.view = view;
    this.catalog = database.catalog();
    this.dialect = database.dialect();
  }

  List<Finding> find(RunScript rollback) {
    List<Finding> findings = new ArrayList<>();
    for (ScriptStatement each : rollback.statements()) {
      if (each.statement() instanceof Ddl.Drop drop && drop.kind().equals("TABLE")) {
        drop.paths().forEach(path -> table(path).ifPresent(table -> rows(table, "1", findings)));
      } else if (each.statement() instanceof Ddl.AlterTable alter) {
        table(alter.path()).ifPresent(table -> columns(table, alter, findings));
      }
    }
    return findings;
  }

  private Optional<Table> table(List<Name> path) {
    return catalog.table(path.get(path.size() - 1).text()).filter(table -> !table.view());
  }

  private void columns(Table table, Ddl.AlterTable alter, List<Finding> findings) {
    for (Ddl.Action action : alter.actions()) {
      if (action instanceof Ddl.Action.DropColumn drop) {
        Optional<Column> column =
            table.column(drop.column().text()).filter(each -> !each.generated());
        column.ifPresent(each -> rows(table, written(each), findings));
      }
    }
  }

  /** A column that nobody wrote has its default. */
  private String written(Column column) {
    String unwritten = column.defaultValue() == null ? "NULL" : "(" + column.defaultValue() + ")";
    return dialect.quote(column.name()) + " IS NOT " + unwritten;
  }

  private void rows(Table table, String which, List<Finding> findings) {
    String from = " FROM " + dialect.quote(table.name()) + " WHERE " + which;
    long rows = view.number(SqlFragment.of("SELECT count(*)" + from));
    if (rows > 0) {
      String where = which.equals("1") ? "" : " where " + which;
      findings.add(
          Finding.of(
              "rollback-loss",
              Severity.ERROR,
              "the rollback would take what others wrote: %,d rows of %s%s; move or remove them first"
                  .formatted(rows, table.name(), where)));
    }
  }
}
