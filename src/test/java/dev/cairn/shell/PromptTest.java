package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a real terminal. */
class PromptTest {
  @TempDir Path folder;

  private Tmux terminal;

  @BeforeEach
  void open() {
    terminal = new Tmux(100, 30);
    terminal.enter("PS1='$ '; export XDG_STATE_HOME=" + folder + "/state");
  }

  @AfterEach
  void close() {
    if (terminal != null) {
      terminal.close();
    }
  }

  @Test
  void sql_goes_on_until_its_semicolon_and_the_prompt_says_what_is_missing() {
    cairn("--create sun.db").waitsAt("cairn sun.db>");
    terminal.enter("select (1").waitsAt("a closing parenthesis>");
    terminal.enter("+ 1), 'a").waitsAt("the end of a string>");
    terminal.enter("!b' as text").waitsAt("a semicolon>");
    terminal.enter(";").shows("(1 row)").shows("a\\n!b").waitsAt("cairn sun.db>");
    terminal.enter("tables").shows("(0 rows)").waitsAt("cairn sun.db>");
    terminal.enter("tabels").shows("did you mean tables?").waitsAt("cairn sun.db>");
    leave(0);
  }

  @Test
  void ctrl_c_clears_a_line_and_ends_a_statement_but_not_the_session() {
    cairn("--create sun.db").waitsAt("cairn sun.db>");
    terminal.enter("select 'never").waitsAt("the end of a string>");
    terminal.press("C-c").waitsAt("cairn sun.db>");
    terminal.enter(
        "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c;");
    pause();
    terminal.press("C-c").shows("interrupted").waitsAt("cairn sun.db>");
    terminal.enter("select 6 * 7;").shows("42").waitsAt("cairn sun.db>");
    leave(0);
  }

  @Test
  void ctrl_c_stops_an_apply_at_its_batch_edge_and_resume_goes_on() {
    cairn("demo . --create-only --scale 0.03").shows("exit=0");
    cairn("liveone.db").waitsAt("cairn liveone.db>");
    terminal.enter("set batch_rows 1").waitsAt("cairn liveone.db>");
    terminal.enter("plan migrate points").shows("token points.").waitsAt("cairn liveone.db>");
    terminal.enter("apply").shows("rows/s").press("C-c");
    terminal.shows("stopped at the batch edge").waitsAt("cairn liveone.db>");
    assertThat(terminal.screen()).contains("`resume").doesNotContain("rows/s");
    terminal.enter("set batch_rows auto").waitsAt("cairn liveone.db>");
    terminal.enter("resume").shows("SUCCEEDED").waitsAt("cairn liveone.db>");
    leave(0);
  }

  @Test
  void an_open_transaction_shows_and_is_rolled_back_when_the_person_leaves() {
    cairn("--create sun.db").waitsAt("cairn sun.db>");
    terminal.enter("create table t (a);").waitsAt("cairn sun.db>");
    terminal.enter("begin;").waitsAt("cairn sun.db*>");
    terminal.enter("insert into t values (1);").shows("1 row changed").waitsAt("cairn sun.db*>");
    terminal.press("C-d").shows("the open transaction was rolled back").shows("exit=0");
    cairn("sun.db -c 'select count(*) as left_over from t'").shows("left_over").shows(" 0\n");
  }

  @Test
  void a_typed_change_asks_and_only_a_yes_runs_it() {
    cairn("--create sun.db -c 'create table t (a)' -c 'insert into t values (1)'").shows("exit=0");
    cairn("--live sun.db").waitsAt("cairn sun.db LIVE>");
    terminal
        .enter("update t set a = 2;")
        .shows("[y/N]")
        .press("Enter")
        .shows("not run; nothing was written");
    terminal.enter("update t set a = 3;").shows("[y/N]").press("C-c").waitsAt("cairn sun.db LIVE>");
    terminal.enter("delete from t;").shows("[y/N]").enter("y").shows("1 row changed");
    leave(0);
  }

  @Test
  void tab_completes_and_arrow_up_remembers_over_sessions_but_no_secret() throws IOException {
    cairn("--create sun.db").waitsAt("cairn sun.db>");
    terminal.enter("create table point_readings (id integer primary key, value real);");
    terminal.waitsAt("cairn sun.db>").type("desc").press("Tab").shows("describe");
    terminal.type("poi").press("Tab").shows("describe point_readings").press("Enter");
    terminal.shows("REAL").waitsAt("cairn sun.db>");
    terminal.enter("select 'hunter2' as password;").shows("hunter2\n").waitsAt("cairn sun.db>");
    leave(0);

    Path history = folder.resolve("state/cairn/history");
    assertThat(Files.readString(history)).contains("describe point_readings");
    assertThat(Files.readString(history)).doesNotContain("hunter2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");

    cairn("sun.db").waitsAt("cairn sun.db>");
    terminal.press("Up").waitsAt("cairn sun.db> quit");
    terminal.press("Up").waitsAt("cairn sun.db> describe point_readings");
    terminal.press("C-c").waitsAt("cairn sun.db>");
    leave(0);
  }

  @Test
  void a_hang_up_or_sigterm_at_the_prompt_leaves_with_143_and_an_unusable_history_is_a_warning()
      throws IOException {
    Files.writeString(folder.resolve("state"), "no folder");
    for (String signal : new String[] {"TERM", "HUP"}) {
      cairn("--create sun.db").shows("warning: the history").waitsAt("cairn sun.db>");
      signal(signal);
      terminal.shows("exit=143");
    }
  }

  @Test
  void a_narrow_or_dumb_terminal_is_no_obstacle() {
    terminal.resize(18, 5);
    cairn("--create sun.db").waitsAt("cairn sun.db>");
    terminal.enter("select 8;").shows(" 8");
    terminal.resize(100, 30);
    leave(0);
    terminal.enter("export TERM=dumb");
    cairn("sun.db").waitsAt("cairn sun.db>");
    terminal.enter("select 9;").shows("(1 row)");
    leave(0);
  }

  private Tmux cairn(String arguments) {
    String launcher = Path.of("cairn").toAbsolutePath().toString();
    return terminal
        .clear()
        .enter("(cd " + folder + " && " + launcher + " " + arguments + "); echo exit=$?");
  }

  private void leave(int code) {
    terminal.enter("quit").shows("exit=" + code);
  }

  /** To the one Cairn that this test has open. */
  private void signal(String name) {
    ProcessHandle.allProcesses()
        .filter(process -> process.info().arguments().isPresent())
        .filter(process -> isOurs(process))
        .forEach(process -> kill(process, name));
  }

  private boolean isOurs(ProcessHandle process) {
    Path place = Path.of("/proc", "" + process.pid(), "cwd");
    try {
      return process.info().command().orElse("").endsWith("/java")
          && Files.isSameFile(place, folder);
    } catch (IOException gone) {
      return false;
    }
  }

  private static void kill(ProcessHandle process, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
