package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.verify.ChangeVerifier;
import dev.cairn.verify.Verification.Mismatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever was changed, taking it back gives what was there: every table, every row, by value, null
 * and type. What others wrote meanwhile stays.
 */
class UndoProperties {
  private static final List<String> TABLES =
      List.of("t", "child", "nokey", "wr", "seen", "other", "tree", "auto", "gen");

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE t (a INTEGER NOT NULL, b TEXT COLLATE NOCASE NOT NULL, x, y REAL,"
              + " g AS (x * 2), PRIMARY KEY (a, b))",
          "CREATE TABLE child (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, note TEXT,"
              + " FOREIGN KEY (a, b) REFERENCES t ON DELETE %1$s ON UPDATE CASCADE)",
          "CREATE TABLE nokey (k, v)",
          "CREATE TABLE wr (k BLOB PRIMARY KEY, v ANY, u INTEGER UNIQUE) STRICT, WITHOUT ROWID",
          "CREATE TABLE seen (id INTEGER PRIMARY KEY, v, hits INTEGER DEFAULT 0)",
          "CREATE TABLE other (n INTEGER PRIMARY KEY, v)",
          "CREATE TRIGGER counts AFTER UPDATE OF v ON seen BEGIN"
              + " UPDATE seen SET hits = hits + 1 WHERE id = new.id;"
              + " INSERT INTO other (v) VALUES (old.v); END",
          "CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree ON DELETE %2$s,"
              + " pos INTEGER UNIQUE, w NUMERIC)",
          "CREATE TABLE auto (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT, i INTEGER, f REAL)",
          "CREATE TABLE gen (k TEXT PRIMARY KEY, v, w AS (v || 'w') STORED UNIQUE, n NUMERIC)");

  private static final List<String> CHANGES =
      List.of(
          "UPDATE t SET x = %v, y = NULL WHERE a %% 2 = %b",
          "UPDATE t SET b = upper(b) WHERE a = %n",
          "UPDATE t SET a = a + 1000 WHERE a > %n",
          "DELETE FROM t WHERE a = %n",
          "DELETE FROM t WHERE a < %n",
          "UPDATE child SET note = %v, a = NULL WHERE id > %n",
          "DELETE FROM child WHERE id %% 3 = %b",
          "DELETE FROM nokey WHERE k = %n OR v IS NULL",
          "UPDATE nokey SET v = %v WHERE rowid %% 2 = %b",
          "UPDATE nokey SET v = k, k = v",
          "UPDATE wr SET v = %v, u = u + 1000",
          "UPDATE wr SET k = CAST(k || x'ff' AS BLOB) WHERE u > %n",
          "INSERT INTO wr SELECT x'f5', %v, %n WHERE 1 ON CONFLICT (u) DO UPDATE SET v = 'hit'",
          "INSERT OR REPLACE INTO wr SELECT x'01', 'taken', %n",
          "REPLACE INTO t (a, b, x) SELECT %n, 'P', 'other case'",
          "UPDATE seen SET v = %v WHERE id > %n",
          "INSERT INTO seen (v) SELECT v FROM seen LIMIT %n",
          "DELETE FROM seen WHERE id = %n",
          "DELETE FROM tree WHERE id = %n",
          "UPDATE tree SET pos = -pos WHERE id > %n",
          "UPDATE tree SET up = NULL, w = %v WHERE id = %n",
          "UPDATE tree SET pos = -pos, up = %n WHERE id <> %n",
          "INSERT INTO auto (v, i, f) SELECT v, k, %n FROM nokey",
          "DELETE FROM auto WHERE id > %n",
          "UPDATE auto SET v = i, i = f, f = %n",
          "UPDATE gen SET v = %n || k",
          "UPDATE gen SET n = %v, v = v || 1 WHERE n IS NOT NULL",
          "DELETE FROM gen WHERE k > 'k' || %n");

  private Path folder;

  @BeforeProperty
  void folder() throws Exception {
    folder = MemoryFolders.make("cairn-undo");
  }

