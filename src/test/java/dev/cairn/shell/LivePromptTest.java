package dev.cairn.shell;

import dev.cairn.proof.SqldServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at a real terminal, on a live libSQL server. */
class LivePromptTest {
  @TempDir Path folder;

  @Test
  void what_changes_a_live_database_wants_its_name_typed() {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"));
        Tmux terminal = new Tmux(110, 40)) {
      String url = server.namespace("sun");
      String launcher = Path.of("cairn").toAbsolutePath().toString();
      terminal.enter("PS1='$ '; export XDG_STATE_HOME=" + folder + "/state");
      terminal.enter("(cd " + folder + " && " + launcher + "); echo exit=$?").waitsAt("cairn>");
      terminal.enter("open " + url).waitsAt("cairn sun LIVE>");
      terminal.enter("create table t (a integer primary key, b);").waitsAt("cairn sun LIVE>");
      terminal.enter("insert into t values (1, 'x'), (2, 'y');").shows("2 rows changed");
      terminal.enter("descr").waitsAt("cairn sun LIVE>");

      terminal
          .enter("delete from t where b = 'x';")
          .shows("LIVE: this is sun. Run it")
          .press("Enter");
      terminal.shows("nothing was written").waitsAt("cairn sun LIVE>");
      terminal.enter("plan update t set b = 'z' where b = 'y'").shows("token ");
      terminal.enter("apply").shows("Type the database's name (sun)").enter("y");
      terminal.shows("that is not the database's name").waitsAt("cairn sun LIVE>");
      terminal.enter("apply").shows("Type the database's name (sun)").enter("sun");
      terminal.shows("SUCCEEDED").waitsAt("cairn sun LIVE>");
      terminal.enter("undo").shows("to go on:").press("C-c");
      terminal.shows("that is not the database's name").waitsAt("cairn sun LIVE>");
      terminal.enter("journal drop").shows("can't be undone").press("Enter");
      terminal.shows("nothing was written").waitsAt("cairn sun LIVE>");

      terminal.enter("begin;").waitsAt("cairn sun LIVE*>").enter("rollback;");
      terminal.waitsAt("cairn sun LIVE>");
      terminal.enter(
          "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c;");
      sleep();
      terminal.press("C-c").shows("interrupted").waitsAt("cairn sun LIVE>");
      terminal.enter("select count(*) * 21 from t;").shows("42").waitsAt("cairn sun LIVE>");
      terminal.enter("quit").shows("exit=0");
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(700);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
