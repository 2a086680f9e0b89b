package dev.cairn.journal;

import dev.cairn.dialect.Dialect;
import dev.cairn.plan.TouchedTable;
import dev.cairn.sql.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Triggers that live as long as one statement and write down every row that it inserts, updates or
 * deletes, in the order in which it happens: whatever the statement is, and whoever else changes
 * rows for it, a cascade, a REPLACE, or a trigger of the table's own.
 *
 * <p>They are temporary: nobody else ever sees them, a rollback takes them away, and they run
 * before the table's own, so that a row's first image comes first. On PostgreSQL they are dropped
 * in the transaction that makes them, which keeps other writers of the table waiting meanwhile.
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
        statements.addAll(makes(i, event));
      }
    }
    return statements;
  }

  /** PostgreSQL's triggers call functions, which can be this conversation's own. */
  private List<String> makes(int table, String event) {
    if (dialect.flavour() != Flavour.POSTGRESQL) {
      return List.of(create(table, event));
    }
    String name = name(table, event);
    return List.of(
        "CREATE FUNCTION pg_temp.%s() RETURNS trigger LANGUAGE plpgsql AS $cairn$BEGIN %s; RETURN NULL; END$cairn$"
            .formatted(name, writesDown(table, event)),
        "CREATE TRIGGER %s AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION pg_temp.%s()"
            .formatted(first(name), event, dialect.quote(tables.get(table).table().name()), name));
  }

  /** Triggers of one event run in the order of their names: no other name begins with a space. */
  private String first(String name) {
    return dialect.quote(" " + name);
  }

  /**
   * Makes those that see which rows of the first table a REPLACE is about to take away, for an
   * engine that shows such rows to nobody: right before each row is written, whoever has one of its
   * keys is noted. {@link ReplacedRows} proves behind the statement that these were all of them,
   * and that each of them went.
   */
  List<String> createReplaced() {
    return List.of(replaced("INSERT", ""), replaced("UPDATE", " AND NOT (" + isOld() + ")"));
  }

  /** Takes those away again. */
  static List<String> dropReplaced() {
    return List.of(
        "DROP TRIGGER " + name(0, "replace_insert"), "DROP TRIGGER " + name(0, "replace_update"));
  }

  private String replaced(String event, String more) {
    TouchedTable touched = tables.get(0);
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    own("deleted", columns, values);
    touched.before().forEach(column -> add(columns, values, column, "o.", column));
    if (touched.key().isEmpty()) {
      add(columns, values, UndoTables.ROW_NUMBER, "o.", touched.rowNumber());
    }
    String meets =
        touched.table().keys().stream()
            .map(
                key ->
                    key.columns().stream()
                        .map(dialect::quote)
                        .map(column -> "o." + column + " = NEW." + column)
                        .collect(Collectors.joining(" AND ", "(", ")")))
            .collect(Collectors.joining(" OR "));
    String table = dialect.quote(touched.table().name());
    return "CREATE TRIGGER %s BEFORE %s ON main.%s BEGIN INSERT INTO %s (%s) SELECT %s FROM %s AS o WHERE (%s)%s; END"
        .formatted(
            name(0, "replace_" + event),
            event,
            table,
            dialect.quote(UndoTables.name(touched.table())),
            columns.stream().map(dialect::quote).collect(Collectors.joining(", ")),
            String.join(", ", values),
            table,
            meets.isEmpty() ? "0" : meets,
            more);
  }

  private String isOld() {
    TouchedTable touched = tables.get(0);
    List<String> names = touched.key().isEmpty() ? List.of(touched.rowNumber()) : touched.key();
    return names.stream()
        .map(dialect::quote)
        .map(column -> "o." + column + " IS OLD." + column)
        .collect(Collectors.joining(" AND "));
  }

  private void own(String kind, List<String> columns, List<String> values) {
    columns.addAll(List.of("cairn_run", "cairn_lane", "cairn_batch", "cairn_kind"));
    values.addAll(
        List.of(
            String.valueOf(place.run()),
            String.valueOf(place.lane()),
            String.valueOf(place.batch()),
            "'" + kind + "'"));
  }

  /** Takes them away again. */
  List<String> drop() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      for (String event : EVENTS) {
        if (dialect.flavour() == Flavour.POSTGRESQL) {
          String table = dialect.quote(tables.get(i).table().name());
          statements.add("DROP TRIGGER " + first(name(i, event)) + " ON " + table);
          statements.add("DROP FUNCTION pg_temp." + name(i, event) + "()");
        } else {
          statements.add(drop(i, event));
        }
      }
    }
    return statements;
  }

  /** Makes the one that sees what an event does to the rows of one of the tables. */
  String create(int table, String event) {
    return "CREATE %sTRIGGER %s AFTER %s ON main.%s BEGIN %s; END"
        .formatted(
            // On a server it stands in the schema for the length of the transaction alone.
            dialect.hasTemporary() ? "TEMP " : "",
            name(table, event),
            event,
            dialect.quote(tables.get(table).table().name()),
            writesDown(table, event));
  }

  /** What it does for a row. */
  private String writesDown(int table, String event) {
    return switch (event) {
      case "INSERT" -> insert(table, "inserted", false, true);
      case "UPDATE" -> insert(table, "updated", true, true);
      default -> insert(table, "deleted", true, false);
    };
  }

  /** Takes that one away again. */
  static String drop(int table, String event) {
    return "DROP TRIGGER " + name(table, event); // a temporary one is found first
  }

  private String insert(int number, String kind, boolean hasBefore, boolean hasAfter) {
    TouchedTable touched = tables.get(number);
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    own(kind, columns, values);
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
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
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
