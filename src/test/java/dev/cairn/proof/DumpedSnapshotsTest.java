package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a real libSQL server's database that are read out into a local file. */
class DumpedSnapshotsTest {
  private static final List<String> ODD =
      List.of(
          "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n, t TEXT COLLATE NOCASE,"
              + " g AS (n || t) STORED, v AS (n || '') VIRTUAL, CHECK (id > 0))",
          "INSERT INTO a (n, t) VALUES (1, 'x'), (9223372036854775807, ''), (-0.0, NULL),"
              + " (9e999, 'ü'), (-9e999, 'a' || char(0) || 'b'), (x'00ff', CAST(x'ff41' AS TEXT)),"
              + " (0.1, 'é'), (1e300, '日本'), (5e-324, '')",
          "DELETE FROM a WHERE id = 9",
          "CREATE TABLE w (k TEXT COLLATE NOCASE, j INTEGER, v BLOB, PRIMARY KEY (k, j))"
              + " WITHOUT ROWID",
          "INSERT INTO w VALUES ('B', 1, x''), ('a', 2, NULL), ('A', 1, 1), ('c', -5, 't')",
          "CREATE TABLE nokey (v)",
          "INSERT INTO nokey VALUES (3), (3), (NULL), ('z')",
          "DELETE FROM nokey WHERE rowid = 2",
          "CREATE TABLE \"we\"\"ird name\" (\"select\" INT, \"rowid\" TEXT)",
          "INSERT INTO \"we\"\"ird name\" VALUES (1, 'r')",
          "CREATE TABLE child (a REFERENCES a(id) ON DELETE CASCADE)",
          "INSERT INTO child VALUES (1), (2)",
          "CREATE TABLE big (id INTEGER PRIMARY KEY, b)",
          "INSERT INTO big WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c"
              + " WHERE i < 12) SELECT i, zeroblob(400000 + i) FROM c",
          "CREATE TABLE many (id INTEGER PRIMARY KEY, v)",
          "INSERT INTO many WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c"
              + " WHERE i < 3000) SELECT i * 3, i FROM c",
          "CREATE VIEW vw AS SELECT id, n FROM a",
          "CREATE INDEX ai ON a (t, n DESC) WHERE n IS NOT NULL",
          "CREATE TRIGGER tr AFTER INSERT ON nokey BEGIN INSERT INTO w VALUES ('trg', 0, 1); END",
          "CREATE VIRTUAL TABLE ft USING fts5(body)",
          "INSERT INTO ft VALUES ('hello world')");

  @TempDir Path folder;

