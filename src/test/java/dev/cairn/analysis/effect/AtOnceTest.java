package dev.cairn.analysis.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.link.Schema;
import dev.cairn.sql.Flavour;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement does is known by its tree, and only the harmless runs without being shown. */
class AtOnceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM agg",
        "EXPLAIN DELETE FROM log",
        "PRAGMA table_info(log)",
        "BEGIN",
        "COMMIT",
        "INSERT INTO log VALUES (1, 'x')",
        "INSERT INTO stock VALUES (1, 2)",
        "UPDATE log SET what = 'x' WHERE id = 5",
        "UPDATE log SET what = 'x' WHERE rowid = 5 AND what = 'y'",
        "DELETE FROM log WHERE id = ?",
        "DELETE FROM agg WHERE (system_id, point_id, day) = (1, 2, 'd')",
        "CREATE INDEX i ON log(what)",
        "ALTER TABLE log ADD COLUMN x TEXT"
      })
  void the_harmless_runs_at_once(String sql) {
    assertThat(Schema.analysis(sql).runsAtOnce()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE log SET what = 'x' WHERE id = 5 OR id = 6",
        "UPDATE log SET what = 'x' WHERE id > 5",
        "UPDATE log SET what = 'x' WHERE NOT id = 5",
        "UPDATE log SET what = (SELECT 1) WHERE id = 5",
        "UPDATE agg SET avg = 1 WHERE system_id = 1 AND day = 'd'",
        "UPDATE OR REPLACE log SET id = 6 WHERE id = 5",
        "UPDATE stock SET n = 1 WHERE id = 5",
        "DELETE FROM point_info WHERE system_id = 1 AND id = 1",
        "INSERT INTO latest VALUES (1, 2)",
        "INSERT INTO log VALUES (1, (SELECT 2))",
        "INSERT OR IGNORE INTO log VALUES (1, 'x')",
        "INSERT INTO log VALUES (1, 'x') ON CONFLICT DO NOTHING",
        "REPLACE INTO log VALUES (1, 'x')",
        "INSERT INTO log SELECT 1, 'x'",
        "INSERT INTO energy VALUES (1, 2)",
        "INSERT INTO aux.log VALUES (1, 'x')",
        "SELECT load_extension('x')",
        "PRAGMA writable_schema = ON",
        "CREATE TABLE c AS SELECT a.avg FROM agg a JOIN point_info p ON p.id = a.point_id",
        "DROP TABLE log",
        "UPDAET log SET what = 1 WHERE id = 5",
        "UPDATE log SET what = 1 WHERE id = 1; DROP TABLE log"
      })
  void all_else_is_shown_first(String sql) {
    assertThat(Schema.analysis(sql).runsAtOnce()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ==> ",
      quoteCharacter = '~',
      textBlock =
          """
          WITH d AS (DELETE FROM log RETURNING *), u AS (UPDATE stock SET n = 1) INSERT INTO agg SELECT 1, 2, 'd', 3 ==> DELETE log, UPDATE stock, INSERT agg
          WITH d AS (DELETE FROM log RETURNING *) SELECT * FROM d ==> DELETE log
          EXPLAIN ANALYZE DELETE FROM log ==> DELETE log
          EXPLAIN DELETE FROM log ==> ~~
          MERGE INTO agg a USING log l ON a.point_id = l.id WHEN MATCHED THEN DELETE ==> MERGE agg
          INSERT INTO log VALUES (1) ON CONFLICT (id) DO UPDATE SET what = 1 ==> UPSERT log
          SELECT nextval('s') ==> OPAQUE
          SELECT * FROM log FOR UPDATE ==> ~~
          WITH values AS (SELECT 1) DELETE FROM LOG ==> DELETE log
          TRUNCATE log, agg ==> TRUNCATE log, TRUNCATE agg
          """)
  void every_effect_is_listed_in_its_order(String sql, String effects) {
    Analysis analysis = Schema.analysis(sql, Flavour.POSTGRESQL);
    assertThat(
            analysis.effects().stream()
                .map(effect -> (effect.kind() + " " + effect.table().orElse("")).strip())
                .toList()
                .toString())
        .isEqualTo("[" + effects + "]");
  }
}
