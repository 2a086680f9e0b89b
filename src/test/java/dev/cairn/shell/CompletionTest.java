package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.command.Interrupts;
import dev.cairn.command.ScriptRunner;
import dev.cairn.command.ScriptedConsole;
import dev.cairn.command.Session;
import dev.cairn.command.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TAB offers at the bar in a line. */
class CompletionTest {
  @TempDir Path folder;

  private Session session;
  private ScriptRunner runner;
  private CatalogCache catalogs;

  @BeforeEach
  void open() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    session =
        new Session(
            Settings.defaults(), new ScriptedConsole(nowhere, nowhere, true), new Interrupts());
    Path file = Files.createFile(folder.resolve("sun.db"));
    session.open(file.toString());
    runner = new ScriptRunner(session);
    catalogs = new CatalogCache();
    run("create table readings (id integer primary key, solar_w real, \"order\" text);");
    run("create table systems (id integer primary key, vendor text);");
  }

  @AfterEach
  void close() {
    catalogs.close();
    session.close();
  }

  @Test
  void a_line_begins_with_a_command_or_a_statement() {
    assertThat(at("|")).contains("plan", "tables", "select", "update").doesNotContain("from");
    assertThat(at("SEL|")).contains("SELECT");
    assertThat(at("select 1; de|")).contains("describe", "delete");
  }

  @Test
  void a_command_says_what_stands_behind_it() {
    assertThat(at("plan |"))
        .containsExactly("migrate", "restore", "undo", "update", "delete", "insert", "with");
    assertThat(at("describe |")).containsExactly("readings", "systems");
    assertThat(at("keys sy|")).contains("systems");
    assertThat(at("set |")).contains("format", "pace");
    assertThat(at("set format v|")).contains("vertical");
    assertThat(at("help |")).contains("apply", "verify");
    assertThat(at("apply --|")).contains("--drift", "--quarantine");
    assertThat(at("describe readings |")).isEmpty();
  }

  @Test
  void plans_are_named_as_their_files() {
    // the tests run beside plans/
    assertThat(at("plan migrate |")).contains("agg5m", "points");
    assertThat(at("verify |")).contains("agg5m", "points");
  }

  @Test
  void the_predicate_of_a_plan_is_sql() {
    assertThat(at("plan migrate points where sol|")).contains("solar_w", "select");
  }

  @Test
  void open_and_read_want_files_of_any_name() throws IOException {
    Files.createFile(folder.resolve("a b.cairn"));
    Files.createDirectory(folder.resolve("scripts"));
    Files.createFile(folder.resolve(".hidden"));
    assertThat(at("read " + folder + "/|"))
        .contains(folder + "/a b.cairn", folder + "/scripts/")
        .doesNotContain(folder + "/.hidden");
    assertThat(at("read " + folder + "/a b|")).containsExactly(folder + "/a b.cairn");
    assertThat(at("open /no/such/folder/|")).isEmpty();
  }

  @Test
  void behind_from_stand_tables_alone() {
    assertThat(at("select * from |")).containsExactly("readings", "systems");
    assertThat(at("update sys|")).containsExactly("readings", "systems");
  }

  @Test
  void columns_are_those_of_the_tables_that_the_statement_names() {
    assertThat(at("select | from systems")).contains("vendor").doesNotContain("solar_w");
    assertThat(at("select ven|")).contains("vendor", "solar_w", "values");
    assertThat(at("select 1 from readings; select | from systems")).doesNotContain("solar_w");
  }

  @Test
  void behind_a_dot_stand_the_columns_of_that_table_or_alias() {
    assertThat(at("select r.so| from readings r")).containsExactly("id", "solar_w", "\"order\"");
    assertThat(at("select s.| from readings r join systems as s")).containsExactly("id", "vendor");
    assertThat(at("select systems.|")).containsExactly("id", "vendor");
    assertThat(at("select nobody.|")).isEmpty();
  }

  @Test
  void a_name_that_would_be_read_as_a_keyword_comes_in_quotes() {
    assertThat(at("select \"or| from readings")).contains("\"order\"");
  }

  @Test
  void keywords_follow_the_case_that_was_begun() {
    assertThat(at("select * from readings WH|")).contains("WHERE");
    assertThat(at("select * from readings wh|")).contains("where");
  }

  @Test
  void in_strings_numbers_and_comments_nothing_is_offered() {
    assertThat(at("select 'sys|")).isEmpty();
    assertThat(at("select 'sys|tems'")).isEmpty();
    assertThat(at("select 1 -- sys|")).isEmpty();
    assertThat(at("select /* sys|")).isEmpty();
    assertThat(at("select 12|")).isEmpty();
  }

  @Test
  void the_schema_is_read_again_after_a_line() {
    assertThat(at("describe |")).doesNotContain("sessions");
    run("create table sessions (id integer primary key);");
    assertThat(at("describe |")).contains("sessions");
  }

  @Test
  void without_a_database_commands_and_keywords_remain() {
    Session bare = new Session(Settings.defaults(), session.console(), new Interrupts());
    Completion completion = new Completion(bare, new ScriptRunner(bare), catalogs);
    assertThat(completion.words("describe ", 9)).isEmpty();
    assertThat(completion.words("select wh", 9)).contains("where");
  }

  private void run(String line) {
    runner.run("", line, true);
    catalogs.expire();
  }

  private Set<String> at(String marked) {
    int cursor = marked.indexOf('|');
    String line = marked.substring(0, cursor) + marked.substring(cursor + 1);
    return new Completion(session, runner, catalogs).words(line, cursor);
  }
}
