package dev.cairn.corpus;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Finding;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.SqliteDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A small database as its two readers see it: SQLite, which judges, and the catalog, which the
 * analysis is given.
 */
record Sample(Oracle oracle, Catalog catalog) implements AutoCloseable {

  /** Makes the database in a file that isn't there yet. */
  static Sample of(Path file, String script) throws SQLException {
    Oracle oracle = Oracle.of(file);
    oracle.run("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF");
    oracle.run("PRAGMA journal_mode = MEMORY");
    oracle.run("BEGIN");
    oracle.script(script);
    oracle.run("COMMIT");
    try (SqliteDatabase database =
        SqliteDatabase.open(file, new SqliteDatabase.Options(false, false, false, 5_000))) {
      return new Sample(oracle, database.catalog());
    }
  }

  /** The findings that stand once the data has answered their questions. */
  List<Finding> standing(Analysis analysis) throws SQLException {
    List<Finding> standing = new ArrayList<>();
    for (Finding each : analysis.findings()) {
      if (each.probe().isEmpty() || oracle.number(each.probe().get().sql()) != 0) {
        standing.add(each);
      }
    }
    return standing;
  }

  @Override
  public void close() throws SQLException {
    oracle.close();
  }
}
