package dev.cairn.example;

import dev.cairn.database.SqliteFileWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An example database while it is written: tables first, then rows, then indexes. */
final class StoryFile {
  private final SqliteFileWriter writer;
  private final Consumer<String> progress;
  private final List<String> schema = Resource.statements("liveone.sql");

  /**
   * @param progress is told a line of text for each table
   */
  StoryFile(SqliteFileWriter writer, Consumer<String> progress) {
    this.writer = writer;
    this.progress = progress;
  }

  /** LiveOne's tables, without their indexes. */
  void tables() throws IOException {
    execute(schema.stream().filter(statement -> !isIndex(statement)).toList());
  }

  /** LiveOne's indexes: cheaper behind the rows. */
  void indexes() throws IOException {
    progress.accept("indexes");
    execute(schema.stream().filter(StoryFile::isIndex).toList());
  }

  void execute(List<String> statements) throws IOException {
    for (String statement : statements) {
      writer.execute(statement);
    }
  }

  void load(String table, List<String> columns, Stream<Object[]> rows) throws IOException {
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table, String.join(", ", columns), "?, ".repeat(columns.size() - 1).concat("?"));
    long count = writer.insert(sql, rows.iterator());
    progress.accept(String.format(Locale.ROOT, "%s: %,d rows", table, count));
  }

  private static boolean isIndex(String statement) {
    return statement.startsWith("CREATE INDEX") || statement.startsWith("CREATE UNIQUE INDEX");
  }
}
