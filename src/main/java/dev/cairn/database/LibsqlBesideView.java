package dev.cairn.database;

import dev.cairn.dialect.SqlFragment;
import dev.cairn.dialect.SqliteDialect;
import dev.cairn.error.CairnException;
import dev.cairn.plan.Beside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * A server's database beside another. A server reads no file of ours: so the tables that a query
 * names are copied off it, as they are at one moment, and the query runs here. What it gives is
 * what the server would have given; nothing is written there.
 */
final class LibsqlBesideView implements ReadView {
  private final ReadView server;
  private final Path file;
  private final SqliteConnection local;
  private final CopiedTables tables;

  private LibsqlBesideView(ReadView server, Path file, Beside beside) throws SQLException {
    this.server = server;
    this.file = file;
    this.local = connect(file);
    try {
      this.tables = new CopiedTables(server, local);
      SqliteBeside.attach(local, beside, new SqliteDialect(true));
    } catch (SQLException | RuntimeException failed) {
      local.close();
      throw failed;
    }
  }

  /** Opens it. Fails with exit 1 where the other database can't be read. */
  static ReadView open(ReadView server, Beside beside) {
    Path file = temporary();
    try {
      return new LibsqlBesideView(server, file, beside);
    } catch (SQLException error) {
      server.close();
      delete(file);
      throw SqliteBeside.unreadable(beside, error);
    } catch (RuntimeException failed) {
      server.close();
      delete(file);
      throw failed;
    }
  }

  /**
   * Copies one table into a file of its own, which lives as long as this process.
   *
   * @param server the moment that is copied
   */
  static Path copy(ReadView server, String table) {
    Path file = temporary();
    file.toFile().deleteOnExit();
    try (SqliteConnection local = connect(file)) {
      new CopiedTables(server, local).need(new SqliteDialect(true).quote(table));
      return file;
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public RowStream query(SqlFragment query) {
    tables.need(query.sql());
    try {
      return local.query(query);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public void cancel() {
    server.cancel();
    local.cancel();
  }

  @Override
  public void close() {
    try {
      local.close();
    } finally {
      server.close();
      delete(file);
    }
  }

  /** 0600, as createTempFile makes it. */
  private static Path temporary() {
    try {
      return Files.createTempFile("cairn-beside", ".db");
    } catch (IOException error) {
      throw CairnException.failed(
              "copy", "no file can be made for a copy of the tables: " + error.getMessage())
          .causedBy(error);
    }
  }

  private static SqliteConnection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.OPEN_URI); // what is attached says that it is only read
    return new SqliteConnection(
        config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath()));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      file.toFile().deleteOnExit();
    }
  }
}
