package dev.cairn.proof;

import static dev.cairn.proof.ContractEngines.ids;
import static dev.cairn.proof.ContractEngines.run;
import static dev.cairn.proof.ContractEngines.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.Table;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.proof.ContractEngines.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine's {@link Database} does alike, but for typed statements. */
class DatabaseContractTest extends OnEachEngine {
  private static final int MANY = 120_000;

  /** PostgreSQL has no column for values of any type: PostgresqlEngineTest has one of each. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void values_come_back_as_they_were_bound(Engine engine) {
    Database database = engines.fresh(engine);
    List<Object> values =
        Stream.of(
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                (1L << 53) + 1,
                0L,
                0.1,
                -0.0,
                1e300,
                Double.MIN_VALUE,
                4100002.999999999,
                "",
                "a\0b",
                "日本 😀 '\"\\",
                new byte[] {},
                new byte[] {0, -1, 127})
            .map(Object.class::cast)
            .toList();
    write(database, SqlFragment.of("CREATE TABLE v (n INTEGER PRIMARY KEY, x)"));
    List<SqlFragment> inserts = new ArrayList<>();
    for (Object value : values) {
      inserts.add(SqlFragment.of("INSERT INTO v (x) VALUES (?)", value));
    }
    inserts.add(SqlFragment.of("INSERT INTO v (x) VALUES (?)", (Object) null));
    inserts.add(
        SqlFragment.of(
            "INSERT INTO v (x) VALUES (?), (?)",
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY));
    write(database, inserts.toArray(SqlFragment[]::new));

    int endless = values.size() + 1;
    try (ReadView view = database.view()) {
      SqlFragment finite = SqlFragment.of("SELECT x FROM v WHERE n <= ? ORDER BY n", endless);
      List<Object> streamed = new ArrayList<>();
      try (RowStream rows = view.query(finite)) {
        while (rows.next()) {
          streamed.add(rows.value(0));
        }
      }
      List<Object> expected = new ArrayList<>(values);
      expected.add(null);
      assertThat(streamed).usingRecursiveComparison().isEqualTo(expected);
      assertThat(Double.doubleToRawLongBits((Double) streamed.get(5)))
          .isEqualTo(Double.doubleToRawLongBits(-0.0));
      List<Object> whole = view.rows(finite).stream().map(row -> row.get(0)).toList();
      assertThat(whole).usingRecursiveComparison().isEqualTo(expected);
      assertThat(
              view.rows(
                  SqlFragment.of(
                      "SELECT x = 9e999, x = -9e999, typeof(x) FROM v WHERE n > ? ORDER BY n",
                      endless)))
          .isEqualTo(List.of(List.of(1L, 0L, "real"), List.of(0L, 1L, "real")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_commits_whole_and_gives_first_rows(Engine engine) {
    Database database = engines.table(engine);
    BatchOutcome outcome =
        database.atomically(
            AtomicBatch.of(
                List.of(
                    SqlFragment.of("INSERT INTO t VALUES (1, 'a'), (2, 'b')"),
                    SqlFragment.of("SELECT ")
                        .then(database.dialect().rowsChanged())
                        .then(", ?", "x"),
                    SqlFragment.of("SELECT id FROM t WHERE id > 99"))));
    assertThat(outcome).isEqualTo(new Committed(List.of(List.of(), List.of(2L, "x"), List.of())));
    assertThat(ids(database)).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_that_fails_leaves_nothing_and_names_the_statement(Engine engine) {
    Database database = engines.table(engine);
    write(database, SqlFragment.of("INSERT INTO t VALUES (2, 'there')"));
    BatchOutcome outcome =
        database.atomically(
            AtomicBatch.of(
                List.of(
                    SqlFragment.of("INSERT INTO t VALUES (1, 'a')"),
                    SqlFragment.of("INSERT INTO t VALUES (2, 'b')"),
                    SqlFragment.of("INSERT INTO t VALUES (3, 'c')"))));
    assertThat(outcome).isEqualTo(new RolledBack(Reason.CONSTRAINT, 1, engine.taken(2)));
    assertThat(ids(database)).containsExactly(2L);
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_whose_sql_is_wrong_is_rolled_back(Engine engine) {
    Database database = engines.table(engine);
    BatchOutcome outcome =
        database.atomically(
            AtomicBatch.of(
                List.of(
                    SqlFragment.of("INSERT INTO t VALUES (1, 'a')"),
                    SqlFragment.of("INSERT INTO nowhere VALUES (1)"))));
    RolledBack failed = (RolledBack) outcome;
    assertThat(failed.reason()).isEqualTo(Reason.SQL);
    assertThat(failed.statement()).isEqualTo(1);
    assertThat(failed.message()).contains(engine.noTable("nowhere"));
    assertThat(ids(database)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void foreign_keys_hold_unless_a_batch_proves_them_itself(Engine engine) {
    Database database = engines.table(engine);
    write(
        database,
        SqlFragment.of(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER NOT NULL REFERENCES t(id)"
                + " DEFERRABLE INITIALLY DEFERRED)"));
    SqlFragment orphan = SqlFragment.of("INSERT INTO child VALUES (1, 77)");
    RolledBack refused = (RolledBack) database.atomically(AtomicBatch.of(List.of(orphan)));
    assertThat(refused.reason()).isEqualTo(Reason.CONSTRAINT);
    assertThat(refused.statement()).isEqualTo(-1);
    assertThat(refused.message()).containsIgnoringCase("foreign key constraint");
    AtomicBatch proven =
        new AtomicBatch(List.of(orphan), true, false, false, false, java.util.Optional.empty());
    if (engine == Engine.POSTGRESQL) { // only a superuser switches its checks off there
      assertThat(database.atomically(proven)).isInstanceOf(RolledBack.class);
      return;
    }
    assertThat(database.atomically(proven)).isInstanceOf(Committed.class);
    assertThat(database.atomically(AtomicBatch.of(List.of(orphan)))).isInstanceOf(RolledBack.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_waits_for_another_writer_and_says_when_it_can_not(Engine engine) {
    Database database = engines.table(engine);
    try (StatementSession other = database.session()) {
      run(other, engine.begin());
      if (engine == Engine.POSTGRESQL) { // its writers wait for rows, not for the database
        run(other, "LOCK TABLE t IN EXCLUSIVE MODE");
      }
      run(other, "INSERT INTO t VALUES (1, 'other')");
      Thread later =
          new Thread(
              () -> {
                sleep(400);
                run(other, "COMMIT");
              });
      later.start();
      write(database, SqlFragment.of("INSERT INTO t VALUES (2, 'mine')"));
      join(later);
    }
    assertThat(ids(database)).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource
  void a_view_sees_one_moment(Engine engine) {
    Database database = engines.table(engine);
    write(database, SqlFragment.of("INSERT INTO t VALUES (1, 'a')"));
    if (engine == Engine.SQLITE) {
      try (StatementSession wal = database.session()) {
        run(wal, "PRAGMA journal_mode = WAL");
      }
    }
    try (ReadView view = database.view()) {
      SqlFragment all = SqlFragment.of("SELECT count(*) FROM t");
      assertThat(view.number(all)).isEqualTo(1);
      write(database, SqlFragment.of("INSERT INTO t VALUES (2, 'b')"));
      assertThat(view.number(all)).isEqualTo(1);
      try (RowStream rows = view.query(SqlFragment.of("SELECT id FROM t"))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isFalse();
      }
      assertThat(view.number(all)).isEqualTo(1);
    }
    assertThat(ids(database)).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource
  void many_rows_are_streamed_and_a_reader_may_stop(Engine engine) {
    Database database = engines.table(engine);
    write(
        database,
        SqlFragment.of(
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?)"
                + " INSERT INTO t SELECT x, 'a text of some length, so that it is many bytes' FROM c",
            MANY));
    SqlFragment all = SqlFragment.of("SELECT id, name FROM t ORDER BY id");
    try (ReadView view = database.view()) {
      long sum = 0;
      try (RowStream rows = view.query(all)) {
        assertThat(rows.columns()).containsExactly("id", "name");
        while (rows.next()) {
          sum += rows.number(0);
        }
      }
      assertThat(sum).isEqualTo((long) MANY * (MANY + 1) / 2);
      try (RowStream rows = view.query(all)) {
        assertThat(rows.next()).isTrue();
      }
      assertThat(view.number(SqlFragment.of("SELECT max(id) FROM t"))).isEqualTo(MANY);
      try (RowStream rows = view.query(all)) {
        assertThat(rows.next()).isTrue();
        assertThat(view.number(SqlFragment.of("SELECT min(id) FROM t"))).isEqualTo(1);
        assertThat(rows.next()).isTrue();
        assertThat(rows.number(0)).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_query_that_fails_says_so_and_the_view_goes_on(Engine engine) {
    Database database = engines.table(engine);
    try (ReadView view = database.view()) {
      assertThatThrownBy(() -> view.query(SqlFragment.of("SELECT FROM WHERE")))
          .isInstanceOfSatisfying(
              CairnException.class, error -> assertThat(error.code()).isEqualTo("sql"));
    }
    try (ReadView view = database.view()) {
      assertThatThrownBy(() -> view.query(SqlFragment.of("SELECT * FROM nowhere")))
          .isInstanceOf(CairnException.class)
          .hasMessageContaining(engine.noTable("nowhere"));
      assertThatThrownBy(() -> view.rows(SqlFragment.of("SELEC 1")))
          .isInstanceOf(CairnException.class);
      assertThatThrownBy(
              () -> {
                try (RowStream rows =
                    view.query(
                        SqlFragment.of(
                            "SELECT 1 UNION ALL SELECT abs(-9223372036854775807 - 1)"))) {
                  while (rows.next()) {
                    rows.value(0);
                  }
                }
              })
          .hasMessageContaining(
              engine == Engine.POSTGRESQL ? "bigint out of range" : "integer overflow");
      assertThat(view.number(SqlFragment.of("SELECT count(*) FROM t"))).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_asked_ahead_is_answered_as_if_it_were_not(Engine engine) {
    Database database = engines.fresh(engine);
    write(
        database,
        SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)"),
        SqlFragment.of("INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, '')"));
    SqlFragment rows = SqlFragment.of("SELECT id, x FROM t WHERE id > ? ORDER BY id", 1L);
    SqlFragment none = SqlFragment.of("SELECT id FROM t WHERE id > 9");
    SqlFragment wrong = SqlFragment.of("SELECT no_such FROM nowhere");
    SqlFragment count = SqlFragment.of("SELECT count(*) FROM t");
    try (ReadView view = database.view()) {
      assertThat(view.number(count)).isEqualTo(3);
      view.ahead(List.of(count, SqlFragment.of("no SQL at all")));
      view.ahead(List.of(rows, none, wrong, count));
      if (engine != Engine.SQLITE) { // a file without WAL lets nobody write beside a view
        write(database, SqlFragment.of("DELETE FROM t"));
      }
      assertThatThrownBy(() -> view.rows(wrong)).isInstanceOf(CairnException.class);
      assertThat(view.number(count)).isEqualTo(3);
      try (RowStream stream = view.query(none)) {
        assertThat(stream.columns()).containsExactly("id");
        assertThat(stream.next()).isFalse();
      }
      List<List<Object>> first = view.rows(rows);
      assertThat(view.rows(rows)).as("asked again").usingRecursiveComparison().isEqualTo(first);
    }
  }

  /** PostgreSQL's DDL is another: PostgresqlEngineTest reads it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void the_catalog_is_the_same(Engine engine) {
    Database database = engines.table(engine);
    write(
        database,
        SqlFragment.of("CREATE UNIQUE INDEX by_name ON t (name)"),
        SqlFragment.of("CREATE TABLE c (a INT REFERENCES t(id) ON DELETE CASCADE, b REAL) STRICT"),
        SqlFragment.of("CREATE VIEW w AS SELECT id FROM t"),
        SqlFragment.of("CREATE TRIGGER tr AFTER DELETE ON t BEGIN DELETE FROM c; END"));
    Table t = database.catalog().table("t").orElseThrow();
    assertThat(t.columns()).hasSize(2);
    assertThat(t.indexes()).hasSize(1);
    assertThat(t.triggers()).hasSize(1);
    assertThat(database.catalog().table("c").orElseThrow().foreignKeys()).hasSize(1);
    Database other = engines.fresh(engine == Engine.SQLITE ? Engine.LIBSQL : Engine.SQLITE);
    database.catalog().objects().stream()
        .filter(object -> !object.sql().isEmpty())
        .sorted(java.util.Comparator.comparing(object -> !object.name().equals("t")))
        .forEach(object -> write(other, SqlFragment.of(object.sql())));
    assertThat(other.catalog().fingerprint()).isEqualTo(database.catalog().fingerprint());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
