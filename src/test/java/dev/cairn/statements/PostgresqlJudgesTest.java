package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.Lexer;
import dev.cairn.sql.TokenKind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PostgreSQL itself says which statements of the collection it accepts: each is run in a
 * transaction that is rolled back, or prepared where it has parameters; those of the topic {@code
 * outside} run outside any transaction.
 */
class PostgresqlJudgesTest {

  /** What CURRENT OF, EXECUTE and ROLLBACK TO speak of. */
  private static final List<String> BEFORE_EACH =
      List.of(
          "SAVEPOINT s",
          "PREPARE prepared AS SELECT 1",
          "DECLARE open_cursor CURSOR FOR SELECT * FROM held FOR UPDATE",
          "FETCH open_cursor");

  private static EmbeddedPostgres server;
  private static Connection connection;

  @BeforeAll
  static void loads_the_schema() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
    // Simple, so that the server sees the text as it stands.
    connection =
        server
            .getDatabase("postgres", "postgres", Map.of("preferQueryMode", "simple"))
            .getConnection();
    for (String sql : StatementCollection.schema(Flavour.POSTGRESQL)) {
      run(sql);
    }
  }

  @AfterAll
  static void closes() throws SQLException, IOException {
    connection.close();
    server.close();
  }

  static List<CollectedStatement> statements() {
    return StatementCollection.of(Flavour.POSTGRESQL);
  }

  @Test
  void there_are_at_least_200() {
    assertThat(StatementCollection.accepted(Flavour.POSTGRESQL)).hasSizeGreaterThanOrEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void judges(CollectedStatement statement) {
    Throwable refusal = catchThrowable(() -> judge(statement));
    if (!statement.lacking().isEmpty()) {
      assertThat(refusal).describedAs("%s", statement).hasMessageContaining(statement.lacking());
    } else if (statement.isRejected()) {
      assertThat(refusal).describedAs("%s", statement).isInstanceOf(SQLException.class);
    } else {
      assertThat(refusal).describedAs("%s", statement).isNull();
    }
  }

  private static void judge(CollectedStatement statement) throws SQLException {
    String sql = statement.text();
    if (statement.topic().equals("outside")) {
      run(sql);
      return;
    }
    run("BEGIN");
    for (String before : BEFORE_EACH) {
      run(before);
    }
    try {
      boolean parameters =
          Lexer.tokens(sql, Flavour.POSTGRESQL).stream()
              .anyMatch(token -> token.kind() == TokenKind.PARAMETER);
      run(parameters ? "PREPARE one AS " + sql : sql);
    } finally {
      run("ROLLBACK");
      run("DEALLOCATE ALL; RESET ALL; DISCARD TEMP");
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
