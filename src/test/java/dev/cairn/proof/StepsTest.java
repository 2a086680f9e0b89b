package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of several steps: planned, stopped at an edge, gone on with, taken back as one. */
class StepsTest {
  private static final String MOVE =
      """
      cairn: 1
      name: move
      steps:
        - name: columns
          requires:
            - { sql: "SELECT count(*) FROM x WHERE a IS NULL", is: 0, because: "no b without an a" }
          script: |
            ALTER TABLE x ADD COLUMN b INTEGER;
            UPDATE x SET b = a * 2;
            CREATE INDEX x_b ON x (b);
          ensures:
            - { sql: "SELECT count(*) FROM x WHERE b IS NULL", is: 0 }
          rollback: |
            DROP INDEX x_b;
            ALTER TABLE x DROP COLUMN b;
        - name: more
          requires:
            - { sql: "SELECT count(*) FROM gate", is: 0 }
          change: { table: x, set: { b: b + 1 }, where: "b IS NOT NULL" }
        - name: copy
          migrate:
            source: { table: x, cursor: id }
            target: { table: y, key: [id] }
            columns: { id: id, v: b }
        - name: anew
          rebuild:
            table: z
            columns:
              id: INTEGER PRIMARY KEY
              w: { definition: TEXT NOT NULL, from: v }
            drop: [v]
            rollback: { v: w }
      """;

  @TempDir Path folder;
  private SqliteFile file;

  @BeforeEach
  void fresh() throws Exception {
    file = new SqliteFile(folder.resolve("t.db"));
    file.run(
        "CREATE TABLE x (id INTEGER PRIMARY KEY, a INTEGER)",
        "INSERT INTO x VALUES (1, 1), (2, 2), (3, 3)",
        "CREATE TABLE y (id INTEGER PRIMARY KEY, v)",
        "CREATE TABLE z (id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO z VALUES (1, 'one')",
        "CREATE TABLE gate (shut)");
    plan("move", MOVE);
  }

  @Test
  void every_step_is_done_verified_and_taken_back() throws Exception {
    String before = schema();
    String out = runs(0, "-c", "plan migrate move", "-c", "apply", "-c", "verify");
    assertThat(out).contains("4 steps").contains("measured when its turn comes");
    assertThat(file.rows("SELECT v FROM y ORDER BY id"))
        .containsExactly(List.of(3L), List.of(5L), List.of(7L));
    assertThat(file.rows("SELECT w FROM z")).containsExactly(List.of("one"));
    runs(0, "-c", "undo");
    assertThat(schema()).isEqualTo(before);
    assertThat(file.number("SELECT count(*) FROM y")).isZero();
    assertThat(file.rows("SELECT * FROM x ORDER BY id"))
        .containsExactly(List.of(1L, 1L), List.of(2L, 2L), List.of(3L, 3L));
    assertThat(file.rows("SELECT v FROM z")).containsExactly(List.of("one"));
    assertThat(statuses()).containsOnly("UNDONE", "SUCCEEDED");
    assertThat(file.rows("SELECT status FROM cairn_run WHERE run = 1"))
        .containsExactly(List.of("UNDONE"));
  }

  @Test
  void a_requirement_stops_the_run_at_the_edge_and_resume_goes_on() throws Exception {
    file.run("INSERT INTO gate VALUES (1)");
    plan("move", MOVE.replace("because: \"no b without an a\"", "because: \"none\""));
    // The gate is named by the second step alone; the plan can't ask it before the first ran.
    String said = runs(3, "-c", "plan migrate move", "-c", "apply");
    assertThat(said).contains("step more was not begun").contains("resume 1").contains("undo 1");
    assertThat(statuses()).containsExactly("PAUSED", "SUCCEEDED");
    runs(3, "-c", "resume");
    file.run("DELETE FROM gate");
    runs(0, "-c", "resume");
    assertThat(file.number("SELECT sum(v) FROM y")).isEqualTo(15);
  }

  @Test
  void what_a_script_ensures_is_asked_before_it_ends() throws Exception {
    plan("move", MOVE.replace("UPDATE x SET b = a * 2;", "UPDATE x SET b = a * 2 WHERE id > 1;"));
    String before = schema();
    String said = runs(5, "-c", "plan migrate move", "-c", "apply");
    assertThat(said).contains("nothing was changed");
    assertThat(schema()).isEqualTo(before);
    runs(0, "-c", "abandon");
    assertThat(statuses()).containsExactly("ABANDONED", "ABANDONED");
  }

