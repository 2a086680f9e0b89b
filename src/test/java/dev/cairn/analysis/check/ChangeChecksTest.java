package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Severity;
import dev.cairn.sql.Flavour;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed keys, undo by the clock, triggers, and what isn't understood. */
class ChangeChecksTest {
  private static final Judge LIVEONE = Judge.liveOne();
  private static final Judge TRIGGERED =
      Judge.on(
          Flavour.SQLITE,
          """
          CREATE TABLE a (id INTEGER PRIMARY KEY, v INTEGER, w INTEGER);
          CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a (id) ON DELETE CASCADE);
          CREATE TABLE log (what TEXT);
          CREATE TRIGGER a_changed AFTER UPDATE OF v ON a BEGIN INSERT INTO log VALUES ('v'); END;
          CREATE TRIGGER a_added BEFORE INSERT ON a BEGIN UPDATE log SET what = 'a'; DELETE FROM log WHERE what = 'b'; END;
          CREATE TRIGGER b_gone AFTER DELETE ON b BEGIN INSERT INTO log VALUES (old.id); END;
          """);
  private static final Judge POSTGRESQL =
      Judge.on(
          Flavour.POSTGRESQL,
          """
          CREATE TABLE a (id integer PRIMARY KEY, v integer UNIQUE, created_at timestamptz, deleted_at timestamptz);
          CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql;
          CREATE TRIGGER a_touch BEFORE UPDATE OR DELETE ON a FOR EACH ROW EXECUTE FUNCTION touch();
          """);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE point_info SET id = id + 100 WHERE system_id = 3",
        "UPDATE systems SET id = 9 WHERE id = 8",
        "UPDATE point_info SET (system_id, alias) = (4, 'x') WHERE system_id = 3 AND id = 1",
        "UPDATE systems SET alias = lower(alias) WHERE status = 'active'",
        "UPDATE polling_status SET system_id = 4 WHERE total_polls = 0",
        "INSERT INTO point_info (system_id, id) VALUES (1, 2) ON CONFLICT (system_id, id) DO UPDATE SET id = excluded.id + 1"
      })
  void a_key_that_moves(String statement) {
    assertThat(LIVEONE.findings(statement, "key-change"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE point_info SET display_name = 'x' WHERE system_id = 3",
        "UPDATE systems SET alias = 'home' WHERE id = 3",
        "UPDATE systems SET alias = 'home' WHERE id IN (3)",
        "UPDATE point_info SET id = id, active = 0 WHERE system_id = 3",
        "INSERT INTO point_info (system_id, id) VALUES (1, 2) ON CONFLICT (system_id, id) DO UPDATE SET id = excluded.id, alias = excluded.alias",
        "UPDATE readings SET received_time = inverter_time WHERE system_id = 3",
        "UPDATE no_such_table SET id = 3 WHERE id = 4"
      })
  void a_key_that_stays(String statement) {
    assertThat(LIVEONE.findings(statement, "key-change")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM point_readings_agg_5m WHERE created_at > 1762300000000",
        "DELETE FROM sessions WHERE created_at >= strftime('%s', 'now', '-1 hour')",
        "DELETE FROM sessions WHERE 1762300000 <= created_at",
        "DELETE FROM sessions AS s WHERE datetime(s.created_at, 'unixepoch') > '2025-11-06'",
        "DELETE FROM point_readings WHERE received_time > :start",
        "DELETE FROM sessions WHERE created_at > (SELECT max(updated_at) FROM sync_status)",
        "UPDATE sessions SET error = NULL, response = NULL WHERE created_at > 1762300000"
      })
  void undo_by_the_clock(String statement) {
    assertThat(LIVEONE.findings(statement, "live-writer"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM readings WHERE created_at < 1700000000",
        "DELETE FROM sessions WHERE created_at > 100 AND system_id = 3",
        "DELETE FROM sessions WHERE created_at > 100 AND created_at < 200",
        "DELETE FROM sessions WHERE created_at BETWEEN 100 AND 200",
        "DELETE FROM point_readings WHERE measurement_time > 1762300000000",
        "DELETE FROM readings_agg_1d WHERE day >= '2025-11-01'",
        "UPDATE sessions SET cause = 'USER' WHERE created_at > 100",
        "DELETE FROM sessions WHERE created_at > started",
        "DELETE FROM sessions WHERE created_at = 100",
        "SELECT * FROM sessions WHERE created_at > 100",
        "DELETE FROM migration_progress WHERE migration_name = 'readings_to_points'"
      })
  void other_bounds_of_time(String statement) {
    assertThat(LIVEONE.findings(statement, "live-writer")).isEmpty();
  }

  @Test
  void triggers_are_told_with_what_they_write() {
    assertThat(messages(TRIGGERED, "UPDATE a SET v = 1 WHERE id = 1"))
        .containsExactly("trigger a_changed runs AFTER UPDATE on a and inserts into log");
    assertThat(messages(TRIGGERED, "INSERT INTO a (v) VALUES (1)"))
        .containsExactly(
            "trigger a_added runs BEFORE INSERT on a and updates log, deletes from log");
    assertThat(messages(TRIGGERED, "DELETE FROM a WHERE id = 1"))
        .containsExactly(
            "trigger b_gone runs AFTER DELETE on b through a → b and inserts into log");
    assertThat(
            messages(
                TRIGGERED,
                "INSERT INTO a (id, v) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET v = excluded.v"))
        .hasSize(2);
    assertThat(messages(TRIGGERED, "UPDATE a SET w = 1 WHERE id = 1")).isEmpty();
    assertThat(messages(TRIGGERED, "SELECT * FROM a")).isEmpty();
    assertThat(messages(POSTGRESQL, "DELETE FROM a WHERE id = 1"))
        .singleElement()
        .satisfies(message -> assertThat(message).startsWith("trigger a_touch runs BEFORE DELETE"));
    assertThat(messages(POSTGRESQL, "INSERT INTO a (id) VALUES (1)")).isEmpty();
  }

  private static List<String> messages(Judge judge, String statement) {
    return judge.findings(statement, "trigger").stream().map(Finding::message).toList();
  }

  @Test
  void what_is_not_understood_is_an_error_where_it_may_write() {
    assertThat(LIVEONE.findings("FROBNICATE the table", "opaque"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
    assertThat(LIVEONE.findings("UPDATE sessions SET SET error = 1", "opaque"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
    assertThat(POSTGRESQL.findings("DO $$ BEGIN DELETE FROM a; END $$", "opaque"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
    assertThat(POSTGRESQL.findings("DELETE FROM a WHERE v > SOME (SELECT id FROM a)", "opaque"))
        .isEmpty();
    assertThat(LIVEONE.findings("SELECT * FROM sessions", "opaque")).isEmpty();
    assertThat(LIVEONE.findings("PRAGMA table_info(sessions)", "opaque")).isEmpty();
    assertThat(LIVEONE.findings("BEGIN", "opaque")).isEmpty();
  }
}
