package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots on a real PostgreSQL server: whole databases, and copies of tables in a schema. */
class PostgresqlSnapshotsTest {
  @TempDir Path folder;

  private String url;
  private LiveCairn cairn;
  private Connection other;

  @BeforeEach
  void start() throws SQLException {
    url = PostgresqlServer.get().database();
    cairn = new LiveCairn(folder, url);
    for (String sql :
        List.of(
            "CREATE TYPE mood AS ENUM ('low', 'high')",
            "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE,"
                + " amount numeric(10, 2), felt mood, twice numeric GENERATED ALWAYS AS (amount * 2)"
                + " STORED)",
            "INSERT INTO t (name, amount, felt) SELECT 'n' || g, g / 4.0, 'low'"
                + " FROM generate_series(1, 100) g",
            "CREATE SCHEMA audit",
            "CREATE TABLE audit.log (at timestamptz PRIMARY KEY, said jsonb)",
            "INSERT INTO audit.log VALUES ('2026-01-02 03:04:05.678901+00', '{\"a\": [1.50]}')",
            "CREATE TABLE parts (k int PRIMARY KEY, v text) PARTITION BY RANGE (k)",
            "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
            "INSERT INTO parts VALUES (1, 'one'), (2, NULL)")) {
      PostgresqlServer.run(url, sql);
    }
  }

  @AfterEach
  void stop() throws SQLException {
    if (other != null) {
      other.close();
    }
  }

  @Test
  void where_nobody_is_connected_a_snapshot_is_a_database_of_its_own() throws Exception {
    assertThat(cairn.exits(0, "SELECT 1;", "snapshot create before_it", "snapshots", "SELECT 2;"))
        .contains("CREATE DATABASE … TEMPLATE", "unchanged");
    PostgresqlServer.run(url, "UPDATE t SET amount = 7 WHERE id <= 3");
    PostgresqlServer.run(url, "INSERT INTO t (name) VALUES ('new')");
    PostgresqlServer.run(url, "DELETE FROM audit.log");
    assertThat(cairn.exits(0, "diff t before_it"))
        .contains("3 changed, 1 only here, 0 only there, 97 the same");
    assertThat(cairn.exits(0, "diff audit.log before_it")).contains("1 only there");
    assertThat(cairn.exits(0, "snapshot open before_it", "SELECT sum(amount) AS s FROM t;"))
        .contains("1262.50");
    assertThat(cairn.exits(1, "snapshot open before_it", "DELETE FROM t;"))
        .contains("read-only transaction");
    List<String> copies = databases();
    assertThat(copies).hasSize(1);
    assertThat(cairn.exits(3, List.of(), "snapshot drop before_it")).contains("--yes");
    assertThat(databases()).isEqualTo(copies);
    assertThat(cairn.exits(0, "snapshot drop before_it", "snapshots")).contains("is deleted");
    assertThat(databases()).isEmpty();
  }

