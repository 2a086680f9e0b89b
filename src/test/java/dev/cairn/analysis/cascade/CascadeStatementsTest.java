package dev.cairn.analysis.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.sql.Flavour;
import dev.cairn.sql.Piece;
import dev.cairn.sql.SqlParser;
import dev.cairn.sql.StatementSplitter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements of every kind that reach other tables; SQLite runs each and has the last word. */
class CascadeStatementsTest {
  private static final String SCHEMA =
      """
      CREATE TABLE s (id INTEGER PRIMARY KEY, name TEXT UNIQUE, status TEXT);
      CREATE TABLE p (s_id INTEGER NOT NULL REFERENCES s ON DELETE CASCADE ON UPDATE CASCADE,
        id INTEGER NOT NULL, kind TEXT, PRIMARY KEY (s_id, id)) WITHOUT ROWID;
      CREATE TABLE r (rowid TEXT, s_id INTEGER, p_id INTEGER, v,
        FOREIGN KEY (s_id, p_id) REFERENCES p (s_id, id) ON DELETE CASCADE ON UPDATE CASCADE);
      CREATE TABLE n (id INTEGER PRIMARY KEY, s_name TEXT REFERENCES s (name) ON DELETE SET NULL ON UPDATE SET NULL);
      CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree (id) ON DELETE CASCADE, s_id INTEGER);
      CREATE TABLE leaf (tree_id INTEGER NOT NULL REFERENCES tree ON DELETE CASCADE);
      CREATE TABLE del (id INTEGER);
      """;
  private static final String ROWS =
      """
      INSERT INTO s VALUES (1, 'a', 'x'), (2, 'b', 'x'), (3, 'c', 'y'), (4, NULL, 'y');
      INSERT INTO p SELECT s.id, v.value, 'k' || v.value FROM s, json_each('[1,2,3]') v;
      INSERT INTO r SELECT 'z', s_id, id, 1 FROM p UNION ALL SELECT 'z', s_id, id, 2 FROM p WHERE id < 3;
      INSERT INTO n VALUES (1, 'a'), (2, 'a'), (3, 'b'), (4, NULL);
      INSERT INTO tree VALUES (1, NULL, 1), (2, 1, 1), (3, 2, 1), (4, 3, 2), (5, NULL, 2), (6, 6, 3);
      INSERT INTO leaf VALUES (1), (3), (4), (4), (5), (6);
      INSERT INTO del VALUES (2), (5);
      """;