  @Test
  void what_a_step_requires_at_once_refuses_the_plan() throws Exception {
    file.run("UPDATE x SET a = NULL WHERE id = 2");
    String said = runs(3, "-c", "plan migrate move");
    assertThat(said).contains("no b without an a").contains("is 1, and must be 0");
  }

  @Test
  void a_mistake_in_a_later_step_is_found_when_planned() throws Exception {
    plan("move", MOVE.replace("columns: { id: id, v: b }", "columns: { id: id, v: bb }"));
    assertThat(runs(1, "-c", "plan migrate move")).contains("x has no column 'bb'");
    plan("move", MOVE.replace("CREATE INDEX x_b ON x (b)", "CREATE INDEX x_b ON x (c)"));
    assertThat(runs(1, "-c", "plan migrate move")).contains("no such column: c");
    plan("move", MOVE.replace("DROP INDEX x_b;", ""));
    assertThat(runs(1, "-c", "plan migrate move")).contains("move.yaml:13:");
    plan("move", MOVE.replace("drop: [v]", "drop: [u]"));
    assertThat(runs(1, "-c", "plan migrate move")).contains("z has no column 'u'");
  }

  @Test
  void what_cannot_be_taken_back_is_said_before() throws Exception {
    plan(
        "once",
        """
        cairn: 1
        name: once
        steps:
          - name: index
            script: CREATE INDEX x_a ON x (a)
          - name: zero
            change: { table: y, delete: true, where: "TRUE" }
        """);
    file.run("INSERT INTO y VALUES (9, 9)");
    assertThat(runs(0, "-c", "plan migrate once", "-c", "apply"))
        .contains("can't be taken back")
        .contains("no-rollback");
    assertThat(runs(3, "-c", "undo 1")).contains("declares no rollback");
    runs(0, "-c", "undo 3");
    assertThat(file.rows("SELECT v FROM y")).containsExactly(List.of(9L));
  }

  @Test
  void a_step_in_the_middle_is_not_taken_back_alone() throws Exception {
    runs(0, "-c", "plan migrate move", "-c", "apply");
    assertThat(runs(3, "-c", "undo 3")).contains("step of run 1");
    assertThat(runs(3, "-c", "undo 2")).contains("undo 1");
  }

  @Test
  void another_plan_file_can_be_a_step() throws Exception {
    plan(
        "inner",
        """
        cairn: 1
        name: inner
        source: { table: x, cursor: id }
        target: { table: y, key: [id] }
        columns: { id: id, v: "'\\\\ é : \\\"' || a" }
        """);
    plan("outer", "cairn: 1\nname: outer\nsteps:\n  - name: first\n    plan: inner\n");
    runs(0, "-c", "plan migrate outer", "-c", "apply", "-c", "verify outer");
    assertThat(file.rows("SELECT v FROM y WHERE id = 1")).containsExactly(List.of("\\ é : \"1"));
    runs(0, "-c", "undo");
    assertThat(file.number("SELECT count(*) FROM y")).isZero();
    assertThat(runs(0, "-c", "plan migrate outer")).doesNotContain("refused");
    plan("outer", "cairn: 1\nname: outer\nsteps:\n  - name: first\n    plan: other\n");
    assertThat(runs(1, "-c", "plan migrate outer")).contains("outer.yaml:5:11");
  }

  @Test
  void a_script_can_stand_in_a_file_beside_the_plan() throws Exception {
    Path beside = Files.createDirectories(folder.resolve("plans/apart"));
    Files.writeString(beside.resolve("to.sql"), "-- it's \"one\"\nALTER TABLE x ADD COLUMN c;\n");
    Files.writeString(beside.resolve("back.sql"), "ALTER TABLE x DROP COLUMN c;\n");
    String apart =
        """
        cairn: 1
        name: apart
        steps:
          - name: first
            rollback: apart/back.sql
            script: "apart/to.sql"
        """;
    plan("apart", apart);
    String before = schema();
    runs(0, "-c", "plan migrate apart", "-c", "apply", "-c", "verify apart");
    Files.delete(beside.resolve("back.sql"));
    runs(0, "-c", "undo"); // as it was planned, whatever became of the files
    assertThat(schema()).isEqualTo(before);
    assertThat(runs(1, "-c", "plan migrate apart"))
        .contains("back.sql")
        .contains("apart.yaml:5:15");
    plan("apart", apart.replace("apart/back", "../back"));
    Files.writeString(folder.resolve("back.sql"), "DROP TABLE x");
    assertThat(runs(1, "-c", "plan migrate apart")).contains("leads out of the plans' folder");
  }

