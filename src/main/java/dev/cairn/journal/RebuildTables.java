package dev.cairn.journal;

import dev.cairn.catalog.SchemaObject;
import dev.cairn.database.ReadView;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.RebuildTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rebuild remembers of the schema that it replaces: texts, expressions there and back, and
 * the numbers that are compared behind it.
 */
final class RebuildTables {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS cairn_rebuild (run {number} NOT NULL, item TEXT NOT NULL,"
          + " name TEXT NOT NULL, position {number} NOT NULL, table_name TEXT NOT NULL, value {any},"
          + " PRIMARY KEY (run, item, name))";

  private RebuildTables() {}

  /** The statements that write down what is there before. */
  static List<SqlFragment> note(long run, RebuildTable step) {
    List<SqlFragment> all = new ArrayList<>();
    for (SchemaObject object : step.swap().before()) {
      all.add(note(run, object.type(), object.name(), all.size(), object.table(), object.sql()));
    }
    step.forward().forEach((name, sql) -> all.add(note(run, "forward", name, all.size(), "", sql)));
    step.inverse().forEach((name, sql) -> all.add(note(run, "inverse", name, all.size(), "", sql)));
    for (SchemaObject object : step.swap().after()) {
      all.add(note(run, "made", object.type() + " " + object.name(), all.size(), "", null));
    }
    return all;
  }

  private static SqlFragment note(
      long run, String item, String name, int position, String table, String value) {
    return SqlFragment.of(
        "INSERT INTO cairn_rebuild (run, item, name, position, table_name, value)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        run,
        item,
        name,
        (long) position,
        table,
        value);
  }

  /** A number as it is now, to be compared later. */
  static SqlFragment count(long run, String item, String name, SqlFragment number) {
    return SqlFragment.of(
            "INSERT INTO cairn_rebuild (run, item, name, position, table_name, value)"
                + " SELECT ?, ?, ?, 0, '', (",
            run,
            item,
            name)
        .then(number)
        .then(")");
  }

  /** The number that was written down. */
  static SqlFragment noted(long run, String item, String name) {
    return SqlFragment.of(
        "(SELECT value FROM cairn_rebuild WHERE run = ? AND item = ? AND name = ?)",
        run,
        item,
        name);
  }

  /** The texts that a run replaced, as they were. */
  static List<SchemaObject> before(ReadView view, long run) {
    return view
        .rows(
            SqlFragment.of(
                "SELECT item, name, table_name, value FROM cairn_rebuild WHERE run = ?"
                    + " AND item IN ('table', 'index', 'trigger', 'view') ORDER BY position",
                run))
        .stream()
        .map(
            row ->
                new SchemaObject(
                    row.get(0).toString(),
                    row.get(1).toString(),
                    row.get(2).toString(),
                    row.get(3).toString()))
        .toList();
  }

  /** Expressions of a run: {@code forward} or {@code inverse}. */
  static Map<String, String> expressions(ReadView view, long run, String item) {
    Map<String, String> all = new LinkedHashMap<>();
    for (List<Object> row :
        view.rows(
            SqlFragment.of(
                "SELECT name, value FROM cairn_rebuild WHERE run = ? AND item = ?"
                    + " ORDER BY position",
                run,
                item))) {
      all.put(row.get(0).toString(), row.get(1).toString());
    }
    return all;
  }
}
