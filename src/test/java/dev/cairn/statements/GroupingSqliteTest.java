package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Statement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQLite compiles a statement and its tree's grouping to the same program. */
class GroupingSqliteTest {

  private static Connection connection;

  @BeforeAll
  static void loads_the_schema() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (var statement = connection.createStatement()) {
      for (String sql : StatementCollection.schema(Flavour.SQLITE)) {
        statement.execute(sql);
      }
    }
  }

  @AfterAll
  static void closes() throws SQLException {
    connection.close();
  }

  static List<CollectedStatement> parsed() {
    return EngineGrouping.statements(Flavour.SQLITE);
  }

  @ParameterizedTest
  @MethodSource("parsed")
  void compiles_to_the_same_program(CollectedStatement statement) throws SQLException {
    Statement tree = SqlParser.parse(statement.text(), Flavour.SQLITE);
    String spelledOut = EngineGrouping.spellOut(statement.text(), tree, Flavour.SQLITE);
    assertThat(program(spelledOut)).describedAs(spelledOut).isEqualTo(program(statement.text()));
  }

  private static List<String> program(String sql) throws SQLException {
    List<String> program = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN " + sql)) {
      while (rows.next()) {
        List<String> operation = new ArrayList<>();
        for (int column = 2; column <= 7; column++) {
          operation.add(rows.getString(column));
        }
        program.add(String.join(" ", operation));
      }
    }
    return program;
  }
}
