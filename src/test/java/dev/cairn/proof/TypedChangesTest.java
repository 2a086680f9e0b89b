package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.batch.SessionCounters;
import dev.cairn.batch.TypedChange;
import dev.cairn.database.Database;
import dev.cairn.database.RowStream;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.database.StatementSession;
import dev.cairn.error.CairnException;
import dev.cairn.journal.Journal;
import dev.cairn.journal.ProcessIdentity;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.ChangeRows;
import dev.cairn.plan.Changes;
import dev.cairn.sql.SqlParser;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a typed statement changes is in the journal, whoever changed it for the statement. */
class TypedChangesTest {
  private static final List<String> TABLES = List.of("t", "child", "nokey", "seen", "wr", "other");

  @TempDir Path folder;
  private SqliteFile file;
  private Database database;
  private StatementSession session;

  @BeforeEach
  void tables_with_everything_that_writes_along() throws Exception {
    file = new SqliteFile(folder.resolve("t.db"));
    file.run(
        "CREATE TABLE t (a INTEGER NOT NULL, b TEXT COLLATE NOCASE NOT NULL, x, y REAL,"
            + " g AS (x * 2), PRIMARY KEY (a, b))",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, note TEXT,"
            + " FOREIGN KEY (a, b) REFERENCES t ON DELETE CASCADE ON UPDATE CASCADE)",
        "CREATE TABLE nokey (k, v)",
        "CREATE TABLE wr (k BLOB PRIMARY KEY, v ANY, u INTEGER UNIQUE) STRICT, WITHOUT ROWID",
        "CREATE TABLE seen (id INTEGER PRIMARY KEY, v, hits INTEGER DEFAULT 0)",
        "CREATE TABLE other (n INTEGER PRIMARY KEY, v)",
        "CREATE TRIGGER counts AFTER UPDATE OF v ON seen BEGIN"
            + " UPDATE seen SET hits = hits + 1 WHERE id = new.id;"
            + " INSERT INTO other (v) VALUES (old.v); END",
        "INSERT INTO t (a, b, x, y) VALUES (1, 'p', 1, 1), (1, 'q', '1', 2.5), (2, 'p', x'01', NULL)",
        "INSERT INTO child VALUES (1, 1, 'p', 'first'), (2, 1, 'p', NULL), (3, 2, 'p', 'third')",
        "INSERT INTO nokey VALUES (1, 'a'), (1, 'a'), (NULL, NULL)",
        "INSERT INTO wr VALUES (x'00', 1, 1), (x'01', 'one', 2), (x'02', NULL, 3)",
        "INSERT INTO seen (v) VALUES ('v1'), ('v2')");
    database =
        SqliteDatabase.open(file.path(), new SqliteDatabase.Options(false, false, false, 5_000));
    session = database.session();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET x = x + 1, y = NULL",
        "UPDATE t SET b = upper(b) WHERE a = 1",
        "UPDATE t SET a = a + 10 WHERE b = 'p'",
        "DELETE FROM t WHERE a = 1",
        "DELETE FROM nokey WHERE k = 1",
        "DELETE FROM nokey",
        "UPDATE nokey SET v = 'z' WHERE k = 1",
        "UPDATE wr SET v = k, u = u + 10",
        "UPDATE wr SET k = x'ff' WHERE u = 2",
        "INSERT INTO wr SELECT x'05', 5, 1 WHERE 1 ON CONFLICT (u) DO UPDATE SET v = 'hit'",
        "INSERT INTO wr SELECT x'06', 6, 6 UNION ALL SELECT x'00', 7, 7 ON CONFLICT (k) DO NOTHING",
        "INSERT OR REPLACE INTO wr SELECT x'00', 'taken', 2",
        "REPLACE INTO wr SELECT x'09', 'both', 3",
        "REPLACE INTO t (a, b, x) SELECT 1, 'P', 'other case'",
        "UPDATE OR REPLACE wr SET u = 1 WHERE k = x'02'",
        "UPDATE seen SET v = v || '!'",
        "INSERT INTO seen (v) SELECT v FROM seen",
        "DELETE FROM seen WHERE v = 'nothing'",
      })
  void applied_backwards_the_journal_gives_the_start(String sql) throws Exception {
    List<List<List<Object>>> start = contents();
    Run run = run(sql);
    List<List<List<Object>>> end = contents();
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    Backwards.apply(file, run.id());
    assertThat(contents()).isEqualTo(start);
    Backwards.forwards(file, run.id());
    assertThat(contents()).isEqualTo(end);
    assertThat(journal().runs()).hasSize(1);
    assertThat(file.rows("PRAGMA foreign_key_check")).isEmpty();
  }

  @Test
  void counts_are_those_of_the_engine() {
    assertThat(run("DELETE FROM t WHERE a = 1").tally().deleted()).isEqualTo(2);
    assertThat(run("UPDATE seen SET v = 1").tally().updated()).isEqualTo(2);
    Run upsert =
        run(
            "INSERT INTO wr SELECT x'00', 5, 1 UNION ALL SELECT x'07', 7, 7"
                + " ON CONFLICT (k) DO UPDATE SET v = excluded.v");
    assertThat(upsert.tally().inserted()).isEqualTo(1);
    assertThat(upsert.tally().updated()).isEqualTo(1);
    Run replace = run("REPLACE INTO wr SELECT x'07', 8, 3");
    assertThat(replace.tally().inserted()).isEqualTo(1);
    assertThat(replace.tally().deleted()).isEqualTo(2);
  }

  @Test
  void in_a_persons_transaction_the_commit_publishes_it() throws Exception {
    session.run("BEGIN").close();
    assertThat(run("UPDATE t SET x = 1").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run("UPDATE t SET y = 2").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(journal().runs()).isEmpty();
    session.run("COMMIT").close();
    assertThat(journal().runs()).extracting(Run::status).containsOnly(RunStatus.SUCCEEDED);
    assertThat(journal().runs()).hasSize(2);
  }

  @Test
  void rolled_back_nothing_is_left() throws Exception {
    List<List<List<Object>>> start = contents();
    session.run("BEGIN").close();
    run("UPDATE t SET x = 1");
    session.run("ROLLBACK").close();
    assertThat(contents()).isEqualTo(start);
    assertThat(file.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'cairn%'")).isZero();
    assertThat(run("UPDATE t SET x = 1").tally().updated()).isEqualTo(3);
  }

  @Test
  void a_statement_that_fails_leaves_no_run_and_the_persons_transaction_open() throws Exception {
    session.run("BEGIN").close();
    run("UPDATE t SET x = 5");
    assertThatThrownBy(() -> run("UPDATE wr SET u = 1")).hasMessageContaining("UNIQUE");
    assertThat(session.inTransaction()).isTrue();
    run("UPDATE wr SET v = 5");
    session.run("COMMIT").close();
    assertThat(journal().runs()).hasSize(2);
    assertThat(file.number("SELECT count(*) FROM t WHERE x = 5")).isEqualTo(3);
    assertThatThrownBy(() -> run("UPDATE wr SET u = 1")).hasMessageContaining("UNIQUE");
    assertThat(session.inTransaction()).isFalse();
    assertThat(journal().runs()).hasSize(2);
  }

  @Test
  void a_returning_gives_its_rows() {
    List<Object> rows = new ArrayList<>();
    ChangeRows change = change("DELETE FROM t WHERE a = 1 RETURNING b");
    new TypedChange(
            session,
            new SessionCounters(session, database.dialect()),
            database.dialect(),
            Clock.systemUTC())
        .run(
            change,
            stream -> {
              while (stream.next()) {
                rows.add(stream.value(0));
              }
            });
    assertThat(rows).containsExactlyInAnyOrder("p", "q");
  }

  @Test
  void what_cannot_be_seen_is_said_before() throws Exception {
    file.run("CREATE TRIGGER along AFTER INSERT ON wr BEGIN SELECT 1; END");
    assertThatThrownBy(() -> change("REPLACE INTO wr SELECT x'00', 1, 2"))
        .isInstanceOf(CairnException.class)
        .hasMessageContaining("can't be journalled");
  }

  @Test
  void what_a_trigger_would_replace_unseen_is_said_before() throws Exception {
    file.run(
        "CREATE TRIGGER puts AFTER UPDATE ON wr BEGIN"
            + " INSERT OR REPLACE INTO other VALUES (1, new.v); END");
    assertThatThrownBy(() -> change("UPDATE wr SET v = 1"))
        .isInstanceOf(CairnException.class)
        .hasMessageContaining("can't be journalled");
  }

  @Test
  void a_column_that_hides_the_rows_own_number_is_said_before() throws Exception {
    file.run("CREATE TABLE hides (id INTEGER PRIMARY KEY, rowid INT, x INT)");
    assertThatThrownBy(() -> change("DELETE FROM hides WHERE x > 0"))
        .isInstanceOf(CairnException.class)
        .hasMessageContaining("can't be journalled");
  }

  private Run run(String sql) {
    return new TypedChange(
            session,
            new SessionCounters(session, database.dialect()),
            database.dialect(),
            Clock.systemUTC())
        .run(change(sql), RowStream::next);
  }

  private ChangeRows change(String sql) {
    return Changes.typed(
        sql,
        SqlParser.parse(sql, database.dialect().flavour()),
        session.catalog(),
        database.dialect());
  }

  private Journal journal() {
    return new Journal(database, Clock.systemUTC(), ProcessIdentity.current());
  }

  private List<List<List<Object>>> contents() throws Exception {
    List<List<List<Object>>> all = new ArrayList<>();
    for (String table : TABLES) {
      all.add(file.content(table));
    }
    return all;
  }

  @Test
  void the_numbers_of_the_last_statement_are_the_persons() {
    rows("INSERT INTO other VALUES (500, 'five')");
    run("UPDATE nokey SET v = last_insert_rowid() + changes()");
    assertThat(rows("SELECT DISTINCT v FROM nokey")).containsExactly(List.of(501L));
    assertThat(rows("SELECT changes(), last_insert_rowid()")).containsExactly(List.of(3L, 500L));
    run("INSERT INTO other SELECT n + 10, v FROM other UNION ALL SELECT n + 20, v FROM other");
    assertThat(rows("SELECT changes(), last_insert_rowid() IN (510, 520)"))
        .containsExactly(List.of(2L, 1L));
    run("DELETE FROM nokey WHERE 0");
    assertThat(rows("SELECT changes(), last_insert_rowid() IN (510, 520)"))
        .containsExactly(List.of(0L, 1L));
    rows("INSERT INTO other VALUES (7, NULL)");
    assertThatThrownBy(() -> run("UPDATE wr SET u = 1")).isInstanceOf(CairnException.class);
    assertThat(rows("SELECT last_insert_rowid()")).containsExactly(List.of(7L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CREATE TABLE \"É\" (a); CREATE TABLE \"é\" (a)", "CREATE TABLE n (\"É\", \"é\")"})
  void names_that_only_the_engine_tells_apart_are_refused(String tables) throws Exception {
    file.run(tables.split(";"));
    assertThatThrownBy(() -> database.catalog())
        .isInstanceOf(CairnException.class)
        .hasMessageContaining("differ in the case of a letter alone: É and é");
  }

  private List<List<Object>> rows(String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (RowStream stream = session.run(sql)) {
      while (stream.next()) {
        rows.add(stream.row());
      }
    }
    return rows;
  }
}