  @Test
  void a_dump_is_value_for_value_what_the_server_has() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("odd.db"));
    for (String statement : ODD) {
      file.run(statement);
    }
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      ServerSnapshots cairn =
          new ServerSnapshots(folder, server.namespace("odd", file.path()), Map.of());
      assertThat(cairn.ends(0, "-c", "snapshot create one", "-c", "snapshots"))
          .contains("read out")
          .contains("unchanged");
      Path made = cairn.kept().get(0);
      assertThat(made.getFileName()).hasToString("one.db");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rw-------");
      SqliteFile copy = new SqliteFile(made);
      for (String table :
          List.of(
              "a",
              "w",
              "nokey",
              "\"we\"\"ird name\"",
              "child",
              "big",
              "many",
              "ft_data",
              "sqlite_sequence",
              "vw")) {
        String every = "SELECT %s FROM " + table;
        List<List<Object>> columns =
            file.rows("SELECT name FROM pragma_table_xinfo('%s')".formatted(bare(table)));
        StringBuilder quoted = new StringBuilder();
        for (List<Object> column : columns) {
          String name = "\"" + column.get(0) + "\"";
          quoted.append(quoted.isEmpty() ? "" : ", ");
          quoted.append("typeof(").append(name).append("), hex(").append(name).append("), ");
          quoted.append("quote(").append(name).append(")");
        }
        String query = every.formatted(quoted);
        assertThat(copy.rows(query)).as(table).isEqualTo(file.rows(query));
      }
      String numbers = "SELECT rowid, v FROM nokey ORDER BY rowid";
      assertThat(copy.rows(numbers)).isEqualTo(file.rows(numbers));
      String schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
      assertThat(copy.rows(schema)).isEqualTo(file.rows(schema));
      assertThat(copy.rows("PRAGMA integrity_check").toString()).contains("ok");
      assertThat(copy.rows("SELECT body FROM ft WHERE ft MATCH 'world'")).hasSize(1);
    }
  }

  @Test
  void texts_in_utf_16_stay_texts() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("wide.db"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA encoding = 'UTF-16le'");
      statement.execute("CREATE TABLE w (k TEXT PRIMARY KEY, v) WITHOUT ROWID");
      statement.execute(
          "INSERT INTO w WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i"
              + " < 250) SELECT 'é' || i || '漢', 'a' || char(0) || i FROM c");
    }
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      ServerSnapshots cairn =
          new ServerSnapshots(folder, server.namespace("wide", file.path()), Map.of());
      cairn.ends(0, "-c", "snapshot create one");
      SqliteFile copy = new SqliteFile(cairn.kept().get(0));
      for (String query : List.of("PRAGMA encoding", "SELECT k, hex(v) FROM w ORDER BY k")) {
        assertThat(copy.rows(query)).isEqualTo(file.rows(query));
      }
      run(cairn, "UPDATE w SET v = 'lost' WHERE k LIKE '%3漢'");
      String restore = "plan restore w from one where v = 'lost'";
      String token = ForkedSnapshotsTest.token(cairn.ends(0, "-c", restore));
      cairn.ends(0, "--plan", token, "-c", restore, "-c", "apply");
      cairn.ends(0, "-c", "snapshot create two");
      String all = "SELECT k, hex(v) FROM w ORDER BY k";
      assertThat(new SqliteFile(cairn.kept().get(2)).rows(all)).isEqualTo(file.rows(all));
    }
  }

  @Test
  void it_serves_diff_and_restore() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      ServerSnapshots cairn = new ServerSnapshots(folder, server.namespace("live"), Map.of());
      run(cairn, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
      run(cairn, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)");
      cairn.ends(0, "-c", "snapshot create before");
      run(cairn, "UPDATE t SET v = 'lost' WHERE id < 3");
      assertThat(cairn.ends(0, "-c", "diff t before")).contains("2 changed");
      String restore = "plan restore t from before where v = 'lost'";
      String token = ForkedSnapshotsTest.token(cairn.ends(0, "-c", restore));
      cairn.ends(0, "--plan", token, "-c", restore, "-c", "apply");
      assertThat(cairn.ends(0, "-c", "diff t before")).contains("0 changed");
    }
  }

  @Test
  void a_rehearsal_on_a_local_copy_says_what_its_times_are_worth() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      ServerSnapshots cairn = new ServerSnapshots(folder, server.namespace("live"), Map.of());
      run(cairn, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
      run(cairn, "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      String plan = "plan UPDATE t SET v = v || '!' WHERE id < 9";
      assertThat(cairn.ends(0, "-c", plan, "-c", "apply on snapshot"))
          .contains("not the server's times")
          .contains("verified");
      run(cairn, "INSERT INTO t VALUES (3, 'c')");
      String token = ForkedSnapshotsTest.token(cairn.ends(0, "-c", plan));
      assertThat(cairn.ends(4, "--plan", token, "-c", plan, "-c", "apply")).contains("rehearsed");
    }
  }

  private static String bare(String table) {
    return table.replace("\"\"", "\0").replace("\"", "").replace("\0", "\"");
  }

  private static void run(ServerSnapshots cairn, String statement) {
    try (Database database =
        Databases.open(cairn.database(), new SqliteDatabase.Options(false, false, false, 5_000))) {
      database.atomically(AtomicBatch.of(List.of(SqlFragment.of(statement))));
    }
  }
}
