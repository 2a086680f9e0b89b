package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.database.AtomicBatch;
import dev.cairn.database.BatchOutcome.Committed;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import dev.cairn.proof.WarmCairn.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of several steps, scripts that make a table anew, previews and lint on a live server. */
class LiveStepsTest {
  private static final String PLAN =
      """
      cairn: 1
      name: steps
      steps:
        - name: column
          script: |
            ALTER TABLE t ADD COLUMN b INTEGER;
            UPDATE t SET b = a + 1;
          rollback: ALTER TABLE t DROP COLUMN b
        - name: copy
          migrate:
            source: { table: t, cursor: id }
            target: { table: u, key: [id] }
            columns: { id: id, v: b }
        - name: anew
          rebuild:
            table: t
            columns:
              id: INTEGER PRIMARY KEY
              a: INTEGER NOT NULL
              b: INTEGER
              c: { definition: TEXT NOT NULL, from: "'c' || a" }
      """;

  @TempDir static Path folder;
  private static SqldServer server;
  private static int count;

  private String url;

  @BeforeAll
  static void start() throws IOException {
    server = SqldServer.start(folder.resolve("sqld"));
    Files.writeString(folder.resolve("steps.yaml"), PLAN);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void two_tables() {
    url = server.namespace("s" + count++);
    try (Database database = open()) {
      assertThat(
              database.atomically(
                  AtomicBatch.of(
                      List.of(
                          SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)"),
                          SqlFragment.of("CREATE TABLE u (id INTEGER PRIMARY KEY, v INTEGER)"),
                          SqlFragment.of("INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)")))))
          .isInstanceOf(Committed.class);
    }
  }

  @Test
  void steps_are_done_verified_and_taken_back() throws IOException {
    List<List<Object>> before = schema();
    String planned = exits(0, List.of(), "plan migrate steps").out();
    exits(
        0, List.of("--plan", token(planned)), "plan migrate steps", "apply", "verify", "status 1");
    assertThat(rows("SELECT id, b, c FROM t ORDER BY id"))
        .containsExactly(List.of(1L, 11L, "c10"), List.of(2L, 21L, "c20"), List.of(3L, 31L, "c30"));
    assertThat(rows("SELECT id, v FROM u ORDER BY id"))
        .containsExactly(List.of(1L, 11L), List.of(2L, 21L), List.of(3L, 31L));
    String undo = exits(0, List.of(), "plan undo 1").out();
    exits(0, List.of("--plan", token(undo)), "plan undo 1", "apply");
    assertThat(schema()).isEqualTo(before);
    assertThat(rows("SELECT * FROM t ORDER BY id"))
        .containsExactly(List.of(1L, 10L), List.of(2L, 20L), List.of(3L, 30L));
    assertThat(rows("SELECT * FROM u")).isEmpty();
  }

  @Test
  void a_script_makes_a_table_anew_only_where_nothing_is_lost() throws IOException {
    String anew =
        "BEGIN; CREATE TABLE t2 (id INTEGER PRIMARY KEY, a INTEGER NOT NULL);"
            + " INSERT INTO t2 SELECT id, a FROM t%s; DROP TABLE t;"
            + " ALTER TABLE t2 RENAME TO t; COMMIT;";
    Path script = folder.resolve("anew.sql");
    Files.writeString(script, anew.formatted(" WHERE id > 1"));
    Ended lossy = exits(3, List.of("--yes"), "read " + script);
    assertThat(lossy.err()).contains("this DROP was not run: a finding is an error");
    assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(3L));
    assertThat(schema()).hasSize(2);
    Files.writeString(script, anew.formatted(""));
    exits(0, List.of("--yes"), "read " + script);
    assertThat(rows("SELECT a FROM t ORDER BY id"))
        .containsExactly(List.of(10L), List.of(20L), List.of(30L));
    assertThat(schema().toString()).contains("NOT NULL").doesNotContain("t2");
  }

  @Test
  void a_preview_and_lint_read_and_write_nothing() throws IOException {
    List<List<Object>> before = rows("SELECT * FROM sqlite_schema ORDER BY name");
    assertThat(exits(0, List.of(), "preview UPDATE t SET a = 0 WHERE a > 10").out())
        .contains("\"rows_as_written\":2");
    Path file = folder.resolve("wrong.sql");
    Files.writeString(file, "UPDATE t SET a = 0 WHERE id IN (SELECT a FROM u);\n");
    String[] lint = {"lint", "--database", url, "--format", "json", file.toString()};
    Ended ended = WarmCairn.shared().run(lint);
    assertThat(ended.code()).describedAs(ended.err()).isEqualTo(3);
    assertThat(ended.out()).contains("outer-column");
    assertThat(rows("SELECT * FROM sqlite_schema ORDER BY name")).isEqualTo(before);
    assertThat(rows("SELECT a FROM t WHERE id = 2")).containsExactly(List.of(20L));
  }

  /** What no server takes is refused for that, not for want of an approval. */
  @Test
  void what_a_server_never_takes_is_said_at_once() throws IOException {
    for (String never : List.of("VACUUM", "ANALYZE", "ATTACH 'x' AS y")) {
      assertThat(exits(1, List.of(), never).err()).contains("doesn't take " + never.split(" ")[0]);
    }
    String[] create = {"--create", url, "-c", "SELECT 1"};
    assertThat(WarmCairn.shared().exits(2, create)).contains("--create makes a database file");
  }

  private static String token(String planned) throws IOException {
    String last = planned.lines().reduce((before, line) -> line).orElseThrow();
    return new ObjectMapper().readTree(last).path("token").asText();
  }

  private Ended exits(int code, List<String> options, String... lines) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(url, "--plans", folder.toString()));
    arguments.addAll(List.of("--format", "json"));
    arguments.addAll(options);
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    Ended ended = WarmCairn.shared().run(arguments.toArray(String[]::new));
    assertThat(ended.code()).describedAs(ended.out() + ended.err()).isEqualTo(code);
    return ended;
  }

  private List<List<Object>> schema() {
    return rows(
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'cairn%'"
            + " AND name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE 'cairn%' ORDER BY 1, 2");
  }

  private List<List<Object>> rows(String query) {
    try (Database database = open();
        ReadView view = database.view()) {
      return view.rows(SqlFragment.of(query));
    }
  }

  private Database open() {
    return Databases.open(url, new SqliteDatabase.Options(false, false, false, 5_000));
  }
}
