package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.tree.Statement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PostgreSQL plans a statement and its tree's grouping alike. */
class GroupingPostgresqlTest {

  private static EmbeddedPostgres server;
  private static Connection connection;

  @BeforeAll
  static void loads_the_schema() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().start();
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

  static List<CollectedStatement> parsed() {
    return EngineGrouping.statements(Flavour.POSTGRESQL);
  }

  @ParameterizedTest
  @MethodSource("parsed")
  void makes_the_same_plan(CollectedStatement statement) throws SQLException {
    Statement tree = SqlParser.parse(statement.text(), Flavour.POSTGRESQL);
    String spelledOut = EngineGrouping.spellOut(statement.text(), tree, Flavour.POSTGRESQL);
    assertThat(plan(spelledOut)).describedAs(spelledOut).isEqualTo(plan(statement.text()));
  }

  private static List<String> plan(String sql) throws SQLException {
    List<String> plan = new ArrayList<>();
    run("BEGIN");
    run("DECLARE open_cursor CURSOR FOR SELECT * FROM held FOR UPDATE");
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      String explain = "EXPLAIN (VERBOSE, COSTS OFF, GENERIC_PLAN) ";
      try (ResultSet rows = statement.executeQuery(explain + sql)) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
    } finally {
      run("ROLLBACK");
    }
    return plan;
  }

  private static void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
