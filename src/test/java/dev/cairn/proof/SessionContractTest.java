package dev.cairn.proof;

import static dev.cairn.proof.ContractEngines.ids;
import static dev.cairn.proof.ContractEngines.run;
import static dev.cairn.proof.ContractEngines.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Reason;
import dev.cairn.database.BatchOutcome.RolledBack;
import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.database.RowStream;
import dev.cairn.database.StatementSession;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.error.CairnException;
import dev.cairn.proof.ContractEngines.Engine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine's {@link StatementSession} does alike. */
class SessionContractTest extends OnEachEngine {
  @ParameterizedTest
  @EnumSource
  void typed_statements_have_transactions_of_the_person(Engine engine) {
    Database database = engines.table(engine);
    try (StatementSession session = database.session()) {
      run(session, "INSERT INTO t VALUES (1, 'a')");
      assertThat(session.changes()).isEqualTo(1);
      assertThat(session.inTransaction()).isFalse();
      run(session, "BEGIN");
      assertThat(session.inTransaction()).isTrue();
      run(session, "INSERT INTO t VALUES (2, 'b')");
      try (ReadView view = session.view()) {
        assertThat(view.number(SqlFragment.of("SELECT count(*) FROM t"))).isEqualTo(2);
      }
      assertThat(ids(database)).containsExactly(1L);
      // PostgreSQL does nothing more in a transaction after an error, but behind a savepoint.
      run(session, "SAVEPOINT s");
      assertThatThrownBy(() -> run(session, "INSERT INTO t VALUES (2, 'again')"))
          .hasMessageContaining(engine.taken(2));
      run(session, "ROLLBACK TO s");
      assertThatThrownBy(() -> run(session, "SELECT FROM WHERE")).hasMessageContaining("syntax");
      run(session, "ROLLBACK TO s");
      assertThat(session.inTransaction()).isTrue();
      run(session, "COMMIT");
      assertThat(session.inTransaction()).isFalse();
      assertThat(ids(database)).containsExactly(1L, 2L);
      try (RowStream rows =
          session.run("UPDATE t SET name = 'z' WHERE id = 1 RETURNING id, name")) {
        assertThat(rows.columns()).containsExactly("id", "name");
        assertThat(rows.next()).isTrue();
        assertThat(rows.row()).isEqualTo(List.of(1L, "z"));
        assertThat(rows.next()).isFalse();
      }
      run(session, "BEGIN");
      run(session, "DELETE FROM t");
      session.rollback();
      assertThat(session.inTransaction()).isFalse();
      assertThat(ids(database)).containsExactly(1L, 2L);
      long before = session.schemaVersion();
      run(session, "CREATE TABLE more (a INTEGER)");
      assertThat(session.schemaVersion()).isNotEqualTo(before);
      assertThat(session.catalog().table("more")).isPresent();
      session.check("SELECT * FROM more");
      assertThatThrownBy(() -> session.check("SELECT * FROM less"))
          .hasMessageContaining(engine.noTable("less"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_conversation_that_ends_takes_back_what_is_open(Engine engine) {
    Database database = engines.table(engine);
    try (StatementSession session = database.session()) {
      run(session, engine.begin());
      run(session, "INSERT INTO t VALUES (1, 'a')");
    }
    write(database, SqlFragment.of("INSERT INTO t VALUES (2, 'b')"));
    assertThat(ids(database)).containsExactly(2L);
  }

  @ParameterizedTest
  @EnumSource
  void a_database_opened_for_reading_is_not_written(Engine engine) {
    String place = engines.place(engine);
    Database writing = engines.open(place, false);
    write(writing, SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
    Database reading = engines.open(place, true);
    SqlFragment insert = SqlFragment.of("INSERT INTO t VALUES (1)");
    RolledBack refused = (RolledBack) reading.atomically(AtomicBatch.of(List.of(insert)));
    assertThat(refused.reason()).isEqualTo(Reason.READ_ONLY);
    try (StatementSession session = reading.session()) {
      assertThatThrownBy(() -> run(session, insert.sql())).isInstanceOf(CairnException.class);
      try (RowStream rows = session.run("SELECT count(*) FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.number(0)).isZero();
      }
    }
    try (ReadView view = writing.view()) {
      assertThatThrownBy(() -> view.query(insert).close()).isInstanceOf(CairnException.class);
    }
    assertThat(ids(writing)).isEmpty();
  }
}
