package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.TouchedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Triggers that live as long as one statement and write down every row that it inserts, updates or
 * deletes, in the order in which it happens: whatever the statement is, and whoever else changes
 * rows for it, a cascade, a REPLACE, or a trigger of the table's own.
 *
 * <p>They are temporary: nobody else ever sees them, a rollback takes them away, and SQLite runs
 * temporary triggers before the table's own, so that a row's first image comes first.
 */
final class CaptureTriggers {
  private static final List<String> EVENTS = List.of("INSERT", "UPDATE", "DELETE");

  private final List<TouchedTable> tables;
  private final BatchPlace place;
  private final Dialect dialect;

  /**
   * @param tables every table that the statement may write
   * @param place the checkpoint that the rows belong to
   */
  CaptureTriggers(List<TouchedTable> tables, BatchPlace place, Dialect dialect) {
    this.tables = tables;
    this.place = place;
    this.dialect = dialect;
  }

  /** Makes them. */
  List<String> create() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      for (String event : EVENTS) {
        statements.add(create(i, event));
      }
    }
    return statements;
  }

  /** Takes them away again. */
  List<String> drop() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      for (String event : EVENTS) {
        statements.add(drop(i, event));
      }
    }
    return statements;
  }

  /** Makes the one that sees what an event does to the rows of one of the tables. */
  String create(int table, String event) {
    return switch (event) {
      case "INSERT" -> trigger(table, event, "inserted", false, true);
      case "UPDATE" -> trigger(table, event, "updated", true, true);
      default -> trigger(table, event, "deleted", true, false);
    };
  }

  /** Takes that one away again. */
  static String drop(int table, String event) {
    return "DROP TRIGGER temp." + name(table, event);
  }

  private String trigger(
      int number, String event, String kind, boolean hasBefore, boolean hasAfter) {
    TouchedTable touched = tables.get(number);
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    columns.addAll(List.of("cairn_run", "cairn_lane", "cairn_batch", "cairn_kind"));
    values.addAll(
        List.of(
            String.valueOf(place.run()),
            String.valueOf(place.lane()),
            String.valueOf(place.batch()),
            "'" + kind + "'"));
    if (hasBefore) {
      touched.before().forEach(column -> add(columns, values, column, "OLD.", column));
    } else {
      touched.key().forEach(column -> add(columns, values, column, "NEW.", column));
    }
    if (hasAfter) {
      List<String> after = new ArrayList<>(touched.key());
      touched.after().stream().filter(column -> !after.contains(column)).forEach(after::add);
      after.forEach(column -> add(columns, values, UndoTables.written(column), "NEW.", column));
    }
    if (touched.key().isEmpty()) {
      String now = hasBefore ? "OLD." : "NEW.";
      add(columns, values, UndoTables.ROW_NUMBER, now, touched.rowNumber());
      if (hasAfter) {
        add(columns, values, UndoTables.written("rowid"), "NEW.", touched.rowNumber());
      }
    }
    return "CREATE TEMP TRIGGER %s AFTER %s ON main.%s BEGIN INSERT INTO %s (%s) VALUES (%s); END"
        .formatted(
            name(number, event),
            event,
            dialect.quote(touched.table().name()),
            dialect.quote(UndoTables.name(touched.table())),
            columns.stream().map(dialect::quote).collect(Collectors.joining(", ")),
            String.join(", ", values));
  }

  private void add(
      List<String> columns, List<String> values, String column, String image, String source) {
    columns.add(column);
    values.add(image + dialect.quote(source));
  }

  private static String name(int number, String event) {
    return "cairn_sees_" + number + "_" + event.toLowerCase(java.util.Locale.ROOT);
  }
}
