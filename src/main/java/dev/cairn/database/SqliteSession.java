package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.SqlFragment;
import java.sql.SQLException;
import java.util.List;

/** Typed SQL on one SQLite connection. */
final class SqliteSession implements StatementSession {
  private final SqliteConnection connection;

  SqliteSession(SqliteConnection connection) {
    this.connection = connection;
  }

  @Override
  public RowStream run(String statement) {
    return run(SqlFragment.of(statement));
  }

  @Override
  public RowStream run(SqlFragment statement) {
    try {
      return connection.query(statement);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public List<Object> again(SqlFragment statement) {
    try {
      return connection.firstRow(statement);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public void check(String statement) {
    try {
      connection.compile(statement);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  @Override
  public ReadView view() {
    boolean own = !inTransaction();
    if (own) {
      execute("BEGIN");
    }
    return new View(own);
  }

  @Override
  public Catalog catalog() {
    try (ReadView view = view()) {
      return SqliteCatalogReader.read(view);
    }
  }

  @Override
  public long schemaVersion() {
    return single("PRAGMA schema_version");
  }

  @Override
  public long changes() {
    return single("SELECT changes()");
  }

  /**
   * SQLite tells a driver whether a transaction is open, this driver tells nobody. BEGIN fails
   * inside a transaction and is ended at once outside; deferred, it takes no lock either way.
   */
  @Override
  public boolean inTransaction() {
    try {
      connection.execute("BEGIN");
    } catch (SQLException insideOne) {
      return true;
    }
    execute("COMMIT");
    return false;
  }

  @Override
  public void rollback() {
    if (inTransaction()) {
      execute("ROLLBACK");
    }
  }

  @Override
  public boolean cancel() {
    connection.cancel();
    return false; // it forgets an interrupt that comes before the statement's first step
  }

  @Override
  public void close() {
    connection.close();
  }

  /** A look at the rows within the person's own transaction, or within one of its own. */
  private final class View implements ReadView {
    private final boolean own;

    View(boolean own) {
      this.own = own;
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
    public void close() {
      if (own) {
        execute("COMMIT");
      }
    }
  }

  private long single(String sql) {
    try {
      return ((Number) connection.firstRow(SqlFragment.of(sql)).get(0)).longValue();
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }

  private void execute(String sql) {
    try {
      connection.execute(sql);
    } catch (SQLException error) {
      throw SqliteErrors.exception(error);
    }
  }
}