  @AfterProperty
  void tidy() throws Exception {
    MemoryFolders.delete(folder);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void taken_back_in_turn_changes_leave_what_was_there(@ForAll long seed) throws Exception {
    takenBackInTurn(seed);
  }

  @Tag("longRounds")
  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void taken_back_in_very_many_rounds(@ForAll long seed) throws Exception {
    takenBackInTurn(seed);
  }

  private void takenBackInTurn(long seed) throws Exception {
    Random random = new Random(seed);
    SqliteFile file = made(random);
    List<List<List<Object>>> start = contents(file);
    Deque<Run> runs = new ArrayDeque<>();
    Deque<List<List<List<Object>>>> states = new ArrayDeque<>();
    List<String> said = new ArrayList<>();
    try (UndoEngine engine = new UndoEngine(file)) {
      for (int i = 0; i < 5; i++) {
        states.push(contents(file));
        String sql = change(random);
        Run run = typed(engine, sql);
        if (run == null) {
          states.pop();
          continue;
        }
        said.add(sql);
        runs.push(run);
      }
      while (!runs.isEmpty()) {
        Run run = runs.pop();
        List<List<List<Object>>> left = contents(file);
        List<List<List<Object>>> before = states.pop();
        if (left.equals(before)) {
          continue;
        }
        Run undo = engine.undo(run, 1 + random.nextInt(9));
        assertThat(contents(file)).describedAs("%s of %s", run.planText(), said).isEqualTo(before);
        assertThat(engine.journal().run(run.id()).status()).isEqualTo(RunStatus.UNDONE);
        assertThat(new ChangeVerifier(engine.database()).verify(undo))
            .describedAs(run.planText())
            .isNotInstanceOf(Mismatch.class);
        if (random.nextInt(3) == 0) {
          Run redo = engine.undo(undo, 1 + random.nextInt(9));
          assertThat(contents(file)).describedAs("again %s", run.planText()).isEqualTo(left);
          engine.undo(redo, 4);
          assertThat(contents(file)).describedAs("back %s", run.planText()).isEqualTo(before);
        }
      }
    }
    assertThat(contents(file)).isEqualTo(start);
    assertThat(file.rows("PRAGMA foreign_key_check")).isEmpty();
    assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
    assertThat(file.number("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"))
        .isEqualTo(1);
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void what_others_wrote_elsewhere_stays(@ForAll long seed) throws Exception {
    othersWroteElsewhere(seed);
  }

  @Tag("longRounds")
  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void what_others_wrote_stays_in_very_many_rounds(@ForAll long seed) throws Exception {
    othersWroteElsewhere(seed);
  }

  private void othersWroteElsewhere(long seed) throws Exception {
    Random random = new Random(seed);
    SqliteFile file = made(random);
    SqliteFile alone = file.copyTo(file.path().resolveSibling("alone.db"));
    String[] others = {
      "INSERT INTO t (a, b, x) VALUES (9001, 'new', 1)",
      "INSERT INTO child VALUES (9001, 9001, 'new', 'late')",
      "INSERT INTO nokey (rowid, k, v) VALUES (9001, 1, 'late')",
      "INSERT INTO wr VALUES (x'fefe', 'late', 99001)",
      "INSERT INTO tree VALUES (9001, NULL, 99001, 1)",
      "INSERT INTO auto VALUES (9001, 'late', 1, 1)",
      "INSERT INTO gen (rowid, k, v) VALUES (9001, 'zz', 'late')"
    };
    try (UndoEngine engine = new UndoEngine(file)) {
      Run run = typed(engine, change(random));
      if (run == null || contents(file).equals(contents(alone))) {
        return;
      }
      file.run(others);
      engine.undo(run, 1 + random.nextInt(9));
      alone.run(others);
      assertThat(contents(file)).describedAs(run.planText()).isEqualTo(contents(alone));
    }
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void a_row_changed_since_keeps_what_was_written_last(@ForAll long seed) throws Exception {
    changedSince(seed);
  }

  @Tag("longRounds")
  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void what_was_written_last_stays_in_very_many_rounds(@ForAll long seed) throws Exception {
    changedSince(seed);
  }

  private void changedSince(long seed) throws Exception {
    Random random = new Random(seed);
    SqliteFile file = made(random);
    SqliteFile expected = file.copyTo(file.path().resolveSibling("expected.db"));
    String sql =
        List.of(
                "UPDATE auto SET v = i, i = f, f = 7",
                "UPDATE auto SET f = f + 1, v = 'nulled' WHERE id > 3",
                "UPDATE t SET x = 'x', y = 4",
                "UPDATE nokey SET v = 'other', k = 3",
                "UPDATE gen SET n = 12")
            .get(random.nextInt(5));
    String table = sql.split(" ")[1];
    String number = "rowid";
    try (UndoEngine engine = new UndoEngine(file)) {
      Run run = engine.type(sql);
      String conflict =
          "UPDATE %s SET %s = 'somebody else' WHERE %s %% 3 = %d"
              .formatted(table, sql.split(" ")[3].replace("=", ""), number, random.nextInt(3));
      file.run(conflict);
      List<List<Object>> theirs =
          file.rows("SELECT %s, * FROM %s".formatted(number, table)).stream()
              .filter(row -> row.contains("somebody else"))
              .toList();
      long planned = engine.plan(run).findings().size();
      Run undo = engine.undo(run, 1 + random.nextInt(9));
      long kept =
          theirs.stream()
              .filter(
                  row -> !table.equals("auto") || !sql.contains("id > 3") || (Long) row.get(0) > 3)
              .count();
      assertThat(undo.tally().kept()).describedAs(sql + "; " + conflict).isEqualTo(kept);
      assertThat(planned).isEqualTo(kept > 0 ? 1 : 0);
      assertThat(
              file.rows("SELECT %s, * FROM %s".formatted(number, table)).stream()
                  .filter(row -> row.contains("somebody else"))
                  .toList())
          .isEqualTo(theirs);
      String rest =
          "SELECT * FROM %s WHERE %s NOT IN (%s) ORDER BY %s"
              .formatted(
                  table,
                  number,
                  String.join(
                      ", ", theirs.stream().map(row -> String.valueOf(row.get(0))).toList()),
                  number);
      assertThat(file.rows(rest)).describedAs(sql).isEqualTo(expected.rows(rest));
    }
  }

  /** A change that the tables' own rules refuse is none. */
  private static Run typed(UndoEngine engine, String sql) {
    try {
      return engine.type(sql);
    } catch (CairnException refused) {
      assertThat(refused.getMessage())
          .describedAs(sql)
          .matches("(?s).*(constraint failed|cannot store|datatype mismatch).*");
      return null;
    }
  }

  private static String change(Random random) {
    String sql = CHANGES.get(random.nextInt(CHANGES.size()));
    return sql.replace("%%", "%")
        .replace("%v", value(random))
        .replace("%b", String.valueOf(random.nextInt(2)))
        .replace("%n", String.valueOf(1 + random.nextInt(12)));
  }

  private SqliteFile made(Random random) throws Exception {
    SqliteFile file = new SqliteFile(Files.createTempDirectory(folder, "undo").resolve("t.db"));
    String onDelete = List.of("CASCADE", "SET NULL", "NO ACTION").get(random.nextInt(3));
    String within = List.of("CASCADE", "SET NULL").get(random.nextInt(2));
    for (String ddl : SCHEMA) {
      file.run(ddl.replace("%1$s", onDelete).replace("%2$s", within));
    }
    for (int i = 1; i <= 6 + random.nextInt(12); i++) {
      String b = List.of("'p'", "'Q'", "'ü'").get(random.nextInt(3));
      file.run(
          "INSERT OR IGNORE INTO t (a, b, x, y) VALUES (%d, %s, %s, %d)"
              .formatted(i, b, value(random), i));
      file.run(
          "INSERT INTO child SELECT %d, a, b, %s FROM t ORDER BY random() LIMIT 1"
              .formatted(i, value(random)));
      file.run("INSERT INTO nokey VALUES (%s, %s)".formatted(value(random), value(random)));
      file.run(
          "INSERT OR IGNORE INTO wr VALUES (x'%02x', %s, %d)"
              .formatted(i, value(random), 1 + random.nextInt(15)));
      file.run("INSERT INTO seen (v) VALUES (%s)".formatted(value(random)));
      file.run(
          "INSERT INTO tree VALUES (%d, %s, %d, %s)"
              .formatted(
                  i, i > 1 ? "" + (1 + random.nextInt(i - 1)) : "NULL", i * 3, value(random)));
      file.run(
          "INSERT INTO auto (v, i, f) VALUES (%s, %s, %s)"
              .formatted(value(random), value(random), value(random)));
      file.run(
          "INSERT OR IGNORE INTO gen (k, v, n) VALUES ('k%d', %s, %s)"
              .formatted(i, value(random), value(random)));
    }
    return file;
  }

  private static String value(Random random) {
    return List.of(
            "NULL",
            "1",
            "-7",
            "1.5",
            "2.0",
            "'1'",
            "'text'",
            "''",
            "x''",
            "x'00ff'",
            "9007199254740993",
            "'1e3'",
            "'a''b'",
            "1e300",
            "'01'")
        .get(random.nextInt(15));
  }

  private static List<List<List<Object>>> contents(SqliteFile file) throws SQLException {
    List<List<List<Object>>> all = new ArrayList<>();
    for (String table : TABLES) {
      all.add(file.content(table));
    }
    all.add(file.rows("SELECT rowid, k, v FROM nokey ORDER BY rowid"));
    all.add(file.rows("SELECT k, w FROM gen ORDER BY k"));
    return all;
  }
}