  /** What SQLite leaves of each table: rows gone, and rows that are different. */
  private record Outcome(long gone, long different) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM s WHERE id = 1                                       | p -3, r -5, n ~2
          DELETE FROM s AS t WHERE t.status = 'x'                          | p -6, r -10, n ~3
          DELETE FROM s                                                    | p -12, r -20, n ~3
          DELETE FROM p WHERE kind = 'k1'                                  | r -8
          DELETE FROM p WHERE (s_id, id) IN (SELECT s_id, 2 FROM r)        | r -8
          WITH old AS (SELECT id FROM s WHERE status = 'y') DELETE FROM s WHERE id IN old | p -6, r -10
          WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < 2) DELETE FROM s WHERE id IN (SELECT x FROM i) | p -6, r -10, n ~3
          DELETE FROM tree WHERE id = 2                                    | tree -2, leaf -3
          DELETE FROM tree WHERE id IN (1, 3)                              | tree -2, leaf -4
          DELETE FROM tree WHERE id = 6                                    | leaf -1
          UPDATE s SET id = id + 10 WHERE status = 'x'                     | p ~6, r ~10
          UPDATE s SET id = 1 WHERE id = 1                                 |
          UPDATE s SET id = CASE id WHEN 1 THEN 11 ELSE id END             | p ~3, r ~5
          UPDATE s SET name = upper(name)                                  | n ~3
          UPDATE s SET (id, status) = (id + 10, 'z') WHERE id = 2          | p ~3, r ~5
          UPDATE s SET id = d.id + 50 FROM del AS d WHERE d.id = s.id      | p ~3, r ~5
          UPDATE p SET id = id + 10 WHERE s_id = 1                         | r ~5
          UPDATE p SET kind = 'z'                                          |
          REPLACE INTO s (id, name) VALUES (1, 'new'), (9, 'b')            | p -6, r -10, n ~3
          INSERT OR REPLACE INTO s SELECT id, printf('n%d', id), 'r' FROM del | p -3, r -5, n ~1
          INSERT INTO s (id) VALUES (77)                                   |
          DROP TABLE s                                                     | p -12, r -20, n ~3
          """)
  void is_what_sqlite_does(String statement, String expected) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA foreign_keys = ON");
      for (String each : split(SCHEMA + ROWS)) {
        sql.execute(each);
      }
      Map<String, Outcome> counted = new TreeMap<>();
      for (Cascade cascade : cascades(statement)) {
        long rows = number(sql, cascade.countSql());
        boolean gone = cascade.action() == CascadeAction.DELETE;
        if (rows > 0) {
          counted.merge(
              cascade.table(),
              new Outcome(gone ? rows : 0, gone ? 0 : rows),
              (a, b) -> new Outcome(a.gone() + b.gone(), a.different() + b.different()));
        }
      }
      Map<String, Outcome> seen = seen(sql, statement);
      assertThat(counted).isEqualTo(seen);
      assertThat(words(seen)).isEqualTo(expected == null ? "" : sorted(expected));
    }
  }

  private static String sorted(String expected) {
    return String.join(", ", List.of(expected.split(", ")).stream().sorted().toList());
  }

  private static String words(Map<String, Outcome> outcomes) {
    List<String> words = new ArrayList<>();
    outcomes.forEach(
        (table, outcome) -> {
          if (outcome.gone() > 0) {
            words.add(table + " -" + outcome.gone());
          }
          if (outcome.different() > 0) {
            words.add(table + " ~" + outcome.different());
          }
        });
    return String.join(", ", words);
  }

  private static Map<String, Outcome> seen(Statement sql, String statement) throws SQLException {
    Map<String, List<String>> before = new TreeMap<>();
    List<String> others = new ArrayList<>(List.of("p", "r", "n", "tree", "leaf"));
    for (String table : others) {
      before.put(table, rows(sql, table));
    }
    boolean tree = statement.contains("FROM tree");
    long own = tree ? number(sql, statement.replace("DELETE", "SELECT count(*)")) : 0;
    boolean target = statement.contains(" p ");
    sql.execute(statement);
    Map<String, Outcome> seen = new TreeMap<>();
    for (String table : others) {
      List<String> old = before.get(table);
      List<String> now = rows(sql, table);
      long gone = old.size() - now.size() - (table.equals("tree") ? own : 0);
      List<String> different = new ArrayList<>(now);
      old.forEach(different::remove);
      boolean itself = target && table.equals("p");
      Outcome outcome = new Outcome(itself ? 0 : gone, itself ? 0 : different.size());
      if (outcome.gone() + outcome.different() > 0) {
        seen.put(table, outcome);
      }
    }
    return seen;
  }

  private static List<String> rows(Statement sql, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = sql.executeQuery("SELECT * FROM " + table)) {
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(result.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static List<Cascade> cascades(String statement) {
    SchemaReplay replay = new SchemaReplay(Flavour.SQLITE);
    for (String each : split(SCHEMA)) {
      replay.follow(SqlParser.parse(each, Flavour.SQLITE), each);
    }
    Catalog catalog = replay.catalog();
    return new Cascades(catalog, Flavour.SQLITE)
        .of(statement, List.of(), SqlParser.parse(statement, Flavour.SQLITE));
  }

  private static List<String> split(String text) {
    List<String> statements = new ArrayList<>();
    Optional<Piece> piece = StatementSplitter.next(text, 0, Flavour.SQLITE);
    while (piece.isPresent()) {
      statements.add(piece.get().text(text));
      piece = StatementSplitter.next(text, piece.get().following(), Flavour.SQLITE);
    }
    return statements;
  }

  private static long number(Statement sql, String query) throws SQLException {
    try (ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
