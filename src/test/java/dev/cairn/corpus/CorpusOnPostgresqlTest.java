package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The labels are true on PostgreSQL as well: it runs every statement, and counts as SQLite does.
 */
class CorpusOnPostgresqlTest {
  private static EmbeddedPostgres server;
  private static Connection connection;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    connection =
        server
            .getDatabase("postgres", "postgres", Map.of("preferQueryMode", "simple"))
            .getConnection();
  }

  @AfterAll
  static void stop() throws SQLException, IOException {
    connection.close();
    server.close();
  }

  static List<String> schemas() {
    return CorpusReader.schemas();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void every_statement_runs_and_counts_as_the_label_says(String schema) throws SQLException {
    run("CREATE SCHEMA " + schema);
    run("SET search_path TO " + schema);
    for (String line : CorpusReader.schema(schema).split(";\n")) {
      if (!line.strip().startsWith("CREATE TRIGGER")) { // SQLite's own form
        run(line);
      }
    }
    List<String> mislabelled = new ArrayList<>();
    for (Labelled each : CorpusReader.of(schema)) {
      if (each.flavours().contains(Flavour.POSTGRESQL)) {
        fault(each).ifPresent(why -> mislabelled.add(each + "\n" + why));
      }
    }
    assertThat(mislabelled).isEmpty();
  }

  private static Optional<String> fault(Labelled each) throws SQLException {
    try {
      int count = rolledBack(each.text());
      if (each.fails()) {
        return Optional.of("it doesn't fail");
      }
      boolean counted =
          each.asWritten().isEmpty() || each.asWritten().equals(OptionalInt.of(count));
      return counted ? Optional.empty() : Optional.of("touches " + count);
    } catch (SQLException e) {
      return each.fails() ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Rows changed, or rows given; what has parameters is only prepared. */
  private static int rolledBack(String sql) throws SQLException {
    run("BEGIN");
    try (Statement statement = connection.createStatement()) {
      if (sql.contains("$1")) {
        statement.execute("PREPARE p AS " + sql);
        statement.execute("DEALLOCATE p");
        return 0;
      }
      if (!statement.execute(sql)) {
        return statement.getUpdateCount();
      }
      int rows = 0;
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          rows++;
        }
      }
      return rows;
    } finally {
      run("ROLLBACK");
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