  @Test
  void beside_others_a_snapshot_is_a_copy_of_the_tables_at_one_moment() throws Exception {
    other = PostgresqlServer.connect(url);
    other.setAutoCommit(false);
    run("INSERT INTO t (name) VALUES ('not committed')");
    String token = cairn.token("plan UPDATE t SET amount = 1 WHERE id = 1");
    assertThat(cairn.exits(0, "snapshot create beside", "snapshots"))
        .contains("a copy of the tables in a schema of the same database", "same disk")
        .contains("1 other is connected to it: postgres by PostgreSQL JDBC Driver")
        .contains("not in the copy: parts_1")
        .contains("unchanged");
    assertThat(cairn.token("plan UPDATE t SET amount = 1 WHERE id = 1")).isEqualTo(token);
    other.commit();
    other.setAutoCommit(true);
    run("UPDATE t SET felt = 'high' WHERE id = 5");
    run("UPDATE audit.log SET said = '{\"a\": [1.5]}'");
    assertThat(cairn.exits(0, "diff t beside"))
        .contains("1 changed, 1 only here, 0 only there, 99 the same");
    assertThat(cairn.exits(0, "diff audit.log beside")).contains("1 changed");
    assertThat(cairn.exits(0, "diff parts beside")).contains("2 the same");
    String schema = value("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'cairn_snap%'");
    assertThat(schema).matches("cairn_snapshot_[a-z0-9_]+_beside_[0-9a-f]{8}");
    assertThat(refusal("DELETE FROM " + schema + ".t")).contains("snapshot made by Cairn");
    assertThat(refusal("TRUNCATE " + schema + ".t")).contains("snapshot made by Cairn");
    assertThat(cairn.exits(0, "tables")).doesNotContain("cairn_snapshot");
    run("ALTER TABLE " + schema + ".t DISABLE TRIGGER cairn_kept");
    assertThat(cairn.exits(0, "snapshots")).contains("changed").doesNotContain("unchanged");
    assertThat(cairn.exits(4, "diff t beside")).contains("written to");
    run("CREATE VIEW rests AS SELECT * FROM " + schema + ".t");
    assertThat(cairn.exits(1, "snapshot drop beside")).contains("depend");
    run("DROP VIEW rests");
    assertThat(cairn.exits(0, "snapshot drop beside", "snapshots")).contains("is deleted");
    assertThat(value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'cairn_snap%'"))
        .isEqualTo("0");
  }

  @Test
  void rows_that_a_policy_would_hide_are_never_left_out_silently() throws Exception {
    other = PostgresqlServer.connect(url);
    String role = "reader_" + ProcessHandle.current().pid();
    run("CREATE ROLE " + role + " LOGIN");
    run("GRANT SELECT ON ALL TABLES IN SCHEMA public, audit TO " + role);
    run("GRANT USAGE ON SCHEMA audit TO " + role);
    run("GRANT CREATE ON DATABASE " + value("SELECT current_database()") + " TO " + role);
    run("ALTER TABLE t ENABLE ROW LEVEL SECURITY");
    run("CREATE POLICY few ON t USING (id < 3)");
    LiveCairn reader = new LiveCairn(folder, url.replaceFirst("//[^@]*@", "//" + role + "@"));
    assertThat(reader.exits(1, "snapshot create some"))
        .contains("may not create databases", "row-level security");
    run("ALTER TABLE t DISABLE ROW LEVEL SECURITY");
    assertThat(reader.exits(0, "snapshot create all")).contains("all");
    run("DROP OWNED BY " + role);
    run("DROP ROLE " + role);
  }

  @Test
  void rows_are_put_back_from_a_copy_of_the_tables() throws Exception {
    other = PostgresqlServer.connect(url);
    assertThat(cairn.exits(0, "snapshot create beside")).contains("in a schema of the same");
    putBack("beside");
  }

  @Test
  void rows_are_put_back_from_a_database_made_from_it() throws Exception {
    cairn.exits(0, "snapshot create whole");
    other = PostgresqlServer.connect(url);
    putBack("whole");
  }

  @Test
  void rows_are_put_back_from_another_database_and_not_from_a_file() throws Exception {
    other = PostgresqlServer.connect(url);
    String elsewhere = PostgresqlServer.get().database();
    PostgresqlServer.run(elsewhere, "CREATE TYPE mood AS ENUM ('low', 'high')");
    PostgresqlServer.run(
        elsewhere,
        "CREATE TABLE t (id bigint PRIMARY KEY, name text UNIQUE, amount numeric(10, 2), felt mood,"
            + " twice numeric)");
    PostgresqlServer.run(
        elsewhere,
        "INSERT INTO t SELECT g, 'n' || g, g / 4.0, 'low', g / 2.0 FROM generate_series(1, 100) g");
    putBack("'" + elsewhere + "'");
    assertThat(
            new LiveCairn(folder, folder.resolve("a.db").toString())
                .exits(0, List.of("--create", "--yes"), "CREATE TABLE t (id INTEGER PRIMARY KEY)"))
        .isNotNull();
    assertThat(cairn.exits(3, "plan restore t from '" + folder.resolve("a.db") + "' where id < 3"))
        .contains("another engine");
  }

  /** Damage, a later writer's work and rows that are gone; then the way back, and back again. */
  private void putBack(String snapshot) throws Exception {
    String before = value("SELECT string_agg(t::text, ';' ORDER BY id) FROM t WHERE id < 90");
    run("UPDATE t SET amount = 0, felt = NULL WHERE id BETWEEN 10 AND 39");
    run("DELETE FROM t WHERE id IN (50, 51)");
    run("UPDATE t SET amount = 12345 WHERE id = 95");
    for (String sql :
        List.of(
            "CREATE TABLE child (t_id bigint PRIMARY KEY REFERENCES t ON DELETE CASCADE ON UPDATE CASCADE)",
            "INSERT INTO child SELECT id FROM t WHERE id BETWEEN 5 AND 30",
            "CREATE TABLE touches (id bigint)",
            "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO touches VALUES (NEW.id); RETURN NEW; END'",
            "CREATE TRIGGER touch AFTER INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()")) {
      run(sql);
    }
    String touches = value("SELECT count(*) FROM touches");
    String damaged = value("SELECT string_agg(t::text, ';' ORDER BY id) FROM t");
    String plan = "plan restore t from " + snapshot + " with deleted where amount = 0 OR id < 60";
    String token = cairn.token(plan);
    assertThat(cairn.run(List.of("--plan", token), plan, "apply"))
        .contains("\"status\":\"SUCCEEDED\"", "\"updated\":30", "\"inserted\":2");
    assertThat(value("SELECT string_agg(t::text, ';' ORDER BY id) FROM t WHERE id < 90"))
        .isEqualTo(before);
    assertThat(value("SELECT count(*) FROM child")).as("children stay").isEqualTo("26");
    assertThat(value("SELECT count(*) FROM touches")).as("triggers rest").isEqualTo(touches);
    assertThat(value("SELECT tgenabled FROM pg_trigger WHERE tgname = 'touch'")).isEqualTo("O");
    assertThat(value("SELECT amount FROM t WHERE id = 95")).isEqualTo("12345.00");
    assertThat(cairn.exits(0, "diff t " + snapshot)).contains("1 changed, 0 only here, 0 only");
    assertThat(value("SELECT count(*) FROM pg_class WHERE relname LIKE 'cairn_stage%'"))
        .isEqualTo("0");
    String undo = cairn.token("plan undo");
    assertThat(cairn.run(List.of("--plan", undo), "plan undo", "apply"))
        .contains("\"status\":\"SUCCEEDED\"");
    assertThat(value("SELECT string_agg(t::text, ';' ORDER BY id) FROM t")).isEqualTo(damaged);
  }

  @Test
  void a_plan_is_rehearsed_on_a_database_made_from_it_or_it_says_why_not() throws Exception {
    String plan = "plan UPDATE t SET amount = amount + 1 WHERE id <= 40";
    assertThat(cairn.exits(0, plan, "apply on snapshot"))
        .contains("rehearsing on", "rehearsed on", "nothing was written");
    other = PostgresqlServer.connect(url);
    assertThat(value("SELECT sum(amount) FROM t")).isEqualTo("1262.50");
    assertThat(cairn.exits(3, plan, "apply on snapshot")).contains("1 other is connected to it");
    assertThat(cairn.exits(0, "snapshots")).contains("rehearsed");
  }

  private List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection server = PostgresqlServer.connect(url.replaceFirst("/[^/]*$", "/postgres"));
        Statement statement = server.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE datname LIKE 'cairn-%-before-it-%'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private String refusal(String sql) {
    try {
      run(sql);
      return "";
    } catch (SQLException refused) {
      return refused.getMessage();
    }
  }

  private String value(String sql) throws SQLException {
    try (Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
