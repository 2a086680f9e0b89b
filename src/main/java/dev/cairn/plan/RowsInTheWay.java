package dev.cairn.plan;

import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.sql.tree.Insert;
import dev.cairn.sql.tree.Statement;
import dev.cairn.sql.tree.Update;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What becomes of a row whose key another row is given: by the statement's word, or the table's.
 */
final class RowsInTheWay {
  private static final Pattern REPLACES =
      Pattern.compile("\\b(?:OR\\s+REPLACE|REPLACE\\s+INTO)\\b", Pattern.CASE_INSENSITIVE);

  private RowsInTheWay() {}

  /** A conflict clause of the table's own takes rows away as a REPLACE does. */
  static boolean takesAway(Statement statement, Table target) {
    return replaces(statement) || decides(target);
  }

  static boolean replaces(Statement statement) {
    return orAction(statement).equals("REPLACE");
  }

  static boolean replaces(Trigger trigger) {
    return REPLACES.matcher(trigger.sql()).find();
  }

  /** Whether the table itself says what becomes of it. */
  static boolean decides(Table table) {
    return table.sql().toUpperCase(Locale.ROOT).contains("CONFLICT");
  }

  /** The word behind OR; empty where there is none. */
  static String orAction(Statement statement) {
    if (statement instanceof Update update) {
      return update.orAction();
    }
    return statement instanceof Insert insert ? insert.orAction() : "";
  }
}
