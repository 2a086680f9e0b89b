package dev.cairn.proof;

import static dev.cairn.proof.ContractEngines.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.AtomicBatch;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.ReadView;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.dialect.SqlFragment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed on a live libSQL server is journalled there, and can be taken back. */
class LiveTypedChangesTest {
  private static final List<String> YES = List.of("--yes");

  @TempDir Path folder;

  @Test
  void typed_changes_are_runs_and_are_taken_back() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      String url = server.namespace("typed");
      LiveCairn live = new LiveCairn(folder, url);
      try (Database database =
          Databases.open(url, new SqliteDatabase.Options(false, false, false, 5_000))) {
        database.atomically(
            AtomicBatch.of(
                List.of(
                    SqlFragment.of("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)"),
                    SqlFragment.of(
                        "CREATE TABLE child (t INTEGER REFERENCES t(id) ON DELETE CASCADE)"),
                    SqlFragment.of("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)"),
                    SqlFragment.of("INSERT INTO child VALUES (1), (1), (3)"))));
        List<List<Object>> before = rows(database);
        live.run(YES, "DELETE FROM t WHERE id <> 2");
        assertThat(ids(database)).containsExactly(2L);
        live.run(
            YES, "BEGIN", "INSERT INTO t VALUES (9, 'new')", "UPDATE t SET name = 'z'", "COMMIT");
        assertThat(ids(database)).containsExactly(2L, 9L);
        assertThat(triggers(database)).isEmpty();
        for (String run : List.of("3", "2", "1")) {
          live.run(List.of("--plan", live.token("plan undo " + run)), "undo " + run);
        }
        assertThat(rows(database)).isEqualTo(before);
      }
    }
  }

  private static List<List<Object>> rows(Database database) {
    try (ReadView view = database.view()) {
      return view.rows(
          SqlFragment.of(
              "SELECT id, name, (SELECT count(*) FROM child WHERE t = t.id) FROM t ORDER BY id"));
    }
  }

  private static List<List<Object>> triggers(Database database) {
    try (ReadView view = database.view()) {
      return view.rows(SqlFragment.of("SELECT name FROM sqlite_schema WHERE type = 'trigger'"));
    }
  }
}
