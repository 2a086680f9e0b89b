package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a database was made with, to be made again in a file: its objects in the order in which they
 * were made, and how it stores texts.
 *
 * @param encoding its {@code PRAGMA encoding}
 * @param objects all but those that the engine makes itself
 */
record ServerSchema(String encoding, List<Made> objects) {
  private static final String OBJECTS =
      "SELECT type, name, tbl_name, sql FROM sqlite_schema"
          + " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";

  /**
   * A table, index, view or trigger.
   *
   * @param table what it belongs to
   * @param sql the statement that makes it
   */
  record Made(String type, String name, String table, String sql) {
    boolean isVirtual() {
      return ServerSchema.isVirtual(sql);
    }
  }

  ServerSchema {
    objects = List.copyOf(objects);
  }

  static ServerSchema read(ReadView view) {
    List<Made> objects = new ArrayList<>();
    for (List<Object> row : view.rows(SqlFragment.of(OBJECTS))) {
      objects.add(
          new Made(
              row.get(0).toString(),
              row.get(1).toString(),
              row.get(2).toString(),
              row.get(3).toString()));
    }
    return new ServerSchema(view.row(SqlFragment.of("PRAGMA encoding")).get(0).toString(), objects);
  }

  /** To be run before anything is made: texts are copied as the bytes that they are. */
  String pragma() {
    return "PRAGMA encoding = '" + encoding + "'";
  }

  static boolean isVirtual(String sql) {
    return sql.toUpperCase(Locale.ROOT).startsWith("CREATE VIRTUAL");
  }
}
