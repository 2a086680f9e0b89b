package dev.cairn.analysis.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.database.SqliteDatabase;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the queries of the cascades count is what SQLite does. */
class CascadesTest {
  @TempDir Path folder;

  @Test
  void the_rows_counted_are_the_rows_that_sqlite_takes_or_clears() throws SQLException {
    int cascading = 0;
    int circles = 0;
    for (long seed = 1; seed <= 300; seed++) {
      RandomReferences random = new RandomReferences(seed);
      Path file = folder.resolve("s" + seed + ".db");
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA synchronous = OFF");
        for (String sql : random.statements) {
          statement.execute(sql);
        }
        statement.execute("PRAGMA foreign_keys = ON");
        List<Cascade> cascades = cascades(file, "DELETE FROM t0 WHERE tag % 3 = 1");
        Map<String, Long> counted = new TreeMap<>();
        for (Cascade cascade : cascades) {
          long rows = number(statement, cascade.countSql());
          assertThat(number(statement, "SELECT count(*) FROM (" + cascade.rowsSql() + ")"))
              .isEqualTo(rows);
          counted.put(name(cascade), rows);
          circles += cascade.countSql().contains("RECURSIVE") ? 1 : 0;
        }
        Map<String, Long> seen = deleted(connection, statement, random);
        if (seen.isEmpty()) {
          assertThat(counted)
              .as("seed %d refuses", seed)
              .anySatisfy(
                  (name, rows) -> {
                    assertThat(name).endsWith("RESTRICT");
                    assertThat(rows).isPositive();
                  });
          continue;
        }
        cascading++;
        counted.keySet().removeIf(name -> name.endsWith("RESTRICT") && counted.get(name) == 0);
        counted.values().removeIf(rows -> rows == 0);
        seen.values().removeIf(rows -> rows == 0);
        seen.remove("committed");
        assertThat(counted).as("seed %d: %s", seed, random.statements).isEqualTo(seen);
      }
    }
    assertThat(cascading).isGreaterThan(100);
    assertThat(circles).isGreaterThan(100);
  }

  private static String name(Cascade cascade) {
    return switch (cascade.action()) {
      case DELETE -> cascade.table() + " DELETE";
      case RESTRICT -> cascade.table() + " RESTRICT";
      default -> cascade.table() + " " + cascade.columns();
    };
  }

  /** Deletes, sees what became of the rows, and takes it back; empty where SQLite refuses. */
  private static Map<String, Long> deleted(
      Connection connection, Statement statement, RandomReferences random) throws SQLException {
    for (int i = 0; i < random.tables(); i++) {
      statement.execute("CREATE TEMP TABLE before" + i + " AS SELECT * FROM main.t" + i);
    }
    connection.setAutoCommit(false);
    try {
      statement.execute("DELETE FROM t0 WHERE tag % 3 = 1");
      Map<String, Long> seen = new TreeMap<>(Map.of("committed", 1L));
      for (int i = 0; i < random.tables(); i++) {
        String own = i == 0 ? " AND tag % 3 <> 1" : "";
        seen.put(
            "t" + i + " DELETE",
            number(
                statement,
                "SELECT count(*) FROM before%d WHERE tag NOT IN (SELECT tag FROM main.t%d)%s"
                    .formatted(i, i, own)));
      }
      for (RandomReferences.Reference reference : random.references) {
        String table = reference.child().substring(1);
        String column = reference.columns().get(0);
        seen.put(
            reference.child() + " " + reference.columns(),
            number(
                statement,
                "SELECT count(*) FROM before%s b JOIN main.t%s t USING (tag) WHERE t.%s IS NOT b.%s"
                    .formatted(table, table, column, column)));
      }
      return seen;
    } catch (SQLException refused) {
      assertThat(refused.getMessage()).contains("FOREIGN KEY");
      return new TreeMap<>();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static List<Cascade> cascades(Path file, String text) {
    try (SqliteDatabase database =
        SqliteDatabase.open(file, new SqliteDatabase.Options(false, false, false, 5_000))) {
      var delete = SqlParser.parse(text, Flavour.SQLITE);
      return new Cascades(database.catalog(), Flavour.SQLITE).of(text, List.of(), delete);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
