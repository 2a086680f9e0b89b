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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots by Turso's platform API, spoken to a stand-in before a real libSQL server. */
class TursoSnapshotsTest {
  @TempDir Path folder;

  @Test
  void a_copy_is_a_database_of_the_same_group_that_nobody_may_write_to() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"));
        TursoStub turso = new TursoStub(server)) {
      ServerSnapshots cairn =
          new ServerSnapshots(folder, turso.database("shop"), turso.environment());
      fill(cairn.database());
      assertThat(cairn.ends(0, "-c", "snapshot create before")).contains("full copy (turso)");
      assertThat(turso.names()).hasSize(2);
      String copy = turso.names().get(0);
      assertThat(copy).startsWith("cairn-").contains("-before-");
      assertThat(turso.asked().get(0))
          .contains("\"group\":\"default\"")
          .contains("\"seed\":{\"type\":\"database\",\"name\":\"shop\"}");
      assertThat(turso.asked().get(1)).contains("PATCH").contains("\"block_writes\":true");
      assertThat(cairn.ends(0, "-c", "snapshots")).contains("before").contains("unchanged");
      fill(cairn.database(), "DELETE FROM t WHERE id = 1");
      assertThat(cairn.ends(0, "-c", "diff t before")).contains("1 only there");
      assertThat(cairn.ends(0, "-c", "snapshot open before", "-c", "SELECT v FROM t"))
          .contains("(2 rows)");
      cairn.ends(0, "--yes", "-c", "snapshot drop before");
      assertThat(turso.names()).containsExactly("shop");
      assertThat(cairn.kept()).isEmpty();
    }
  }

  @Test
  void the_token_may_stand_in_a_file_that_nobody_else_reads() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"));
        TursoStub turso = new TursoStub(server)) {
      Map<String, String> api = new HashMap<>(turso.environment());
      api.remove("CAIRN_TURSO_ORG");
      api.remove("TURSO_API_TOKEN");
      ServerSnapshots cairn = new ServerSnapshots(folder, turso.database("shop"), api);
      fill(cairn.database());
      String host = cairn.database().replaceFirst("http://", "");
      Path file = Files.createDirectories(folder.resolve("config/cairn")).resolve("turso");
      Files.writeString(file, host + " acme platform-token\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(cairn.ends(2, "-c", "snapshots"))
          .contains("others may read")
          .doesNotContain("platform-token");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThat(cairn.ends(0, "-c", "snapshot create one")).doesNotContain("platform-token");
      Files.writeString(file, host + " acme another\n");
      assertThat(cairn.ends(1, "-c", "snapshot create two")).contains("HTTP 401");
      assertThat(turso.names()).hasSize(2);
    }
  }

  private static void fill(String url) {
    fill(
        url,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
        "INSERT INTO t VALUES (1, x'00ff'), (2, 'two')");
  }

  private static void fill(String url, String... statements) {
    try (Database made =
        Databases.open(url, new SqliteDatabase.Options(false, false, false, 5_000))) {
      made.atomically(AtomicBatch.of(List.of(statements).stream().map(SqlFragment::of).toList()));
    }
  }
}
