package dev.cairn.database;

import dev.cairn.dialect.SqliteDialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.nio.file.Path;
import java.sql.SQLException;

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

  static CairnException unreadable(Beside beside, SQLException error) {
    return CairnException.failed(
            "snapshot-unreadable",
            "can't read " + beside.location() + ": " + SqliteErrors.message(error))
        .hint("`snapshots` lists what there is; a path stands in quotes")
        .causedBy(error);
  }
}
