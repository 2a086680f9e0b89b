package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileWriterTest {
  @TempDir Path folder;

  @Test
  void aFinishedFileIsPrivateAndWhole() throws Exception {
    Path file = folder.resolve("new.db");
    try (SqliteFileWriter writer = SqliteFileWriter.create(file)) {
      assertThat(writer.execute("CREATE TABLE t (a INTEGER, b REAL, c TEXT)")).isZero();
      assertThat(writer.insert("INSERT INTO t VALUES (?, ?, ?)", rows(2_500).iterator()))
          .isEqualTo(2_500);
      assertThat(writer.execute("UPDATE t SET c = 'y' WHERE a < 10")).isEqualTo(10);
      assertThat(file).doesNotExist();
      writer.finish();
    }
    assertThat(namesInFolder()).containsExactly("new.db");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(text(file, "SELECT count(*) || ' ' || sum(a) || ' ' || count(b) FROM t"))
        .isEqualTo("2500 3123750 2499");
    assertThat(text(file, "PRAGMA journal_mode")).isEqualTo("delete");
    assertThat(text(file, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws Exception {
    try (SqliteFileWriter writer = SqliteFileWriter.create(folder.resolve("new.db"))) {
      writer.execute("CREATE TABLE t (a)");
    }
    assertThat(namesInFolder()).isEmpty();
  }

  @Test
  void anExistingFileIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("old.db"), "precious");
    assertThatThrownBy(() -> SqliteFileWriter.create(file))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("old.db");
    assertThat(file).hasContent("precious");
    assertThat(namesInFolder()).containsExactly("old.db");
  }

  @Test
  void aDanglingLinkIsRefused() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("nowhere"));
    assertThatThrownBy(() -> SqliteFileWriter.create(link))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aFileMadeInTheMeantimeIsNotReplaced() throws Exception {
    Path file = folder.resolve("new.db");
    try (SqliteFileWriter writer = SqliteFileWriter.create(file)) {
      writer.execute("CREATE TABLE t (a)");
      Files.writeString(file, "precious");
      assertThatThrownBy(writer::finish).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(file).hasContent("precious");
    assertThat(namesInFolder()).containsExactly("new.db");
  }

  @Test
  void afterAFailureNothingCanBeFinished() throws Exception {
    try (SqliteFileWriter writer = SqliteFileWriter.create(folder.resolve("new.db"))) {
      writer.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b, c)");
      List<Object[]> twice = List.of(new Object[] {1, 2, 3}, new Object[] {1, 2, 3});
      assertThatThrownBy(() -> writer.insert("INSERT INTO t VALUES (?, ?, ?)", twice.iterator()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("UNIQUE constraint failed: t.a");
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
    assertThat(namesInFolder()).isEmpty();
  }

  @Test
  void aFolderMayHaveAnyName() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("what? 100% #1; 'q' é"));
    try (SqliteFileWriter writer = SqliteFileWriter.create(odd.resolve("a?b.db"))) {
      writer.execute("CREATE TABLE t (a)");
      writer.finish();
    }
    try (Stream<Path> files = Files.list(odd)) {
      assertThat(files).extracting(path -> path.getFileName().toString()).containsOnly("a?b.db");
    }
    assertThat(namesInFolder()).hasSize(1);
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThatThrownBy(() -> SqliteFileWriter.create(folder.resolve("missing/new.db")))
        .isInstanceOf(IOException.class);
  }

  private static Stream<Object[]> rows(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Object[] {i, i == 7 ? null : i / 4.0, "x"});
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String text(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getString(1);
    }
  }
}
