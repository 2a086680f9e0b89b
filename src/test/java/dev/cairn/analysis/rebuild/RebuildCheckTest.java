package dev.cairn.analysis.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a table made anew may lose. */
class RebuildCheckTest {
  private static final String SCHEMA =
      """
      CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER NOT NULL, c INTEGER UNIQUE);
      CREATE INDEX t_a ON t (a);
      CREATE TABLE log (what TEXT);
      CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
      CREATE TABLE plain (id INTEGER PRIMARY KEY, x TEXT, y TEXT);
      """;
  private static final String ROWS =
      """
      INSERT INTO t VALUES (1, 'a', 1, 10), (2, NULL, 2, 20), (3, 'c', 3, NULL);
      INSERT INTO child VALUES (1, 1), (2, 1), (3, NULL);
      INSERT INTO plain VALUES (1, 'x', 'y'), (2, 'x', NULL);
      """;

  private static final String OFF = "PRAGMA foreign_keys = OFF;";
  private static final String MADE =
      "CREATE TABLE t2 (id INTEGER PRIMARY KEY, a TEXT, b INTEGER NOT NULL, c INTEGER UNIQUE);";
  private static final String COPIED = "INSERT INTO t2 (id, a, b, c) SELECT id, a, b, c FROM t;";
  private static final String RENAMED =
      "DROP TABLE t; ALTER TABLE t2 RENAME TO t; CREATE INDEX t_a ON t (a);";

  @Test
  void a_rebuild_that_keeps_everything_is_no_finding() {
    assertThat(losses(OFF + MADE + COPIED + RENAMED)).isEmpty();
    assertThat(
            losses(OFF + "BEGIN;" + MADE + "INSERT INTO t2 SELECT * FROM t;" + RENAMED + "COMMIT;"))
        .isEmpty();
  }

  @Test
  void the_drop_of_a_rebuild_does_not_stand_for_itself() {
    List<Analysis> judged = judged(OFF + MADE + COPIED + RENAMED);
    assertThat(judged).flatExtracting(Analysis::findings).isEmpty();
    assertThat(judged("DROP TABLE t;")).flatExtracting(Analysis::findings).isNotEmpty();
  }

