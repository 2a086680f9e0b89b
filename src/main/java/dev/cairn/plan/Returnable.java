package dev.cairn.plan;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.ForeignKey;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.error.CairnException;
import dev.cairn.sql.tree.Delete;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Merge;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether what a statement returns says all that it wrote: each row under the key that it had
 * before, and each row that foreign keys take along.
 */
final class Returnable {
  private static final Set<String> ACTS = Set.of("CASCADE", "SET NULL", "SET DEFAULT");

  private Returnable() {}

  /** Fails with exit 1 where it doesn't, saying why. */
  static void check(
      Catalog catalog, Statement statement, TouchedTable target, List<TouchedTable> others) {
    Table table = target.table();
    if (statement instanceof Merge) {
      throw unseen("a MERGE doesn't say which rows it wrote before PostgreSQL 17");
    }
    for (Trigger trigger : table.triggers()) {
      if (trigger.sql().toUpperCase(Locale.ROOT).startsWith("CREATE RULE")) {
        throw unseen("the rule " + trigger.name() + " writes something else in its place");
      }
    }
    boolean parent =
        catalog.tables().stream()
            .anyMatch(each -> inherits(each, table.name()) && !isPartitioned(table));
    if (parent) {
      throw unseen("other tables inherit from " + table.name());
    }
    Set<String> assigned = new ReturningText("", statement).assigned();
    for (String column : target.key()) {
      if (assigned.stream().anyMatch(column::equalsIgnoreCase)) {
        throw unseen("it writes the key's column " + column + " of rows that are there");
      }
    }
    boolean deletes = statement instanceof Delete;
    for (TouchedTable other : others) {
      for (ForeignKey key : other.table().foreignKeys()) {
        String action = deletes ? key.onDelete() : key.onUpdate();
        boolean moves = ACTS.contains(action) && !(deletes && action.equals("CASCADE"));
        if (moves && key.columns().stream().anyMatch(other.key()::contains)) {
          throw unseen("it changes the key of rows of " + other.table().name() + " along with it");
        }
      }
    }
    boolean cascades = !others.isEmpty() && (statement instanceof Update || deletes);
    if (cascades && table.primaryKey().isEmpty()) {
      throw unseen(table.name() + " has no primary key to follow its foreign keys by");
    }
    if (!others.isEmpty() && statement instanceof Insert && table.primaryKey().isEmpty()) {
      throw unseen(table.name() + " has no primary key to follow its foreign keys by");
    }
  }

  private static boolean isPartitioned(Table table) {
    return table.sql().contains(") PARTITION BY ");
  }

  private static boolean inherits(Table table, String from) {
    return table.sql().matches("(?s).*\\) INHERITS \\((.*, )?\"?\\Q" + from + "\\E\"?(, .*)?\\)");
  }

  private static CairnException unseen(String why) {
    return CairnException.failed("not-journalled", "what this changes can't be journalled: " + why);
  }
}
