package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A REPLACE on a live server, which shows nobody the rows that it takes away: all of them are in
 * the journal, or it is taken back.
 */
class LiveReplaceTest {
  private static final List<String> YES = List.of("--yes");
  private static final List<String> TABLES = List.of("t", "w", "n", "p", "c");

  @TempDir Path folder;

  @Test
  void rows_that_a_replace_takes_away_come_back() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      String url = server.namespace("replaced");
      LiveCairn live = new LiveCairn(folder, url);
      try (Database database =
          Databases.open(url, new SqliteDatabase.Options(false, false, false, 5_000))) {
        for (String ddl :
            List.of(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, u INTEGER UNIQUE, a TEXT COLLATE NOCASE, b,"
                    + " UNIQUE (a, b))",
                "CREATE TABLE w (k TEXT NOT NULL, j INTEGER, v, PRIMARY KEY (k, j)) WITHOUT ROWID",
                "CREATE TABLE n (x INTEGER NOT NULL UNIQUE ON CONFLICT REPLACE, v)",
                "CREATE TABLE p (id INTEGER PRIMARY KEY, v)",
                "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE, v)",
                "INSERT INTO t VALUES (1, 10, 'a', 1), (2, 20, 'b', NULL), (3, 30, 'c', 3), (4, NULL, 'd', x'00'), (5, 50, 'e', '')",
                "INSERT INTO w VALUES ('a', 1, 1), ('a', 2, 2.0), ('b', 1, NULL)",
                "INSERT INTO n VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "INSERT INTO p VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO c VALUES (7, 1, 'x'), (8, 1, 'y'), (9, 2, 'z')")) {
          ContractEngines.write(database, SqlFragment.of(ddl));
        }
        for (String statement :
            List.of(
                "REPLACE INTO t VALUES (1, 30, 'B', NULL)",
                "INSERT OR REPLACE INTO t (u, a, b) VALUES (20, 'C', 3), (20, 'f', 4), (50, 'g', 5)",
                "UPDATE OR REPLACE t SET u = 20 WHERE id IN (3, 4, 5)",
                "UPDATE OR REPLACE t SET id = id + 1 WHERE id < 4",
                "INSERT OR REPLACE INTO w SELECT 'a', 3 - j, v FROM w WHERE k = 'a'",
                "UPDATE OR REPLACE w SET k = 'a'",
                "INSERT INTO n SELECT x + 1, v FROM n",
                "UPDATE n SET x = 2 WHERE x <> 2",
                "REPLACE INTO p VALUES (1, 'again')")) {
          List<List<List<Object>>> before = content(database);
          live.run(YES, statement);
          assertThat(content(database)).describedAs(statement).isNotEqualTo(before);
          assertThat(rows(database, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
              .isEmpty();
          live.run(List.of("--plan", live.token("plan undo")), "undo");
          assertThat(content(database)).describedAs(statement).isEqualTo(before);
        }
        List<List<List<Object>>> before = content(database);
        String planning = "plan UPDATE OR REPLACE t SET u = 20 WHERE id IN (3, 4, 5)";
        live.run(List.of("--plan", live.token(planning)), planning, "apply", "verify");
        assertThat(rows(database, "SELECT count(*) FROM t")).isNotEqualTo(List.of(List.of(5L)));
        live.run(List.of("--plan", live.token("plan undo")), "undo");
        assertThat(content(database)).isEqualTo(before);
        unproved(live, database);
      }
    }
  }

  /** A conflict that no key tells of, and one that another clause decides otherwise. */
  private void unproved(LiveCairn live, Database database) throws Exception {
    for (String ddl :
        List.of(
            "CREATE UNIQUE INDEX n_v ON n (upper(v))",
            "CREATE TABLE i (a INTEGER NOT NULL UNIQUE ON CONFLICT REPLACE, b NOT NULL UNIQUE ON CONFLICT IGNORE)",
            "INSERT INTO i VALUES (1, 1), (2, 2)")) {
      ContractEngines.write(database, SqlFragment.of(ddl));
    }
    List<List<List<Object>>> before = content(database);
    for (String statement :
        List.of(
            "INSERT OR REPLACE INTO n VALUES (9, 'ONE')",
            "INSERT INTO i SELECT b, 3 - a FROM i WHERE a = 1")) {
      String[] line = {live.database(), "--yes", "-c", statement};
      try (CairnChild child = CairnChild.run(folder, line)) {
        assertThat(child.await()).describedAs(child.err()).isEqualTo(3);
        assertThat(child.err()).contains("replace-unseen");
      }
      assertThat(content(database)).isEqualTo(before);
      assertThat(rows(database, "SELECT a, b FROM i"))
          .isEqualTo(List.of(List.of(1L, 1L), List.of(2L, 2L)));
    }
  }

  private static List<List<List<Object>>> content(Database database) {
    return TABLES.stream()
        .map(
            table ->
                rows(
                    database,
                    "SELECT * FROM (SELECT * FROM "
                        + table
                        + ") ORDER BY 1, 2, 3"
                            .replace(", 3", table.equals("n") || table.equals("p") ? "" : ", 3")))
        .toList();
  }

  private static List<List<Object>> rows(Database database, String sql) {
    try (ReadView view = database.view()) {
      return view.rows(SqlFragment.of(sql)).stream()
          .map(
              row ->
                  row.stream()
                      .map(
                          v ->
                              v instanceof byte[] b
                                  ? (Object) List.of(b.length)
                                  : v == null ? "NULL" : v)
                      .toList())
          .toList();
    }
  }
}
