package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement that fails among those that are one run leaves the others to their COMMIT. */
class SeriesFailuresTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (3, nosuch(1))",
        "INSERT INTO t VALUES (3)",
        "INSERT INTO t VALUES (3, nocolumn)",
        "INSERT INTO t VALUES (3, 'c'), (1, 'again')",
      })
  void the_rest_is_committed_and_taken_back(String wrong) throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("t.db"));
    file.run("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    WarmCairn.Ended ended =
        WarmCairn.shared()
            .run(
                file.path().toString(),
                "--keep-going",
                "-c",
                "BEGIN",
                "-c",
                "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
                "-c",
                wrong,
                "-c",
                "INSERT INTO t VALUES (4, 'd')",
                "-c",
                "COMMIT");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(file.rows("SELECT id FROM t"))
        .containsExactly(List.of(1L), List.of(2L), List.of(4L));
    assertThat(file.rows("SELECT inserted FROM cairn_checkpoint")).containsExactly(List.of(3L));
    assertThat(WarmCairn.shared().run(file.path().toString(), "-c", "undo").code()).isZero();
    assertThat(file.number("SELECT count(*) FROM t")).isZero();
  }

  /** The engine took the transaction back: what was typed as a part of it doesn't run alone. */
  @Test
  void the_rest_of_a_transaction_that_is_gone_is_not_run() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("gone.db"));
    file.run("CREATE TABLE t (id INTEGER PRIMARY KEY, v)");
    WarmCairn.Ended ended =
        WarmCairn.shared()
            .run(
                file.path().toString(),
                "--keep-going",
                "--yes",
                "-c",
                "BEGIN",
                "-c",
                "INSERT INTO t VALUES (1, 'a')",
                "-c",
                "INSERT OR ROLLBACK INTO t VALUES (1, 'again')",
                "-c",
                "INSERT INTO t VALUES (2, 'alone')",
                "-c",
                "UPDATE t SET v = 'alone'",
                "-c",
                "COMMIT",
                "-c",
                "INSERT INTO t VALUES (3, 'behind it')");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(file.rows("SELECT id FROM t")).containsExactly(List.of(3L));
  }
}
