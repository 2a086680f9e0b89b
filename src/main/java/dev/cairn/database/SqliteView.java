package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Path;
import java.sql.SQLException;

/** A read transaction on a connection of its own. */
final class SqliteView implements CopyableView {
  private final SqliteConnection connection;

  SqliteView(SqliteConnection connection) {
    this.connection = connection;
    try {
      connection.execute("BEGIN");
    } catch (SQLException error) {
      connection.close();
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public RowStream query(SqlFragment query) {
    try {
      return connection.query(query);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public void cancel() {
    connection.cancel();
  }

  @Override
  public Catalog catalog() {
    return SqliteCatalogReader.read(this);
  }

  @Override
  public long bytes() {
    return number(
        SqlFragment.of("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"));
  }

  @Override
  public String journalMode() {
    return row(SqlFragment.of("PRAGMA journal_mode")).get(0).toString();
  }

  @Override
  public boolean blocksWriters() {
    return !journalMode().equalsIgnoreCase("wal");
  }

  @Override
  public void copyTo(Path file) {
    try {
      connection.backup(file);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public void close() {
    connection.close(); // ends the transaction
  }
}
