package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.SqlFragment;
import java.time.Duration;
import java.util.List;

/**
 * One conversation with the engine for SQL that a person types: statements in order, transactions
 * of the person's own. For one thread; {@link #cancel} may come from another.
 */
public interface StatementSession extends AutoCloseable {

  /**
   * Runs one statement. Its rows, if any, come as a stream that must be closed. Fails with the exit
   * code that the engine's answer stands for.
   */
  RowStream run(String statement);

  /** Runs one statement of Cairn's own, with its values, within the same conversation. */
  RowStream run(SqlFragment statement);

  /**
   * Runs one statement of Cairn's own that comes again and again, and gives its first row, or an
   * empty list where it has none.
   */
  List<Object> again(SqlFragment statement);

  /**
   * Runs statements of Cairn's own in their order, up to the first that fails; the failure is
   * thrown. Where each is a journey, these make it together.
   */
  default void all(List<SqlFragment> statements) {
    statements.forEach(this::again);
  }

  /**
   * Fails as {@link #run(String)} would where the engine can't even compile the statement; runs
   * nothing.
   */
  void check(String statement);

  /**
   * The database as this conversation sees it, what it has not yet committed included. Close it
   * before the next statement.
   */
  ReadView view();

  /** The schema as this conversation sees it. */
  Catalog catalog();

  /** A number that changes with the schema, whoever changes it. */
  long schemaVersion();

  /** Rows that the last statement inserted, updated or deleted. */
  long changes();

  /** Whether the person has a transaction open. */
  boolean inTransaction();

  /** Takes an open transaction back, if there is one. */
  void rollback();

  /** As {@link Database#patience}: for how long what may pass is tried again. */
  default Duration patience() {
    return Duration.ZERO;
  }

  /**
   * Ends the statement that is running. Returns whether it is sure that one will end; where it
   * isn't, as before the statement's first step, it can be called again.
   */
  boolean cancel();

  @Override
  void close();
}
