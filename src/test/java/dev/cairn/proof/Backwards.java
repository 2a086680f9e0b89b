package dev.cairn.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Applies what a run journalled backwards, or forwards again, by hand and in plain SQL: the proof
 * that nothing is missing which an undo would need.
 */
final class Backwards {
  private final SqliteFile file;
  private final Connection connection;
  private final long run;

  private Backwards(SqliteFile file, Connection connection, long run) {
    this.file = file;
    this.connection = connection;
    this.run = run;
  }

  static void apply(SqliteFile file, long run) throws SQLException {
    each(file, run, true);
  }

  static void forwards(SqliteFile file, long run) throws SQLException {
    each(file, run, false);
  }

  private static void each(SqliteFile file, long run, boolean back) throws SQLException {
    List<List<Object>> triggers =
        file.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    List<List<Object>> targets =
        file.rows("SELECT DISTINCT target FROM cairn_touched WHERE run = ?", run);
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF"); // cascades are journalled by themselves
      statement.execute("BEGIN IMMEDIATE");
      for (List<Object> trigger : triggers) {
        statement.execute("DROP TRIGGER " + SqliteFile.quoted((String) trigger.get(0)));
      }
      for (List<Object> target : targets) {
        new Backwards(file, connection, run).table((String) target.get(0), back);
      }
      for (List<Object> trigger : triggers) {
        statement.execute((String) trigger.get(1));
      }
      statement.execute("COMMIT");
    }
  }

  private void table(String table, boolean back) throws SQLException {
    List<List<Object>> noted =
        file.rows(
            "SELECT column_name, key_position, has_before, has_after FROM cairn_touched"
                + " WHERE run = ? AND target = ?",
            run,
            table);
    List<String> key = names(noted, 1);
    List<String> before = names(noted, 2);
    List<String> after = names(noted, 3);
    String undo = SqliteFile.quoted("cairn_undo_" + table);
    List<List<Object>> rows =
        file.rows(
            "SELECT rowid, cairn_kind FROM "
                + undo
                + " WHERE cairn_run = ? ORDER BY rowid "
                + (back ? "DESC" : "ASC"),
            run);
    for (List<Object> row : rows) {
      String kind = (String) row.get(1);
      boolean took = kind.equals(back ? "inserted" : "deleted");
      boolean gave = kind.equals(back ? "deleted" : "inserted");
      if (took) {
        change(
            "DELETE FROM "
                + q(table)
                + " WHERE "
                + same(key, back && !kind.equals("deleted"), undo),
            row);
      } else if (gave) {
        List<String> columns = back ? before : after;
        change(
            "INSERT INTO "
                + q(table)
                + " ("
                + list(columns, "")
                + ") SELECT "
                + columns.stream().map(c -> noted(c, !back)).collect(Collectors.joining(", "))
                + " FROM "
                + undo
                + " WHERE rowid = ?1",
            row);
      } else if (kind.equals("updated")) {
        List<String> columns = new ArrayList<>(after);
        columns.retainAll(before);
        change(
            "UPDATE "
                + q(table)
                + " SET "
                + columns.stream()
                    .map(
                        c ->
                            q(c)
                                + " = (SELECT "
                                + (key.contains(c) ? notedKey(c, !back) : noted(c, !back))
                                + " FROM "
                                + undo
                                + " WHERE rowid = ?1)")
                    .collect(Collectors.joining(", "))
                + " WHERE "
                + same(key, back, undo),
            row);
      }
    }
  }

  private String same(List<String> key, boolean written, String undo) {
    return key.stream()
        .map(
            c ->
                q(c)
                    + " IS (SELECT "
                    + notedKey(c, written)
                    + " FROM "
                    + undo
                    + " WHERE rowid = ?1)")
        .collect(Collectors.joining(" AND "));
  }

  private static String noted(String column, boolean written) {
    if (column.equals("rowid")) {
      return written ? "cairn_new_rowid" : "cairn_rowid";
    }
    return q(written ? "cairn_new_" + column : column);
  }

  /** A key that stayed is noted once. */
  private static String notedKey(String column, boolean written) {
    return written && !column.equals("rowid")
        ? "coalesce(" + noted(column, true) + ", " + noted(column, false) + ")"
        : noted(column, written);
  }

  private void change(String sql, List<Object> row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, row.get(0));
      if (statement.executeUpdate() != 1) {
        throw new AssertionError("not one row: " + sql + " " + row);
      }
    }
  }

  private static List<String> names(List<List<Object>> noted, int flag) {
    return noted.stream()
        .filter(column -> (Long) column.get(flag) > 0)
        .map(column -> (String) column.get(0))
        .toList();
  }

  private static String list(List<String> columns, String prefix) {
    return columns.stream().map(c -> prefix + q(c)).collect(Collectors.joining(", "));
  }

  private static String q(String name) {
    return name.equals("rowid") ? name : SqliteFile.quoted(name);
  }
}
