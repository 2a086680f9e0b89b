package dev.cairn.database;

import dev.cairn.catalog.Catalog;
import dev.cairn.dialect.Dialect;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.plan.Beside;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One open database. The same calls on every engine; nothing above knows which it is. */
public sealed interface Database extends AutoCloseable
    permits SqliteDatabase, LibsqlDatabase, PostgresqlDatabase {

  /** What a person calls it: a file's name, a host. */
  String name();

  /** What tells it from every other database; part of a plan's token. */
  String identity();

  /** Whether changes to it need an approval of their own. */
  boolean live();

  /** Whether it was opened so that nothing can be written. */
  boolean readOnly();

  /** Its SQL. */
  Dialect dialect();

  /** Its schema as it is now. */
  Catalog catalog();

  /** A consistent view for reading, on a connection of its own. */
  ReadView view();

  /**
   * A view that reads another database beside this one, under the name that it is given there.
   * Fails with exit 1 where the other can't be read.
   */
  ReadView view(Optional<Beside> beside);

  /** Whether a batch can read that database beside this one; else its rows must be brought. */
  default boolean batchesRead(Beside beside) {
    return true;
  }

  /**
   * How queries of this database read a table of another where that isn't as a file: empty where it
   * is. Fails with exit 3 where they can't.
   *
   * @param location what opens the other
   */
  default Optional<Beside> besideOf(String location, String table) {
    return Optional.empty();
  }

  /**
   * A file in which a table of this database can be read beside another one: the database itself
   * where it is a file, else a copy of the table as it is now, which lives as long as this process.
   */
  Path besideFile(String table);

  /**
   * The same, where one query can compare texts of both: empty where the other can't be read in
   * that way.
   */
  default Optional<ReadView> shared(Beside beside) {
    return Optional.empty();
  }

  /** The same, for making a copy of the database. Others' writes may wait while it is open. */
  CopyableView copyableView();

  /**
   * Views that see the very same rows, for reading side by side: as many as asked for where it can
   * be proved that nobody wrote between them, else one.
   */
  List<ReadView> viewsOfOneMoment(int wanted);

  /** How many views may usefully read at the same time. */
  int parallelReads();

  /** Runs a transaction. Never throws for what the engine answers. */
  BatchOutcome atomically(AtomicBatch batch);

  /** A conversation for typed SQL. */
  StatementSession session();

  /** Fails, with the place, unless the engine can prepare this query. */
  default void check(SqlFragment query) {
    check(List.of(query));
  }

  /** The same of several at once; it doesn't say which of them it can't. */
  void check(List<SqlFragment> queries);

  /** Whether writers wait in a queue, in which each has its turn, rather than try again. */
  default boolean writersQueue() {
    return false;
  }

  /** Whether the database is shared with somebody else right now, as far as can be seen. */
  Sharing sharing();

  /** Bytes that the file system still has for it; Long.MAX_VALUE where that can't be known. */
  long freeBytes();

  /**
   * The folder for copies of it that are put aside; there may be none yet. Of a copy in such a
   * folder it is that same folder.
   */
  Path snapshotFolder();

  /** The copies that its server makes and keeps; empty where it can't, or nothing says how. */
  default Optional<ServerCopies> serverCopies() {
    return Optional.empty();
  }

  /**
   * Its replica, opened for reading, where one is said and has caught up with all that is committed
   * now; else empty: then this database is to be read. To be closed.
   */
  default Optional<Database> replica() {
    return Optional.empty();
  }

  /** What opens it again. */
  String location();

  /**
   * Makes a database of its own in a new file, with this one's schema and no rows, on which
   * statements can be tried.
   */
  void copySchema(Path file);

  /** Fails with exit 1 where the engine's own check finds damage. Reads everything. */
  void checkSound();

  /**
   * Runs what does nothing when it is done a second time, or fails. So it is tried again, as long
   * as {@link #patience} goes, while its outcome isn't known or what hinders it may pass.
   *
   * @param stop whether somebody wants it to be left
   */
  default BatchOutcome repeatedly(AtomicBatch batch, BooleanSupplier stop) {
    Backoff backoff = new Backoff(patience());
    while (true) {
      BatchOutcome outcome = atomically(batch);
      boolean mayPass =
          outcome instanceof BatchOutcome.Unknown
              || (outcome instanceof BatchOutcome.RolledBack failed && failed.reason().mayPass());
      if (!mayPass || !backoff.again(stop)) {
        return outcome;
      }
    }
  }

  /**
   * For how long a batch that met a hindrance which may pass is tried again. Zero where the engine
   * itself waits, and where an answer that doesn't come can't be.
   */
  default Duration patience() {
    return Duration.ZERO;
  }

  /** Who else is at work on it, where that can be seen and many write. To be closed. */
  default Optional<Neighbours> neighbours() {
    return Optional.empty();
  }

  /** Fails with exit 4 where the database opened is no longer the one under its name. */
  void checkStillThere();

  /** Ends the batch that is running, from another thread. */
  void cancel();

  /** A person wants to stop: ends a batch that nobody knows the length of, from another thread. */
  default void hasten() {}

  @Override
  void close();

  /** Whether others use the database. */
  enum Sharing {
    ALONE,
    SHARED,
    /** It can't be seen, so it is treated as shared. */
    UNSEEN
  }
}
