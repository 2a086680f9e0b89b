package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A diff holds a few thousand rows, however many there are and however many differ. */
class DiffMemoryTest {
  private static final int ROWS = 200_000;

  @TempDir Path folder;

  @Test
  void a_table_larger_than_the_memory_is_compared_and_every_difference_written() throws Exception {
    write("here.db", "'x'");
    write("there.db", "'y'");
    Path out = folder.resolve("out.json");
    Path err = folder.resolve("err.txt");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.cairn.Main",
            "--format",
            "csv",
            folder.resolve("here.db").toString(),
            "-c",
            "diff t '" + folder.resolve("there.db") + "' by id");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).describedAs(Files.readString(err)).isZero();
    try (var lines = Files.lines(out)) {
      assertThat(lines.count()).isEqualTo(ROWS + 1);
    }
    assertThat(Files.size(out)).isGreaterThan(128L << 20);
  }

  private void write(String name, String letter) throws Exception {
    new SqliteFile(folder.resolve(name))
        .run(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)",
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                + ROWS
                + ") INSERT INTO t SELECT i, printf('%0400d', i) || "
                + letter
                + " FROM n");
  }
}
