package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cairn.sql.Flavour;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQLite itself says which statements of the collection it accepts, by preparing each of them. */
class SqliteJudgesTest {

  private static Connection connection;

  @BeforeAll
  static void loads_the_schema() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = connection.createStatement()) {
      for (String sql : StatementCollection.schema(Flavour.SQLITE)) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void closes() throws SQLException {
    connection.close();
  }

  static List<CollectedStatement> statements() {
    return StatementCollection.of(Flavour.SQLITE);
  }

  @Test
  void there_are_at_least_200() {
    assertThat(StatementCollection.accepted(Flavour.SQLITE)).hasSizeGreaterThanOrEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void judges(CollectedStatement statement) {
    Throwable refusal = catchThrowable(() -> prepare(statement));
    if (!statement.lacking().isEmpty()) {
      assertThat(refusal).describedAs("%s", statement).hasMessageContaining(statement.lacking());
    } else if (statement.isRejected()) {
      assertThat(refusal).describedAs("%s", statement).isInstanceOf(SQLException.class);
    } else {
      assertThat(refusal).describedAs("%s", statement).isNull();
    }
  }

  private static void prepare(CollectedStatement statement) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
      assertThat(prepared).isNotNull();
    }
  }
}
