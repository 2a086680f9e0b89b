package dev.cairn.database;

import dev.cairn.catalog.SchemaObject;
import dev.cairn.error.CairnException;
import java.nio.file.Path;
import java.util.List;

/** Makes a SQLite file with a schema and no rows. */
final class SqliteSchemaCopy {
  /** What speaks of others comes behind them. */
  private static final List<String> ORDER = List.of("table", "view", "index", "trigger");

  private SqliteSchemaCopy() {}

  static void write(List<SchemaObject> objects, Path file) {
    SqliteDatabase.Options options = new SqliteDatabase.Options(true, false, false, 5_000);
    try (SqliteDatabase copy = SqliteDatabase.open(file, options);
        StatementSession session = copy.session()) {
      run(session, "BEGIN");
      for (String type : ORDER) {
        for (SchemaObject object : objects) {
          if (object.type().equals(type) && !object.sql().isEmpty()) {
            make(session, object);
          }
        }
      }
      run(session, "COMMIT");
    }
  }

  /** A virtual table makes tables of its own, which the schema names too. */
  private static void make(StatementSession session, SchemaObject object) {
    try {
      run(session, object.sql());
    } catch (CairnException failed) {
      boolean there = String.valueOf(failed.getMessage()).contains("already exists");
      if (!there) {
        throw failed;
      }
    }
  }

  private static void run(StatementSession session, String sql) {
    try (RowStream rows = session.run(sql)) {
      rows.next();
    }
  }
}
