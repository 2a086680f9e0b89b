package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.SourceSpan;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.tree.Ddl;
import dev.cairn.sql.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a script's way back would take with it. Rows that the script wrote are gone before its
 * tables and columns go; whatever is left in them somebody else wrote since. Names are those of
 * before the way back, whatever it renames.
 */
public final class RollbackLosses {
  private final Catalog catalog;
  private final Dialect dialect;
  private final Map<String, String> tables = new HashMap<>();
  private final Map<String, String> columns = new HashMap<>();
  private final List<Loss> losses = new ArrayList<>();

  /**
   * Rows that would go, or whose values would.
   *
   * @param table the table's name
   * @param quoted the same as it stands in a statement
   * @param which a condition on them; {@code TRUE} for all
   */
  public record Loss(String table, String quoted, String which) {

    /** How many there are. */
    public String count() {
      return "SELECT count(*) FROM " + quoted + " WHERE " + which;
    }

    /** The rows in words. */
    public String words() {
      return "rows of " + table + (which.equals("TRUE") ? "" : " where " + which);
    }

    /** That there are none. */
    Condition none(SourceSpan span) {
      return new Condition(count(), 0L, "others wrote what the rollback would take", span);
    }
  }

  private RollbackLosses(Catalog catalog, Dialect dialect) {
    this.catalog = catalog;
    this.dialect = dialect;
  }

  /** What the statements of a way back would take. */
  public static List<Loss> of(List<ScriptStatement> rollback, Catalog catalog, Dialect dialect) {
    RollbackLosses found = new RollbackLosses(catalog, dialect);
    for (ScriptStatement each : rollback) {
      if (each.statement() instanceof Ddl.Drop drop && drop.kind().equals("TABLE")) {
        drop.paths().forEach(path -> found.table(path).ifPresent(found::all));
      } else if (each.statement() instanceof Ddl.AlterTable alter) {
        found.follow(alter);
      }
    }
    return found.losses;
  }

  private void follow(Ddl.AlterTable alter) {
    String now = last(alter.path());
    Optional<Table> table = table(alter.path());
    for (Ddl.Action action : alter.actions()) {
      if (action instanceof Ddl.Action.DropColumn drop) {
        table.ifPresent(each -> column(each, drop.column().text()));
      } else if (action instanceof Ddl.Action.RenameColumn rename) {
        table.ifPresent(
            each -> columns.put(key(each, rename.to().text()), before(each, rename.from().text())));
      } else if (action instanceof Ddl.Action.RenameTable rename) {
        tables.put(fold(now), "");
        table.ifPresent(each -> tables.put(fold(rename.to().text()), each.name()));
      }
    }
  }

  private Optional<Table> table(List<Name> path) {
    String name = last(path);
    return catalog.table(tables.getOrDefault(fold(name), name)).filter(table -> !table.view());
  }

  private String before(Table table, String column) {
    return columns.getOrDefault(key(table, column), column);
  }

  private void all(Table table) {
    losses.add(loss(table, "TRUE"));
  }

  private void column(Table table, String name) {
    table
        .column(before(table, name))
        .filter(each -> !each.generated())
        .ifPresent(each -> losses.add(loss(table, written(each))));
  }

  private Loss loss(Table table, String which) {
    return new Loss(table.name(), dialect.quote(table.name()), which);
  }

  /** A column that nobody wrote has its default; a NOCASE column would call others the same. */
  private String written(Column column) {
    String unwritten = column.defaultValue() == null ? "NULL" : "(" + column.defaultValue() + ")";
    String quoted = dialect.quote(column.name());
    if (dialect.flavour() == Flavour.POSTGRESQL) {
      String same = dialect.same(quoted, "CAST(" + unwritten + " AS " + column.type() + ")");
      return "NOT " + same;
    }
    return quoted
        + " IS NOT "
        + unwritten
        + (column.collation().isEmpty() ? "" : " COLLATE BINARY");
  }

  private static String key(Table table, String column) {
    return fold(table.name()) + "\n" + fold(column);
  }

  private static String last(List<Name> path) {
    return path.get(path.size() - 1).text();
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