  @Test
  void rows_that_change_between_plan_and_turn_stop_the_run_once() throws Exception {
    file.run("INSERT INTO gate VALUES (1)");
    runs(3, "-c", "plan migrate move", "-c", "apply");
    file.run("DELETE FROM gate", "INSERT INTO z VALUES (2, 'two')");
    String said = runs(4, "-c", "resume");
    assertThat(said).contains("step anew was not begun: 1 rows were planned for it and 2 are");
    assertThat(file.number("SELECT sum(v) FROM y")).isEqualTo(15);
    runs(0, "-c", "resume");
    assertThat(file.number("SELECT count(w) FROM z")).isEqualTo(2);
  }

  @Test
  void what_was_done_before_an_edge_is_taken_back() throws Exception {
    String before = schema();
    file.run("INSERT INTO gate VALUES (1)");
    runs(3, "-c", "plan migrate move", "-c", "apply");
    assertThat(runs(3, "-c", "undo 1")).contains("isn't at its end");
    runs(0, "-c", "abandon 2", "-c", "undo 1");
    assertThat(schema()).isEqualTo(before);
    assertThat(file.rows("SELECT status FROM cairn_run WHERE run = 1"))
        .containsExactly(List.of("UNDONE"));
  }

  @Test
  void a_rollback_takes_nothing_that_others_wrote() throws Exception {
    plan(
        "table",
        """
        cairn: 1
        name: table
        steps:
          - name: made
            script: |
              CREATE TABLE n (id INTEGER PRIMARY KEY, k);
              INSERT INTO n (k) SELECT a FROM x;
              ALTER TABLE x ADD COLUMN c INTEGER DEFAULT 7;
            rollback: |
              ALTER TABLE x DROP COLUMN c;
              DROP TABLE n
        """);
    runs(0, "-c", "plan migrate table", "-c", "apply");
    file.run("INSERT INTO n (k) VALUES ('theirs')", "UPDATE x SET c = 8 WHERE id = 1");
    String said = runs(3, "-c", "undo");
    assertThat(said).contains("1 rows of n").contains("1 rows of x where \"c\" IS NOT (7)");
    assertThat(file.rows("SELECT k FROM n")).containsExactly(List.of("theirs"));
    file.run("DELETE FROM n", "UPDATE x SET c = 7");
    // Given up in between, what is left of it is planned again.
    runs(0, "-c", "abandon", "-c", "undo 1");
    assertThat(schema()).doesNotContain("TABLE n ").doesNotContain("c INTEGER");
  }

  @Test
  void a_script_of_rows_alone_comes_back_from_the_journal_cascades_too() throws Exception {
    file.run(
        "CREATE TABLE child (id INTEGER PRIMARY KEY, x INTEGER REFERENCES x ON DELETE CASCADE)",
        "INSERT INTO child VALUES (10, 1), (11, 2), (12, 3)");
    plan(
        "rows",
        """
        cairn: 1
        name: rows
        steps:
          - name: all
            script: |
              INSERT INTO x VALUES (4, 4);
              UPDATE x SET a = a + 10 WHERE id IN (2, 4);
              DELETE FROM x WHERE id <= 2;
              UPDATE x SET a = 0 WHERE id = 4;
        """);
    runs(0, "-c", "plan migrate rows", "-c", "apply");
    assertThat(file.rows("SELECT * FROM x ORDER BY id"))
        .containsExactly(List.of(3L, 3L), List.of(4L, 0L));
    assertThat(file.number("SELECT count(*) FROM child")).isEqualTo(1);
    runs(0, "-c", "verify", "-c", "undo");
    assertThat(file.rows("SELECT * FROM x ORDER BY id"))
        .containsExactly(List.of(1L, 1L), List.of(2L, 2L), List.of(3L, 3L));
    assertThat(file.number("SELECT count(*) FROM child")).isEqualTo(3);
  }