  @Test
  void rows_that_refer_to_the_old_ones_go_with_them() throws SQLException {
    List<Finding> losses = losses(MADE + COPIED + RENAMED);
    assertThat(losses)
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.severity()).isEqualTo(Severity.ERROR);
              assertThat(loss.message()).contains("rows of child go too", "foreign_keys = OFF");
            });
    assertThat(count(losses.get(0))).isEqualTo(2);
    // Inside a transaction the pragma does nothing.
    assertThat(losses("BEGIN;" + OFF + MADE + COPIED + RENAMED + "COMMIT;")).hasSize(1);
    assertThat(rowsAfter(MADE + COPIED + RENAMED, "child")).isEqualTo(1);
    assertThat(rowsAfter("BEGIN;" + OFF + MADE + COPIED + RENAMED + "COMMIT;", "child"))
        .isEqualTo(1);
    assertThat(rowsAfter(OFF + MADE + COPIED + RENAMED, "child")).isEqualTo(3);
  }

  @Test
  void rows_that_the_copy_leaves_out() throws SQLException {
    List<Finding> some =
        losses(OFF + MADE + COPIED.replace("FROM t;", "FROM t WHERE c > 0;") + RENAMED);
    assertThat(some)
        .extracting(Finding::message)
        .containsExactly("the copy may leave rows of t behind");
    assertThat(count(some.get(0))).isEqualTo(1);
    assertThat(
            count(
                losses(OFF + MADE + COPIED.replace("FROM t;", "FROM t WHERE id > 0;") + RENAMED)
                    .get(0)))
        .isZero();
    List<Finding> none = losses(OFF + MADE + RENAMED);
    assertThat(none)
        .extracting(Finding::message)
        .containsExactly("no statement copies the rows of t");
    assertThat(count(none.get(0))).isEqualTo(3);
    assertThat(losses(OFF + MADE + COPIED.replace("FROM t;", "FROM t LIMIT 2;") + RENAMED))
        .hasSize(1);
    assertThat(
            losses(
                OFF
                    + MADE
                    + COPIED
                        .replace("FROM t;", "FROM t JOIN child ON t_id = t.id;")
                        .replace("SELECT id", "SELECT t.id")
                    + RENAMED))
        .isNotEmpty();
  }

  @Test
  void values_that_the_new_table_refuses() throws SQLException {
    List<Finding> nulls =
        losses(OFF + MADE.replace("a TEXT", "a TEXT NOT NULL") + COPIED + RENAMED);
    assertThat(nulls)
        .singleElement()
        .satisfies(loss -> assertThat(loss.message()).startsWith("`a` of t may be NULL"));
    assertThat(count(nulls.get(0))).isEqualTo(1);
    assertThat(
            losses(
                OFF
                    + MADE.replace("a TEXT", "a TEXT NOT NULL")
                    + COPIED.replace("SELECT id, a", "SELECT id, coalesce(a, '')")
                    + RENAMED))
        .isEmpty();
    List<Finding> key = losses(OFF + MADE.replace("a TEXT", "a TEXT UNIQUE") + COPIED + RENAMED);
    assertThat(key)
        .extracting(Finding::message)
        .containsExactly("rows may share the new key (a): the copy fails");
    assertThat(count(key.get(0))).isZero();
    List<Finding> skipped =
        losses(
            OFF
                + MADE.replace("a TEXT", "a TEXT UNIQUE")
                + COPIED.replace("INSERT", "INSERT OR IGNORE")
                + RENAMED);
    assertThat(skipped)
        .singleElement()
        .satisfies(loss -> assertThat(loss.message()).contains("without a word"));
    assertThat(
            losses(OFF + MADE.replace("b INTEGER", "b INTEGER CHECK (b > 1)") + COPIED + RENAMED))
        .extracting(Finding::message)
        .containsExactly("the new table's CHECK may refuse rows: the copy fails");
  }

  @Test
  void columns_that_go_are_not_copied_or_change_places() throws SQLException {
    List<Finding> gone =
        losses(
            OFF
                + "CREATE TABLE t2 (id INTEGER PRIMARY KEY, b INTEGER NOT NULL, c INTEGER UNIQUE);"
                + "INSERT INTO t2 SELECT id, b, c FROM t; DROP TABLE t; ALTER TABLE t2 RENAME TO t;");
    assertThat(gone).extracting(Finding::message).containsExactly("the new t has no column `a`");
    assertThat(count(gone.get(0))).isEqualTo(2);
    assertThat(losses(OFF + MADE + "INSERT INTO t2 (id, b, c) SELECT id, b, c FROM t;" + RENAMED))
        .extracting(Finding::message)
        .containsExactly("the values of `a` aren't copied");
    assertThat(
            losses(
                "CREATE TABLE p2 (id INTEGER PRIMARY KEY, y TEXT, x TEXT); INSERT INTO p2 SELECT * FROM plain;"
                    + "DROP TABLE plain; ALTER TABLE p2 RENAME TO plain;"))
        .extracting(Finding::message)
        .containsExactly("the values of `x` go into `y`", "the values of `y` go into `x`");
  }

  @Test
  void indexes_keys_triggers_and_references_that_are_not_made_again() {
    assertThat(losses(OFF + MADE + COPIED + "DROP TABLE t; ALTER TABLE t2 RENAME TO t;"))
        .extracting(Finding::message)
        .containsExactly("index t_a goes with the old table and isn't made again");
    assertThat(losses(OFF + MADE.replace(" UNIQUE", "") + COPIED + RENAMED))
        .extracting(Finding::message)
        .containsExactly("the new t has no key (c)");
    String trigger =
        "CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('t'); END;";
    assertThat(losses(trigger + OFF + MADE + COPIED + RENAMED))
        .extracting(Finding::message)
        .containsExactly("trigger t_log goes with the old table and isn't made again");
    assertThat(losses(trigger + OFF + MADE + COPIED + RENAMED + trigger)).isEmpty();
    assertThat(
            losses(
                "CREATE TABLE c2 (id INTEGER PRIMARY KEY, t_id INTEGER); INSERT INTO c2 SELECT id, t_id FROM child;"
                    + "DROP TABLE child; ALTER TABLE c2 RENAME TO child;"))
        .extracting(Finding::message)
        .containsExactly("the new child no longer refers to t");
    assertThat(losses(OFF + "CREATE TABLE t2 AS SELECT * FROM t;" + RENAMED))
        .extracting(Finding::message)
        .contains("the new t has no key (id)", "the new t has no key (c)");
  }

  @Test
  void the_other_order_leaves_references_to_the_dropped_table() throws SQLException {
    String script =
        OFF
            + "ALTER TABLE t RENAME TO t_old;"
            + MADE.replace("t2", "t")
            + "INSERT INTO t SELECT * FROM t_old; DROP TABLE t_old; CREATE INDEX t_a ON t (a);";
    assertThat(losses(script))
        .extracting(Finding::message)
        .containsExactly("child no longer refers to t");
    // That is what SQLite does: it lets the reference follow the renamed table.
    assertThat(textAfter(script, "SELECT sql FROM sqlite_schema WHERE name = 'child'"))
        .contains("t_old");
  }

  @Test
  void the_vendor_refactor_is_told_all_that_it_loses() throws SQLException {
    String schema =
        """
        CREATE TABLE systems (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id TEXT, owner_clerk_user_id TEXT,
          system_number TEXT NOT NULL, display_name TEXT, model TEXT, serial TEXT, ratings TEXT, solar_size TEXT,
          battery_size TEXT, timezone_offset INTEGER DEFAULT 10, created_at DATETIME, updated_at DATETIME);
        CREATE TABLE polling_status (id INTEGER PRIMARY KEY, system_id INTEGER NOT NULL REFERENCES systems (id) ON DELETE CASCADE);
        """;
    String script =
        """
        BEGIN TRANSACTION;
        ALTER TABLE systems ADD COLUMN vendor_type TEXT;
        ALTER TABLE systems ADD COLUMN vendor_site_id TEXT;
        ALTER TABLE systems ADD COLUMN timezone_offset_min INTEGER;
        UPDATE systems SET vendor_type = 'select.live', vendor_site_id = system_number,
          timezone_offset_min = timezone_offset * 60, display_name = COALESCE(display_name, 'System ' || system_number);
        CREATE TABLE systems_new (id INTEGER PRIMARY KEY AUTOINCREMENT, owner_clerk_user_id TEXT, vendor_type TEXT NOT NULL,
          vendor_site_id TEXT NOT NULL, display_name TEXT NOT NULL, model TEXT, serial TEXT, ratings TEXT, solar_size TEXT,
          battery_size TEXT, timezone_offset_min INTEGER NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
          updated_at DATETIME DEFAULT CURRENT_TIMESTAMP);
        INSERT INTO systems_new (id, owner_clerk_user_id, vendor_type, vendor_site_id, display_name, model, serial, ratings,
          solar_size, battery_size, timezone_offset_min, created_at, updated_at)
        SELECT id, owner_clerk_user_id, vendor_type, vendor_site_id, display_name, model, serial, ratings,
          solar_size, battery_size, timezone_offset_min, created_at, updated_at FROM systems;
        DROP TABLE systems;
        ALTER TABLE systems_new RENAME TO systems;
        CREATE INDEX idx_systems_vendor ON systems(vendor_type, vendor_site_id);
        COMMIT;
        """;
    Catalog start = replayed(schema);
    List<Rebuild> rebuilds = RebuildCheck.find("", analysed(script, start), start, Flavour.SQLITE);
    assertThat(rebuilds)
        .singleElement()
        .satisfies(
            rebuild -> {
              assertThat(rebuild.table()).isEqualTo("systems");
              assertThat(rebuild.drop()).isEqualTo(7);
              assertThat(rebuild.losses())
                  .extracting(Finding::message)
                  .containsExactly(
                      "`vendor_type`, `vendor_site_id`, `display_name`, `timezone_offset_min` of systems"
                          + " may be NULL, which the new table refuses: the copy fails and the rows go with"
                          + " DROP TABLE",
                      "the new systems has no column `user_id`",
                      "the new systems has no column `system_number`",
                      "the new systems has no column `timezone_offset`",
                      "DROP TABLE deletes the old rows first, and with them rows of polling_status go too by"
                          + " ON DELETE CASCADE; PRAGMA foreign_keys = OFF before BEGIN keeps them");
            });
  }

  private static List<Finding> losses(String script) {
    Catalog start = replayed(SCHEMA);
    return RebuildCheck.find("", analysed(script, start), start, Flavour.SQLITE).stream()
        .flatMap(rebuild -> rebuild.losses().stream())
        .toList();
  }

  private static List<Analysis> judged(String script) {
    Catalog start = replayed(SCHEMA);
    return RebuildCheck.judged("", analysed(script, start), start, Flavour.SQLITE);
  }

  /** Each against the schema at its place, as lint does it. */
  private static List<Analysis> analysed(String script, Catalog start) {
    SchemaReplay replay = new SchemaReplay(start, Flavour.SQLITE);
    List<Analysis> all = new ArrayList<>();
    for (String statement : split(script)) {
      Analysis analysis = new Analyzer(replay.catalog(), Flavour.SQLITE).analyse("", statement);
      assertThat(analysis.analysed()).as(statement).isTrue();
      all.add(analysis);
      replay.follow(analysis.statement(), analysis.sql());
    }
    return all;
  }

  private static Catalog replayed(String schema) {
    SchemaReplay replay = new SchemaReplay(Flavour.SQLITE);
    for (String each : split(schema)) {
      replay.follow(SqlParser.parse(each, Flavour.SQLITE), each);
    }
    return replay.catalog();
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

  private static long count(Finding loss) throws SQLException {
    return Long.parseLong(textAfter("", loss.probe().orElseThrow().sql()));
  }

  private static long rowsAfter(String script, String table) throws SQLException {
    return Long.parseLong(textAfter(script, "SELECT count(*) FROM " + table));
  }

  private static String textAfter(String script, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA foreign_keys = ON");
      for (String each : split(SCHEMA + ROWS + script)) {
        sql.execute(each);
      }
      try (ResultSet result = sql.executeQuery(query)) {
        result.next();
        return result.getString(1);
      }
    }
  }
}
