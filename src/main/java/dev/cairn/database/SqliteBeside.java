package dev.cairn.database;

import dev.cairn.dialect.SqliteDialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * A second file on a connection, for reading: the file is opened so that not even a mistaken
 * statement could write it. Never inside a transaction, which would have to span both.
 */
final class SqliteBeside {
  private SqliteBeside() {}

  static void attach(SqliteConnection connection, Beside beside, SqliteDialect dialect)
      throws SQLException {
    String uri = "file:" + Path.of(beside.location()).toUri().getRawPath() + "?mode=ro";
    connection.execute("ATTACH " + dialect.literal(uri) + " AS " + dialect.quote(beside.schema()));
  }

  static void detach(SqliteConnection connection, Beside beside, SqliteDialect dialect)
      throws SQLException {
    connection.execute("DETACH " + dialect.quote(beside.schema()));
  }

  /** Runs a transaction while the other file is there to be read. */
  static BatchOutcome during(
      SqliteConnection connection,
      Beside beside,
      SqliteDialect dialect,
      Supplier<BatchOutcome> transaction) {
    try {
      attach(connection, beside, dialect);
    } catch (SQLException gone) {
      throw CairnException.drift(
              "snapshot-gone",
              "can't read " + beside.location() + " any more: " + SqliteErrors.message(gone))
          .hint("put the snapshot back and `resume`, or `abandon` the run")
          .causedBy(gone);
    }
    BatchOutcome outcome = transaction.get();
    try {
      detach(connection, beside, dialect);
    } catch (SQLException stillThere) {
      throw SqliteErrors.exception(stillThere);
    }
    return outcome;
  }

  static CairnException unreadable(Beside beside, SQLException error) {
    return CairnException.failed(
            "snapshot-unreadable",
            "can't read " + beside.location() + ": " + SqliteErrors.message(error))
        .hint("`snapshots` lists what there is; a path stands in quotes")
        .causedBy(error);
  }
}
