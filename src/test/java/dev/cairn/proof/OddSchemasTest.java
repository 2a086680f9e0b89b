package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.batch.StopSignal;
import dev.cairn.error.CairnException;
import dev.cairn.journal.BatchTally;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.verify.Verification.Verified;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas in which SQLite does more, or compares otherwise, than a plan says. */
class OddSchemasTest {
  private static final String BY_ID =
      """
      cairn: 1
      name: odd
      source: {table: s, cursor: id}
      target: {table: t, key: [id]}
      columns: {id: id, v: v}
      """;
  private static final String BY_LANE =
      """
      cairn: 1
      name: odd
      source: {table: s, lane: lane, cursor: id}
      target: {table: t, key: [lane, id]}
      columns: {lane: lane, id: id}
      """;
  private static final String POINTS =
      """
      cairn: 1
      name: odd
      source: {table: s, lane: lane, cursor: id}
      target: {table: t, key: [id, point]}
      columns: {id: id}
      fan_out:
        column: point
        lookup: {table: points, match: {lane: lane}, name: name, value: value}
        rows:
          a: {v: a}
          b: {v: b}
      """;

  @TempDir Path folder;
  private SqliteFile file;

  @BeforeEach
  void create() throws Exception {
    file = new SqliteFile(folder.resolve("odd.db"));
    file.run("CREATE TABLE p (id INTEGER PRIMARY KEY)", "INSERT INTO p VALUES (1)");
  }

