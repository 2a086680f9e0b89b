package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.ChangeKind;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How rows of one table are changed from what an undo table says of them, there called {@code
 * cairn_s}: the statements that change, remove or put in, and the question whether a row still is
 * what was written down.
 *
 * @param kind what is done to the rows
 * @param target the table
 * @param dialect the database's SQL
 */
record RowWrites(ChangeKind kind, TouchedTable target, Dialect dialect) {

  /** Whether the row that was written down as {@code cairn_s} is as it was. */
  SqlFragment untouched() {
    String same =
        target.before().stream()
            .filter(column -> !target.key().contains(column))
            .map(dialect::quote)
            .map(column -> dialect.same("t." + column, "cairn_s." + column))
            .collect(Collectors.joining(" AND "));
    return SqlFragment.of(
        "EXISTS (SELECT 1 FROM " + table() + " AS t WHERE " + keysEqual("t") + and(same) + ")");
  }

  private String and(String conditions) {
    return conditions.isEmpty() ? "" : " AND " + dialect.asOne(conditions);
  }

  /** Does to the rows what is done to them. */
  SqlFragment write(SqlFragment here) {
    return switch (kind) {
      case INSERT -> insert(here);
      case UPDATE -> update(here);
      case DELETE -> delete(here);
    };
  }

  SqlFragment insert(SqlFragment here) {
    List<String> into = new ArrayList<>(target.after());
    List<String> from = new ArrayList<>(target.after().stream().map(UndoTables::written).toList());
    if (target.key().isEmpty()) {
      into.add(target.rowNumber());
      from.add(UndoTables.ROW_NUMBER);
    }
    return SqlFragment.of(
            dialect.insertInto(target.table())
                + table()
                + " ("
                + list(into, "")
                + ")"
                + dialect.overriding()
                + " SELECT "
                + list(from, "cairn_s."))
        .then(ours(here));
  }

  private SqlFragment update(SqlFragment here) {
    String assignments =
        target.after().stream()
            .map(
                column ->
                    dialect.quote(column)
                        + " = cairn_s."
                        + dialect.quote(UndoTables.written(column)))
            .collect(Collectors.joining(", "));
    return SqlFragment.of(dialect.update(target.table()) + table() + " AS t SET " + assignments)
        .then(ours(here))
        .then(" AND " + keysEqual("t"));
  }

  SqlFragment delete(SqlFragment here) {
    String noted =
        target.key().isEmpty()
            ? "cairn_s." + dialect.quote(UndoTables.ROW_NUMBER)
            : list(target.key(), "cairn_s.");
    return SqlFragment.of(
            "DELETE FROM " + table() + " WHERE (" + list(names(), "") + ") IN (SELECT " + noted)
        .then(ours(here))
        .then(")");
  }

  /** The rows that were written down and are to be changed. */
  SqlFragment ours(SqlFragment here) {
    return SqlFragment.of(" FROM " + undo() + " AS cairn_s WHERE ")
        .then(here)
        .then(" AND cairn_s.cairn_kind = '" + done() + "'");
  }

  private String keysEqual(String label) {
    if (target.key().isEmpty()) {
      return dialect.sameKey(
          label + "." + dialect.quote(target.rowNumber()),
          "cairn_s." + dialect.quote(UndoTables.ROW_NUMBER));
    }
    return target.key().stream()
        .map(dialect::quote)
        .map(key -> dialect.sameKey(label + "." + key, "cairn_s." + key))
        .collect(Collectors.joining(" AND "));
  }

  private List<String> names() {
    return target.key().isEmpty() ? List.of(target.rowNumber()) : target.key();
  }

  String list(List<String> columns, String prefix) {
    return columns.stream().map(c -> prefix + dialect.quote(c)).collect(Collectors.joining(", "));
  }

  /** The word in the journal for a row to which it was done. */
  String done() {
    return switch (kind) {
      case INSERT -> "inserted";
      case UPDATE -> "updated";
      case DELETE -> "deleted";
    };
  }

  String undo() {
    return dialect.quote(UndoTables.name(target.table()));
  }

  private String table() {
    return dialect.quote(target.table().name());
  }
}
