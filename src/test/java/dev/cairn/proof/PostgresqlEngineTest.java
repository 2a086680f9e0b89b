package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.Column;
import dev.cairn.catalog.Table;
import dev.cairn.catalog.Trigger;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.BatchOutcome.Unknown;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL alone does, on a real server. */
class PostgresqlEngineTest {
  private final List<Database> opened = new ArrayList<>();
  private String url;
  private Database database;

  @BeforeEach
  void open() {
    url = PostgresqlServer.get().database();
    database = open(false, 1_000);
  }

  @AfterEach
  void close() {
    opened.forEach(Database::close);
  }

  @Test
  void values_of_every_type_come_back_to_the_last_digit() {
    List<Object> values =
        List.of(
            true,
            -32768L,
            2147483647L,
            Long.MIN_VALUE,
            new BigDecimal("12345678901234567890.1234567890"),
            new BigDecimal("-1.00"),
            "NaN",
            (double) 0.1f,
            -0.0,
            Double.NEGATIVE_INFINITY,
            "日本 😀 '\"\\ ?",
            "padded    ",
            new byte[] {0, -1, 63},
            "4713-01-01 BC",
            "2026-11-21 22:00:00.123456",
            "2026-11-21 22:00:00.123456+00",
            "infinity",
            "1 year 2 mons 3 days 04:05:06.000007",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "{\"b\": 1,  \"a\":1.10}",
            "{\"a\": 1.10}",
            "{1,NULL,\"a b\"}",
            "[1,5)",
            "10110",
            "192.168.0.1/24",
            "sad");
    List<String> types =
        List.of(
            "boolean",
            "smallint",
            "integer",
            "bigint",
            "numeric",
            "numeric(9,2)",
            "numeric",
            "real",
            "double precision",
            "double precision",
            "text",
            "character(10)",
            "bytea",
            "date",
            "timestamp",
            "timestamptz",
            "timestamptz",
            "interval",
            "uuid",
            "json",
            "jsonb",
            "text[]",
            "int4range",
            "bit(5)",
            "inet",
            "mood");
    write("CREATE TYPE mood AS ENUM ('sad', 'glad')");
    StringBuilder columns = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      columns.append(i == 0 ? "" : ", ").append("c").append(i).append(' ').append(types.get(i));
      marks.append(i == 0 ? "?" : ", ?");
    }
    write("CREATE TABLE v (" + columns + ")");
    SqlFragment insert =
        SqlFragment.of("INSERT INTO v VALUES (" + marks + ")", values.toArray(Object[]::new));
    assertThat(database.atomically(AtomicBatch.of(List.of(insert)))).isInstanceOf(Committed.class);
    List<Object> read = row("SELECT * FROM v");
    assertThat(read).usingRecursiveComparison().isEqualTo(values);
    // What was read can be bound again, and is then the same in the engine's eyes too.
    List<SqlFragment> again =
        List.of(
            SqlFragment.of("INSERT INTO v VALUES (" + marks + ")", read.toArray(Object[]::new)),
            SqlFragment.of("SELECT count(*), count(DISTINCT v::text) FROM v"));
    assertThat(database.atomically(AtomicBatch.of(again)))
        .isEqualTo(new Committed(List.of(List.of(), List.of(2L, 1L))));
  }

  @Test
  void question_marks_are_operators_where_they_follow_an_operand() {
    write("CREATE TABLE j (id int PRIMARY KEY, doc jsonb)");
    write("INSERT INTO j VALUES (1, '{\"a\": 1}'), (2, '{\"b\": 2}')");
    try (StatementSession session = database.session();
        ReadView view = database.view()) {
      assertThat(session.again(SqlFragment.of("SELECT id FROM j WHERE doc ? 'a'")))
          .isEqualTo(List.of(1L));
      assertThat(session.again(SqlFragment.of("SELECT id FROM j WHERE doc ?| array['b', 'c']")))
          .isEqualTo(List.of(2L));
      assertThat(
              view.rows(
                  SqlFragment.of(
                      "SELECT id FROM j WHERE doc ? 'a' AND id = ? AND doc ?& ARRAY[?] -- ?",
                      1L,
                      "a")))
          .isEqualTo(List.of(List.of(1L)));
      assertThatThrownBy(() -> view.rows(SqlFragment.of("SELECT ?, ?", 1L)))
          .isInstanceOf(CairnException.class)
          .hasMessageContaining("2 values");
    }
  }

  @Test
  void a_commit_that_the_server_made_a_rollback_is_a_failure() {
    write("CREATE TABLE t (id int PRIMARY KEY)");
    try (StatementSession session = database.session()) {
      ContractEngines.run(session, "BEGIN");
      ContractEngines.run(session, "INSERT INTO t VALUES (1)");
      assertThatThrownBy(() -> ContractEngines.run(session, "INSERT INTO t VALUES (1)"))
          .hasMessageContaining("duplicate key");
      assertThatThrownBy(() -> ContractEngines.run(session, "INSERT INTO t VALUES (2)"))
          .isInstanceOfSatisfying(
              CairnException.class,
              error -> assertThat(error.code()).isEqualTo("transaction-failed"));
      assertThat(session.inTransaction()).isTrue();
      assertThatThrownBy(() -> ContractEngines.run(session, "COMMIT"))
          .hasMessageContaining("nothing was committed");
      assertThat(session.inTransaction()).isFalse();
    }
    assertThat(row("SELECT count(*) FROM t")).isEqualTo(List.of(0L));
  }

  @Test
  void a_lock_that_is_held_makes_a_batch_busy_and_nothing_else() {
    write("CREATE TABLE t (id int PRIMARY KEY, x int)");
    write("INSERT INTO t VALUES (1, 1)");
    try (StatementSession other = database.session()) {
      ContractEngines.run(other, "BEGIN");
      ContractEngines.run(other, "UPDATE t SET x = 2 WHERE id = 1");
      RolledBack busy =
          (RolledBack)
              database.atomically(
                  AtomicBatch.of(List.of(SqlFragment.of("UPDATE t SET x = 3 WHERE id = 1"))));
      assertThat(busy.reason()).isEqualTo(Reason.BUSY);
      assertThat(busy.statement()).isZero();
      ContractEngines.run(other, "ROLLBACK");
    }
    write("UPDATE t SET x = 3 WHERE id = 1");
    assertThat(row("SELECT x FROM t")).isEqualTo(List.of(3L));
  }

  @Test
  void a_connection_lost_before_commit_did_nothing_and_one_lost_in_it_is_not_known() {
    write("CREATE TABLE t (id int PRIMARY KEY)");
    write(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$");
    SqlFragment insert = SqlFragment.of("INSERT INTO t VALUES (1)");
    SqlFragment die = SqlFragment.of("SELECT pg_terminate_backend(pg_backend_pid())");
    RolledBack before = (RolledBack) database.atomically(AtomicBatch.of(List.of(insert, die)));
    assertThat(before.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(before.statement()).isEqualTo(1);
    assertThat(row("SELECT count(*) FROM t")).isEqualTo(List.of(0L));
    write(
        "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION die()");
    assertThat(database.atomically(AtomicBatch.of(List.of(insert)))).isInstanceOf(Unknown.class);
    // What only reads comes behind whatever is still being committed, on a connection of its own.
    assertThat(
            database.atomically(AtomicBatch.of(List.of(SqlFragment.of("SELECT count(*) FROM t")))))
        .isEqualTo(new Committed(List.of(List.of(0L))));
  }

  @Test
  void reading_back_waits_for_a_batch_that_is_not_at_its_end() throws Exception {
    write("CREATE TABLE t (id int PRIMARY KEY)");
    Database other = open(false, 5_000);
    AtomicBatch slow =
        AtomicBatch.of(
            List.of(
                SqlFragment.of("INSERT INTO t VALUES (1)"),
                SqlFragment.of("SELECT pg_sleep(1)::text")));
    Thread batch = new Thread(() -> other.atomically(slow));
    batch.start();
    Thread.sleep(400);
    Database reader = open(false, 5_000);
    assertThat(reader.atomically(AtomicBatch.of(List.of(SqlFragment.of("SELECT count(*) FROM t")))))
        .isEqualTo(new Committed(List.of(List.of(1L))));
    batch.join();
  }

  @Test
  void views_of_one_moment_see_the_very_same_rows() {
    write("CREATE TABLE t (id int)");
    List<ReadView> views = database.viewsOfOneMoment(3);
    try {
      assertThat(views).hasSize(3);
      write("INSERT INTO t VALUES (1)");
      for (ReadView view : views) {
        assertThat(view.number(SqlFragment.of("SELECT count(*) FROM t"))).isZero();
      }
    } finally {
      views.forEach(ReadView::close);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (1)",
        "SET default_transaction_read_only = off",
        "BEGIN READ WRITE",
        "SELECT set_config('transaction_read' || '_only', 'off', false), put()",
        "DO $$ BEGIN EXECUTE 'SET default_transaction_' || 'read_only = off'; END $$",
      })
  void what_is_opened_for_reading_is_not_written(String attempt) {
    write("CREATE TABLE t (id int)");
    write(
        "CREATE FUNCTION put() RETURNS int LANGUAGE sql AS"
            + " $$ INSERT INTO t VALUES (1) RETURNING id $$");
    try (StatementSession session = open(true, 1_000).session()) {
      for (String sql : List.of(attempt, "INSERT INTO t VALUES (2)", "BEGIN", attempt)) {
        try {
          ContractEngines.run(session, sql);
        } catch (CairnException refused) {
          assertThat(refused.exit().code()).isEqualTo(1);
        }
      }
      try {
        ContractEngines.run(session, "INSERT INTO t VALUES (3)");
        ContractEngines.run(session, "COMMIT");
      } catch (CairnException refused) {
        assertThat(refused.exit().code()).isEqualTo(1);
      }
    }
    assertThat(row("SELECT count(*) FROM t")).isEqualTo(List.of(0L));
  }

  @Test
  void the_catalog_knows_keys_references_triggers_and_what_is_generated() {
    write("CREATE SCHEMA other");
    write(
        "CREATE TABLE p (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(9) UNIQUE,"
            + " twice int GENERATED ALWAYS AS (length(code) * 2) STORED)");
    write(
        "CREATE TABLE other.c (a int, b int DEFAULT 7, p bigint REFERENCES p ON DELETE CASCADE,"
            + " PRIMARY KEY (b, a))");
    write("CREATE UNIQUE INDEX low ON p (lower(code)) WHERE id > 0");
    write("CREATE TABLE part (d date NOT NULL, v int) PARTITION BY RANGE (d)");
    write("CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
    write("CREATE MATERIALIZED VIEW m AS SELECT id FROM p");
    write("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$");
    write("CREATE TRIGGER tr AFTER UPDATE OF code ON p FOR EACH STATEMENT EXECUTE FUNCTION f()");
    Catalog catalog = database.catalog();
    Table p = catalog.table("p").orElseThrow();
    assertThat(p.columns())
        .extracting(Column::type)
        .containsExactly("bigint", "character varying(9)", "integer");
    assertThat(p.columns()).extracting(Column::generated).containsExactly(false, false, true);
    assertThat(p.primaryKey()).containsExactly("id");
    assertThat(p.keys()).hasSize(2);
    Table c = catalog.table("other.c").orElseThrow();
    assertThat(c.primaryKey()).containsExactly("b", "a");
    assertThat(c.column("b").orElseThrow().defaultValue()).isEqualTo("7");
    assertThat(catalog.referencesTo("p")).hasSize(1);
    assertThat(catalog.referencesTo("p").get(0).onDelete()).isEqualTo("CASCADE");
    assertThat(catalog.table("m").orElseThrow().view()).isTrue();
    assertThat(catalog.table("part_1").orElseThrow().sql())
        .contains("PARTITION OF part FOR VALUES");
    Trigger trigger = p.triggers().get(0);
    assertThat(trigger.events()).containsExactly("UPDATE");
    assertThat(trigger.columns()).containsExactly("code");
    try (StatementSession session = database.session()) {
      long before = session.schemaVersion();
      assertThat(session.schemaVersion()).isEqualTo(before);
      ContractEngines.run(session, "ALTER TABLE p DISABLE TRIGGER tr");
      assertThat(session.schemaVersion()).isNotEqualTo(before);
      assertThat(session.catalog().table("p").orElseThrow().triggers()).isEmpty();
      assertThat(session.catalog().fingerprint()).isNotEqualTo(catalog.fingerprint());
    }
  }

  private Database open(boolean reading, int busyMillis) {
    Database made =
        Databases.open(url, new SqliteDatabase.Options(false, reading, false, busyMillis));
    opened.add(made);
    return made;
  }

  private void write(String sql) {
    ContractEngines.write(database, SqlFragment.of(sql));
  }

  private List<Object> row(String sql) {
    try (ReadView view = database.view()) {
      return view.row(SqlFragment.of(sql));
    }
  }
}