  @Test
  void aDeclaredReplaceDeletesNoRowOfAnotherKey() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 'x')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v UNIQUE ON CONFLICT REPLACE)",
        "INSERT INTO t VALUES (100, 'x')");
    assertThatThrownBy(() -> apply(BY_ID)).hasMessageContaining("UNIQUE constraint failed: t.v");
    assertThat(file.rows("SELECT * FROM t")).containsExactly(Arrays.asList(100L, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id INTEGER PRIMARY KEY, v, p GENERATED ALWAYS AS (v) STORED REFERENCES p (id)",
        "id INTEGER UNIQUE, v, own INTEGER PRIMARY KEY REFERENCES p (id)"
      })
  void aParentOfAColumnThatThePlanLeavesOutIsStillAskedFor(String columns) throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 1), (2, 99)",
        "CREATE TABLE t (" + columns + ")");
    assertThatThrownBy(() -> apply(BY_ID)).hasMessageContaining("FOREIGN KEY");
    assertThat(orphans()).isZero();
  }

  @Test
  void aKeyThatTheDatabaseComputesTellsWhichRowIsMeantAndIsNotWritten() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "CREATE TABLE t (v, m TEXT, k GENERATED ALWAYS AS (json_extract(m, '$.of')) STORED UNIQUE)",
        "INSERT INTO t VALUES ('other', '{\"of\":2,\"by\":\"the application\"}')");
    String plan =
        """
        cairn: 1
        name: odd
        source: { table: s, cursor: id }
        target: { table: t, key: [k] }
        columns:
          k: id
          v: v
          m: { value: "json_object('of', id)", on_insert: true }
        """;
    assertThat(apply(plan).tally().toString()).contains("inserted=2", "kept=1");
    assertThat(file.rows("SELECT k, v FROM t ORDER BY k"))
        .containsExactly(List.of(1L, "a"), List.of(2L, "other"), List.of(3L, "c"));
    assertThat(apply(plan).tally().toString()).contains("inserted=0", "identical=2", "kept=1");
  }

  @Test
  void aLaneThatHoldsSeveralSpellingsProvesNoParent() throws Exception {
    file.run(
        "CREATE TABLE s (lane TEXT COLLATE NOCASE, id INTEGER)",
        "INSERT INTO s VALUES ('a', 1), ('A', 2)",
        "CREATE TABLE q (id TEXT PRIMARY KEY)",
        "INSERT INTO q VALUES ('A')",
        "CREATE TABLE t (lane TEXT REFERENCES q (id), id INTEGER, PRIMARY KEY (lane, id))");
    assertThatThrownBy(() -> apply(BY_LANE)).hasMessageContaining("FOREIGN KEY");
    assertThat(orphans()).isZero();
  }

  @Test
  void aLaneThatIsConvertedWhenItIsWrittenProvesNoParent() throws Exception {
    file.run(
        "CREATE TABLE s (lane TEXT, id INTEGER)",
        "INSERT INTO s VALUES ('01', 1)",
        "CREATE TABLE q (id TEXT PRIMARY KEY)",
        "INSERT INTO q VALUES ('01')",
        "CREATE TABLE t (lane INTEGER REFERENCES q (id), id INTEGER, PRIMARY KEY (lane, id))");
    assertThatThrownBy(() -> apply(BY_LANE)).hasMessageContaining("FOREIGN KEY");
    assertThat(orphans()).isZero();
  }

  @Test
  void anEntryThatHasAParentOfItsOwnIsStillAskedForIt() throws Exception {
    file.run(
        "CREATE TABLE s (lane INTEGER, id INTEGER, a, b)",
        "INSERT INTO s VALUES (1, 1, 1, 77)",
        "CREATE TABLE t (lane INTEGER, id INTEGER, point TEXT, p INTEGER REFERENCES p (id), v,"
            + " PRIMARY KEY (lane, id, point))");
    String plan =
        """
        cairn: 1
        name: odd
        source: {table: s, lane: lane, cursor: id}
        target: {table: t, key: [lane, id, point]}
        columns: {lane: lane, id: id, p: lane}
        fan_out:
          column: point
          rows:
            a: {v: a}
            b: {v: b, p: b}
        """;
    assertThatThrownBy(() -> apply(plan)).hasMessageContaining("FOREIGN KEY");
    assertThat(orphans()).isZero();
  }

  @Test
  void aRowsNumberGetsNoNullThoughItIsDeclaredNotNull() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER, v, n INTEGER PRIMARY KEY)",
        "INSERT INTO s VALUES (NULL, 'x', 1), (7, 'y', 2)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, v)");
    assertThat(refusals(BY_ID.replace("cursor: id", "cursor: n"))).containsExactly("null-key");
  }

  @Test
  void aNumberThatTheColumnRoundsIsIdenticalOnceItIsWritten() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 9007199254740993), (2, 0), (3, NULL), (4, 'abc'), (5, 0.1)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL)");
    apply(BY_ID);
    assertThat(verified(BY_ID)).isTrue();
    assertThat(apply(BY_ID).tally().identical()).isEqualTo(5);
    file.run("UPDATE t SET v = 0.0 WHERE id IN (3, 4)");
    assertThat(verified(BY_ID)).isFalse();
    String replace = BY_ID.replace("columns:", "on_conflict: replace\ncolumns:");
    assertThat(apply(replace).tally().replaced()).isEqualTo(2);
    assertThat(verified(BY_ID)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "STRICT, '''1'''"})
  void anyIsATypeOfStrictTablesOnly(String options, String stored) throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO s VALUES (1, '1')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY) " + options);
    apply(BY_ID);
    assertThat(file.rows("SELECT quote(v) FROM t")).containsExactly(List.of(stored));
    assertThat(verified(BY_ID)).isTrue();
  }

  @Test
  void aKeyThatIsUniqueUnderAnotherCollationIsNone() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO s VALUES (1, 'A')",
        "CREATE TABLE t (id TEXT, v TEXT)",
        "CREATE UNIQUE INDEX u ON t (id COLLATE NOCASE)");
    assertThat(refusals(BY_ID)).containsExactly("target-key");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, ambiguous-point",
    "5, 5.0, ambiguous-point",
    "x'00', x'00', ambiguous-point",
    "CAST(x'62ff' AS TEXT), 5, lookup-value",
    "'''x'' || char(0)', 5, lookup-value"
  })
  void pointsThatWouldShareAKeyOrLoseTheirsAreRefused(String a, String b, String finding)
      throws Exception {
    points(a, b);
    assertThat(refusals(POINTS)).containsExactly(finding);
  }

  @Test
  void aKeyWithoutTheFanOutsColumnIsRefused() throws Exception {
    points("4", "5");
    file.run("CREATE UNIQUE INDEX u ON t (id)");
    assertThat(refusals(POINTS.replace("[id, point]", "[id]"))).containsExactly("target-key");
  }

  @Test
  void pointsNamedByBlobsHaveTheSameMappingWhenTheyAreReadAgain() throws Exception {
    points("x'00ff'", "x'01'");
    assertThat(measured(POINTS).lanes().get(0).mapping())
        .isEqualTo(measured(POINTS).lanes().get(0).mapping());
  }

  @Test
  void aCursorThatIsAConditionLetsGoOfNoOther() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 'in'), (2, 'out')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    String cursor = "cursor: id OR 0, where: \"v = 'in'\"";
    assertThat(apply(BY_ID.replace("cursor: id", cursor)).tally().inserted()).isEqualTo(1);
  }

  @Test
  void aDescendingKeyIsNoRowNumber() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 'a'), (2, 'b')",
        "CREATE TABLE t (own INTEGER PRIMARY KEY DESC, id INTEGER UNIQUE, v)");
    assertThat(apply(BY_ID).tally().inserted()).isEqualTo(2);
  }

  @Test
  void toleratedRowsAreNotAnotherPlanOrDatabase() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 'a')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    Token token = measured(BY_ID).token().orElseThrow();
    Token other = measured(BY_ID.replace("v: v", "v: v || v")).token().orElseThrow();
    file.run("INSERT INTO s VALUES (2, 'b')");
    Token later = measured(BY_ID).token().orElseThrow();
    file = file.copyTo(folder.resolve("copy.db"));
    Token elsewhere = measured(BY_ID).token().orElseThrow();
    assertThat(later).isNotEqualTo(token);
    assertThat(token.sameWork(later)).isTrue();
    assertThat(token.sameWork(other)).isFalse();
    assertThat(later.sameWork(elsewhere)).isFalse();
  }

  @Test
  void aProgressTableWithStrangeValuesIsShownAsItIs() throws Exception {
    String columns =
        "id INTEGER PRIMARY KEY, migration_name, system_id, last_migrated_timestamp,"
            + " rows_migrated, updated_at";
    file.run(
        "CREATE TABLE s (lane INTEGER, id INTEGER)",
        "INSERT INTO s VALUES (1, 1)",
        "CREATE TABLE t (lane INTEGER, id INTEGER, PRIMARY KEY (lane, id))",
        "CREATE TABLE migration_progress (" + columns + ", UNIQUE (migration_name, system_id))",
        "INSERT INTO migration_progress VALUES (1, 'odd', 1, 'x', 'many', 2)");
    String plan = BY_LANE.replace("columns:", "progress_name: odd\ncolumns:");
    assertThat(measured(plan).findings())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("many"));
    file.run("DROP TABLE migration_progress");
    file.run(
        "CREATE TABLE migration_progress ("
            + columns
            + ", more TEXT NOT NULL, UNIQUE (migration_name, system_id))");
    assertThat(refusals(plan)).containsExactly("progress-table");
  }

  @Test
  void aRunWhoseStatusWasWrittenByHandIsDrift() throws Exception {
    aNumberThatTheColumnRoundsIsIdenticalOnceItIsWritten();
    file.run("UPDATE cairn_run SET status = 'FOO'");
    try (Engine engine = new Engine(file, BY_ID)) {
      assertThatThrownBy(() -> engine.journal().runs())
          .isInstanceOf(CairnException.class)
          .hasMessageContaining("FOO");
    }
  }

  @Test
  void anEndThatCantBeStoredIsNotTakenForATakeOver() throws Exception {
    file.run(
        "CREATE TABLE s (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO s VALUES (1, 'a')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    try (Engine engine = new Engine(file, BY_ID);
        Connection other = file.connect()) {
      Run run = engine.start(engine.measure());
      Engine.OnCommit locksAtTheEnd =
          new Engine.OnCommit() {
            @Override
            public void committed(int lane, long batch, long rows, BatchTally tally) {}

            @Override
            public void laneDone(int lane) {
              try {
                other.createStatement().execute("BEGIN IMMEDIATE");
              } catch (SQLException refused) {
                throw new IllegalStateException(refused);
              }
            }
          };
      assertThatThrownBy(() -> engine.work(run, 10, locksAtTheEnd, StopSignal.NEVER))
          .hasMessageContaining("locked by another process");
      other.createStatement().execute("ROLLBACK");
      engine.work(engine.takeOver(run), 10, StopSignal.NEVER);
      assertThat(engine.journal().run(run.id()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
  }

  private void points(String a, String b) throws Exception {
    file.run(
        "CREATE TABLE s (lane INTEGER, id INTEGER, a, b)",
        "INSERT INTO s VALUES (1, 1, 10, 20)",
        "CREATE TABLE points (lane INTEGER, name, value)",
        "INSERT INTO points VALUES (1, 'a', " + a + "), (1, 'b', " + b + ")",
        "CREATE TABLE t (id INTEGER, point, v, PRIMARY KEY (id, point))");
  }

  private Measured measured(String plan) {
    try (Engine engine = new Engine(file, plan)) {
      return engine.measure();
    }
  }

  private List<String> refusals(String plan) {
    return measured(plan).findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Finding::check)
        .toList();
  }

  private Run apply(String plan) {
    try (Engine engine = new Engine(file, plan)) {
      return engine.apply(100);
    }
  }

  private boolean verified(String plan) {
    try (Engine engine = new Engine(file, plan)) {
      return engine.verify() instanceof Verified;
    }
  }

  private long orphans() throws Exception {
    return file.number("SELECT count(*) FROM pragma_foreign_key_check");
  }
}