  @Test
  void what_a_script_may_not_hold_is_refused_with_its_place() throws Exception {
    refuses("SELECT 1", "it reads only");
    refuses("BEGIN", "one transaction of its own");
    refuses("PRAGMA foreign_keys = OFF", "a setting");
    refuses("INSERT OR REPLACE INTO x VALUES (1, 1)", "rows away for others");
    refuses("UPDATE x SET a = 1; ALTER TABLE x DROP COLUMN a", "were changed before it");
    refuses("DROP TABLE cairn_run", "Cairn's own table");
    refuses("UPDATE nowhere SET a = 1", "nowhere");
    file.run("CREATE TABLE child (x INTEGER REFERENCES x ON DELETE CASCADE)");
    refuses("DROP TABLE x", "rows of child refer");
  }

  private void refuses(String script, String why) throws Exception {
    plan("bad", "cairn: 1\nname: bad\nsteps:\n  - name: one\n    script: \"" + script + "\"\n");
    assertThat(runs(1, "-c", "plan migrate bad")).contains(why).contains("bad.yaml:5:13");
  }

  @Test
  void a_restore_can_be_a_step() throws Exception {
    runs(0, "-c", "snapshot create good");
    file.run("UPDATE z SET v = NULL");
    plan(
        "back",
        """
        cairn: 1
        name: back
        steps:
          - name: rows
            restore: { table: z, from: good, where: "v IS NULL" }
            ensures: [{ sql: "SELECT count(*) FROM z WHERE v IS NULL", is: 0 }]
          - name: again
            change: { table: z, set: { v: "v || '!'" }, where: "TRUE" }
        """);
    runs(0, "-c", "plan migrate back", "-c", "apply", "-c", "verify back");
    assertThat(file.rows("SELECT v FROM z")).containsExactly(List.of("one!"));
    runs(0, "-c", "undo");
    assertThat(file.number("SELECT count(*) FROM z WHERE v IS NULL")).isEqualTo(1);
  }

  @Test
  void json_tells_every_step() throws Exception {
    String out = runs(0, "--format", "json", "-c", "plan migrate move", "-c", "apply");
    assertThat(out)
        .contains("\"kind\":\"RunScript\"")
        .contains("\"kind\":\"ChangeRows\"")
        .contains("\"kind\":\"MigrateRows\"")
        .contains("\"kind\":\"RebuildTable\"")
        .contains("\"measured\":false")
        .contains("\"lane\":\"anew\",\"status\":\"SUCCEEDED\"");
  }

  @Test
  void all_steps_are_rehearsed_and_held_against_it() throws Exception {
    String out = runs(0, "-c", "plan migrate move", "-c", "apply on snapshot", "-c", "apply");
    assertThat(out).contains("rehearsed on").contains("verified");
    assertThat(file.number("SELECT sum(v) FROM y")).isEqualTo(15);
  }

  @Test
  void the_token_approves_all_steps_on_a_live_database() throws Exception {
    assertThat(runs(3, "--live", "-c", "plan migrate move", "-c", "apply")).contains("--plan");
    String out = runs(0, "--live", "-c", "plan migrate move");
    String token = out.substring(out.indexOf("token ") + 6).lines().findFirst().orElseThrow();
    runs(0, "--live", "--plan", token, "-c", "plan migrate move", "-c", "apply");
    assertThat(file.number("SELECT sum(v) FROM y")).isEqualTo(15);
  }

  private void plan(String name, String text) throws Exception {
    Path plans = Files.createDirectories(folder.resolve("plans"));
    Files.writeString(plans.resolve(name + ".yaml"), text);
  }

  private String schema() throws Exception {
    return file.rows(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'cairn%'"
                + " AND tbl_name NOT LIKE 'cairn%' AND name NOT LIKE 'sqlite%' ORDER BY 1, 2")
        .toString();
  }

  private List<String> statuses() throws Exception {
    return file.rows("SELECT status FROM cairn_run ORDER BY run").stream()
        .map(row -> row.get(0).toString())
        .toList();
  }

  private String runs(int code, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(file.path().toString()));
    all.addAll(List.of("--plans", folder.resolve("plans").toString()));
    all.addAll(List.of(arguments));
    WarmCairn.Ended ended = WarmCairn.shared().run(all.toArray(String[]::new));
    String said = ended.out() + ended.err();
    assertThat(ended.code()).describedAs(said).isEqualTo(code);
    return said;
  }
}
