package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Databases of each engine for the cases that all engines must pass, and what such cases do. */
final class ContractEngines implements AutoCloseable {
  private static final int BUSY_MILLIS = 5_000;

  private final Path folder;
  private final SqldServer server;
  private final List<Database> opened = new ArrayList<>();
  private int count;

  /** Which engine a case runs on. */
  enum Engine {
    SQLITE,
    LIBSQL,
    POSTGRESQL;

    /** How a transaction begins that writes. */
    String begin() {
      return this == POSTGRESQL ? "BEGIN" : "BEGIN IMMEDIATE";
    }

    /** What is said where there is no such table. */
    String noTable(String name) {
      return this == POSTGRESQL
          ? "relation \"" + name + "\" does not exist"
          : "no such table: " + name;
    }

    /** What is said where table t has a row of that id. */
    String taken(long id) {
      return this == POSTGRESQL
          ? "duplicate key value violates unique constraint \"t_pkey\" (Key (id)=(%d) already exists.)"
              .formatted(id)
          : "UNIQUE constraint failed: t.id";
    }
  }

  ContractEngines(Path folder) {
    this.folder = folder;
    this.server = SqldServer.start(folder.resolve("sqld"));
  }

  /** An empty database. */
  Database fresh(Engine engine) {
    return open(place(engine), false);
  }

  /** A database with one table, t (id, name). */
  Database table(Engine engine) {
    Database database = fresh(engine);
    write(database, SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)"));
    return database;
  }

  /** Where an empty database is, or will be. */
  String place(Engine engine) {
    String name = "c" + count++;
    return switch (engine) {
      case SQLITE -> folder.resolve(name + ".db").toString();
      case LIBSQL -> server.namespace(name);
      case POSTGRESQL -> PostgresqlServer.get().database();
    };
  }

  Database open(String place, boolean reading) {
    Database database =
        Databases.open(place, new SqliteDatabase.Options(!reading, reading, false, BUSY_MILLIS));
    opened.add(database);
    return database;
  }

  void closeDatabases() {
    opened.forEach(Database::close);
    opened.clear();
  }

  @Override
  public void close() {
    server.close();
  }

  static void write(Database database, SqlFragment... statements) {
    assertThat(database.atomically(AtomicBatch.of(List.of(statements))))
        .isInstanceOf(Committed.class);
  }

  static void run(StatementSession session, String sql) {
    session.run(sql).close();
  }

  /** The ids in table t. */
  static List<Object> ids(Database database) {
    try (ReadView view = database.view()) {
      return view.rows(SqlFragment.of("SELECT id FROM t ORDER BY id")).stream()
          .map(row -> row.get(0))
          .toList();
    }
  }
}
