package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn lint} and the session's {@code lint}, as processes. */
class LintTest {
  private static final String TABLES =
      "CREATE TABLE point_info (system_id INTEGER NOT NULL, id INTEGER NOT NULL, kind TEXT,"
          + " PRIMARY KEY (system_id, id));\n"
          + "CREATE TABLE agg (system_id INTEGER NOT NULL, point_id INTEGER NOT NULL, v REAL,"
          + " PRIMARY KEY (system_id, point_id), FOREIGN KEY (system_id, point_id)"
          + " REFERENCES point_info (system_id, id));\n";
  private static final String WRONG =
      """
      UPDATE agg SET v = NULL
      WHERE point_id IN (SELECT id FROM point_info WHERE kind = 'energy');
      """;

  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    write("m/1_tables.sql", TABLES);
    write("m/9_clean.sql", "ALTER TABLE agg ADD COLUMN delta REAL;");
    write("m/10_wrong.sql", WRONG);
  }

  private Path write(String name, String text) throws Exception {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(String name, byte[] bytes) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private record Ended(int code, String out, String err) {}

  private Ended lint(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "lint";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ended(CairnChild.run(folder, all));
  }

  private static Ended ended(CairnChild child) throws Exception {
    try (child) {
      return new Ended(child.await(), child.out(), child.err());
    }
  }

  @Test
  void a_folder_is_read_in_the_order_of_its_numbers() throws Exception {
    Ended ended = lint("m");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out())
        .contains(
            """
            [partial-key]
              --> m/10_wrong.sql:2:7
             2 | WHERE point_id IN (SELECT id FROM point_info WHERE kind = 'energy');
               |       ^
            """)
        .contains("+ WHERE (system_id, point_id) IN (SELECT system_id, id FROM point_info")
        .endsWith("3 files, 4 statements: 1 error\n");
  }

  @Test
  void it_needs_no_driver_where_no_database_is_named() throws Exception {
    Ended ended =
        ended(
            CairnChild.startWithout(
                folder, List.of("sqlite-jdbc", "postgresql", "libsql"), "lint", "m"));
    assertThat(ended.out()).contains("[partial-key]");
    assertThat(ended.code()).isEqualTo(3);
    // The same class path can open no database: the drivers really are missing.
    Ended opened =
        ended(
            CairnChild.startWithout(
                folder, List.of("sqlite-jdbc", "postgresql", "libsql"), "--create", "x.db"));
    assertThat(opened.code()).isNotZero();
  }

  @Test
  void the_schema_comes_from_a_file_or_from_the_database() throws Exception {
    assertThat(lint("m/10_wrong.sql").code()).isZero();
    assertThat(lint("m/10_wrong.sql").out()).contains("no schema is known of the table agg");
    assertThat(lint("--schema", "m/1_tables.sql", "m/10_wrong.sql").code()).isEqualTo(3);
    SqliteFile database = new SqliteFile(folder.resolve("live.db"));
    database.run(TABLES.split(";\n"));
    assertThat(lint("--database", "live.db", "m/10_wrong.sql").code()).isEqualTo(3);
    assertThat(lint("--database", "live.db", "--schema", "m", "m").code()).isEqualTo(2);
    assertThat(lint("--database", "nosuch.db", "m").code()).isEqualTo(1);
    assertThat(folder.resolve("nosuch.db")).doesNotExist();
  }

  @Test
  void json_has_a_line_for_each_statement() throws Exception {
    Ended ended = lint("--format", "json", "m");
    assertThat(ended.code()).isEqualTo(3);
    List<String> lines = ended.out().lines().toList();
    assertThat(lines).hasSize(4);
    JsonNode last = new ObjectMapper().readTree(lines.get(3));
    assertThat(last.get("kind").asText()).isEqualTo("analysis");
    assertThat(last.get("cairn").asInt()).isEqualTo(1);
    assertThat(last.get("file").asText()).isEqualTo("m/10_wrong.sql");
    assertThat(last.get("line").asInt()).isEqualTo(1);
    assertThat(last.get("statement").asText()).isEqualTo(WRONG.strip().replace(";", ""));
    assertThat(last.get("targets").toString()).isEqualTo("[\"agg\"]");
    assertThat(last.get("analysed").asBoolean()).isTrue();
    JsonNode finding = last.at("/findings/0");
    assertThat(finding.get("check").asText()).isEqualTo("partial-key");
    assertThat(finding.get("severity").asText()).isEqualTo("error");
    assertThat(finding.get("line").asInt()).isEqualTo(2);
    assertThat(finding.get("column").asInt()).isEqualTo(7);
    assertThat(finding.get("rewrite").asText()).contains("(system_id, point_id) IN");
  }

  @Test
  void github_annotations_stay_on_one_line() throws Exception {
    write("m/11, 100%.sql", WRONG);
    Ended ended = lint("--format", "github", "m");
    assertThat(ended.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("::error file=m/1") && line.contains("%0Akey-safe:%0A"))
        .anyMatch(line -> line.startsWith("::error file=m/11%2C 100%25.sql,line=2,col=7,title="));
  }

  @Test
  void what_is_allowed_is_told_and_fails_nothing() throws Exception {
    String comment = "-- cairn: allow partial-key because ids are the same everywhere\n";
    write("m/10_wrong.sql", comment + WRONG);
    Ended ended = lint("m");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("allowed: ", "because ids are the same everywhere\n", ": 1 allowed\n")
        .doesNotContain("key-safe");
    JsonNode finding =
        new ObjectMapper()
            .readTree(lint("--format", "json", "m").out().lines().toList().get(3))
            .at("/findings/0");
    assertThat(finding.get("suppressed").asText()).isEqualTo("ids are the same everywhere");
  }

  @Test
  void files_that_are_none_are_refused_with_their_name() throws Exception {
    write("binary.sql", new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});
    write("nul.sql", "SELECT 1;\0");
    Files.createDirectories(folder.resolve("empty"));
    new ProcessBuilder("mkfifo", folder.resolve("pipe.sql").toString()).start().waitFor();
    assertThat(lint("binary.sql"))
        .matches(each -> each.code() == 1 && each.err().contains("UTF-8"));
    assertThat(lint("nul.sql")).matches(each -> each.code() == 1 && each.err().contains("NUL"));
    assertThat(lint("pipe.sql")).matches(each -> each.code() == 1 && each.err().contains("pipe"));
    assertThat(lint("none.sql")).matches(each -> each.code() == 1 && each.err().contains("none"));
    assertThat(lint("empty"))
        .matches(each -> each.code() == 1 && each.err().contains("no .sql file in empty"));
    assertThat(lint().code()).isEqualTo(2);
    assertThat(lint("--format", "xml", "m").code()).isEqualTo(2);
  }

  @Test
  void byte_order_marks_and_carriage_returns_move_no_place() throws Exception {
    write("m/10_wrong.sql", "\uFEFF" + WRONG.replace("\n", "\r\n"));
    assertThat(lint("m").out()).contains("m/10_wrong.sql:2:7\n");
    write("m/10_wrong.sql", "\uFEFF" + WRONG.replace("\n", " "));
    assertThat(lint("m").out()).contains("m/10_wrong.sql:1:31\n");
  }

  @Test
  void a_file_that_undoes_another_is_left_out_and_that_is_said() throws Exception {
    write("m/2_x.down.sql", "DROP TABLE agg;");
    Ended ended = lint("m");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("m/2_x.down.sql undoes another file: not read");
    assertThat(ended.out()).contains("3 files");
  }

  @Test
  void names_are_escaped_for_eyes() throws Exception {
    write("m/11\u001b[31m.sql", WRONG);
    assertThat(lint("m").out()).contains("\\x1b[31m").doesNotContain("\u001b");
  }

  @Test
  void the_session_lints_against_its_database() throws Exception {
    SqliteFile database = new SqliteFile(folder.resolve("live.db"));
    database.run(TABLES.split(";\n"));
    write("a b.sql", WRONG);
    Ended ended = ended(CairnChild.run(folder, "live.db", "-c", "lint 'a b.sql' m/9_clean.sql"));
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out()).contains("a b.sql:2:7", "2 files, 2 statements: 1 error");
    assertThat(ended.err()).contains("lint found errors");
    assertThat(database.columns("agg")).doesNotContain("delta");
    assertThat(ended(CairnChild.run(folder, "live.db", "-c", "lint m/9_clean.sql")).code())
        .isZero();
  }

  @Test
  void a_folder_of_a_hundred_migrations_takes_less_than_three_seconds() throws Exception {
    for (int i = 11; i <= 107; i++) {
      write(
          "m/" + i + "_more.sql",
          ("CREATE TABLE t%1$d (system_id INTEGER NOT NULL, id INTEGER NOT NULL, n TEXT,"
                  + " PRIMARY KEY (system_id, id));\n"
                  + "CREATE INDEX i%1$d ON t%1$d (n) WHERE n IS NOT NULL;\n"
                  + "INSERT INTO t%1$d SELECT system_id, id, kind FROM point_info p WHERE EXISTS"
                  + " (SELECT 1 FROM agg WHERE agg.point_id = p.id AND agg.system_id = p.system_id);\n"
                  + "DELETE FROM t%1$d WHERE id IN (SELECT point_id FROM agg WHERE v > 1);\n"
                  + "ALTER TABLE t%1$d RENAME COLUMN n TO name;\n")
              .formatted(i));
    }
    long started = System.nanoTime();
    Ended ended = lint("m");
    double seconds = (System.nanoTime() - started) / 1e9;
    assertThat(ended.out()).contains("100 files, 489 statements: 98 errors");
    assertThat(seconds).isLessThan(30); // a machine under test has other things to do
  }

  @Test
  void a_folder_that_nobody_may_read_is_no_empty_folder() throws Exception {
    Path closed = Files.createDirectories(folder.resolve("m/closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      boolean root = Files.isReadable(closed); // root may read everything
      assertThat(lint("m").code()).isEqualTo(root ? 3 : 1);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
