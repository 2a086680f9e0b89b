package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several rows of a source that meet one row of the target. */
class FanOutTest {
  private static final String CHECK = "fan-out";
  private static final String SCHEMA =
      """
      CREATE TABLE a (s INTEGER NOT NULL, id INTEGER NOT NULL, v INTEGER, w INTEGER, PRIMARY KEY (s, id));
      CREATE TABLE r (id INTEGER PRIMARY KEY, s INTEGER, a_id INTEGER, t INTEGER, v INTEGER, UNIQUE (s, a_id, t));
      CREATE TABLE one (s INTEGER NOT NULL, a_id INTEGER NOT NULL, v INTEGER, UNIQUE (s, a_id));
      CREATE TABLE names (name TEXT PRIMARY KEY, v INTEGER);
      """;
  private static final Judge SQLITE = Judge.on(Flavour.SQLITE, SCHEMA);
  private static final Judge POSTGRESQL = Judge.on(Flavour.POSTGRESQL, SCHEMA);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE a SET v = r.v FROM r WHERE r.s = a.s AND r.a_id = a.id",
        "UPDATE a SET v = r.v FROM r WHERE r.s = a.s AND r.a_id = a.id AND r.t > 5",
        "UPDATE a SET v = one.v FROM one WHERE one.s = a.s AND one.a_id > a.id",
        "UPDATE a SET v = q.v FROM (SELECT s, a_id, v FROM r) AS q WHERE q.s = a.s AND q.a_id = a.id",
        "UPDATE a SET v = q.v FROM (SELECT s, a_id, v, count(*) AS n FROM r GROUP BY s, a_id, v) AS q WHERE q.s = a.s AND q.a_id = a.id",
        "UPDATE a SET v = q.b FROM (VALUES (1, 1, 5), (1, 1, 6)) AS q(x, y, b) WHERE q.x = a.s AND q.y = a.id",
        "UPDATE a SET v = (SELECT v FROM r WHERE r.s = a.s AND r.a_id = a.id) WHERE w = 1",
        "UPDATE a SET v = 1 + (SELECT r.v FROM r WHERE r.s = a.s) WHERE w = 1",
        "UPDATE a SET (v, w) = (SELECT v, t FROM r WHERE r.s = a.s AND r.a_id = a.id) WHERE w = 1",
        "INSERT INTO names (name, v) SELECT 'x' || t, v FROM r WHERE true ON CONFLICT (name) DO UPDATE SET v = excluded.v",
        "INSERT INTO a (s, id, v) SELECT s, a_id, v FROM r WHERE true ON CONFLICT (s, id) DO UPDATE SET v = excluded.v",
        "INSERT INTO one (s, a_id, v) SELECT r.s, r.a_id, x.v FROM r JOIN a x ON x.s = r.s WHERE true ON CONFLICT (s, a_id) DO UPDATE SET v = excluded.v",
        "INSERT INTO r (s, a_id, t, v) SELECT s, a_id, t / 300, v FROM r WHERE true ON CONFLICT (s, a_id, t) DO UPDATE SET v = excluded.v",
        "INSERT INTO names (name, v) VALUES ('a', 1), ('a', 2) ON CONFLICT (name) DO UPDATE SET v = excluded.v"
      })
  void chance_decides(String statement) {
    assertThat(SQLITE.findings(statement, CHECK)).as("sqlite").hasSize(1);
    assertThat(POSTGRESQL.findings(statement, CHECK)).as("postgresql").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE a SET v = one.v FROM one WHERE one.s = a.s AND one.a_id = a.id",
        "UPDATE a SET v = r.v FROM r WHERE r.s = a.s AND r.a_id = a.id AND r.t = 5",
        "UPDATE a SET v = r.v FROM r WHERE r.id = a.w",
        "UPDATE a SET v = r.v FROM r WHERE r.s = a.s AND r.a_id = a.id AND r.t = (SELECT max(t) FROM r x WHERE x.s = a.s)",
        "UPDATE a SET v = 0 FROM r WHERE r.s = a.s AND r.a_id = a.id",
        "UPDATE a SET v = q.n FROM (SELECT s, a_id, count(*) AS n FROM r GROUP BY s, a_id) AS q WHERE q.s = a.s AND q.a_id = a.id",
        "UPDATE a SET v = q.n FROM (SELECT s, a_id, max(v) AS n FROM r GROUP BY 1, 2) AS q WHERE q.s = a.s AND q.a_id = a.id",
        "UPDATE a SET v = q.v FROM (SELECT DISTINCT s, a_id, s + 1 AS v FROM r GROUP BY s, a_id) AS q WHERE q.s = a.s AND q.a_id = a.id",
        "WITH q AS (SELECT s, a_id, sum(v) AS n FROM r GROUP BY s, a_id) UPDATE a SET v = q.n FROM q WHERE q.s = a.s AND q.a_id = a.id",
        "UPDATE a SET v = q.v FROM (SELECT s, a_id, v, row_number() OVER (PARTITION BY s, a_id ORDER BY t DESC) AS n FROM r) AS q WHERE q.s = a.s AND q.a_id = a.id AND q.n = 1",
        "UPDATE a SET v = q.b FROM (VALUES (1, 1, 5), (1, 2, 6)) AS q(x, y, b) WHERE q.x = a.s AND q.y = a.id",
        "UPDATE a SET v = n.v FROM one JOIN names n ON n.name = 'x' WHERE one.s = a.s AND one.a_id = a.id",
        "UPDATE a SET v = q.n FROM (SELECT count(*) AS n FROM r) AS q WHERE a.s = 1",
        "UPDATE a SET v = (SELECT max(v) FROM r WHERE r.s = a.s AND r.a_id = a.id) WHERE w = 1",
        "UPDATE a SET v = (SELECT v FROM one WHERE one.s = a.s AND one.a_id = a.id) WHERE w = 1",
        "UPDATE a SET v = (SELECT v FROM r WHERE r.s = a.s AND r.a_id = a.id ORDER BY t DESC LIMIT 1) WHERE w = 1",
        "UPDATE a SET v = (SELECT v FROM r WHERE id = 7) WHERE w = 1",
        "DELETE FROM a WHERE EXISTS (SELECT 1 FROM r WHERE r.s = a.s AND r.a_id = a.id)",
        "INSERT INTO a (s, id, v) SELECT s, a_id, v FROM one WHERE true ON CONFLICT (s, id) DO UPDATE SET v = excluded.v",
        "INSERT INTO a (s, id, v) SELECT s, a_id, max(v) FROM r GROUP BY s, a_id ON CONFLICT (s, id) DO UPDATE SET v = excluded.v",
        "INSERT INTO a (s, id, v) SELECT s, a_id, v FROM r ON CONFLICT (s, id) DO NOTHING",
        "INSERT INTO a (s, id, v) SELECT s, a_id, v FROM r",
        "INSERT INTO r (s, a_id, t, v) SELECT s, a_id, t * 1000, v FROM r WHERE true ON CONFLICT (s, a_id, t) DO UPDATE SET v = excluded.v",
        "INSERT INTO names (name, v) VALUES ('a', 1), ('b', 2) ON CONFLICT (name) DO UPDATE SET v = excluded.v",
        "INSERT INTO names (name, v) SELECT DISTINCT 'x', count(*) FROM r ON CONFLICT (name) DO UPDATE SET v = excluded.v",
        "SELECT a.*, r.v FROM a JOIN r ON r.s = a.s AND r.a_id = a.id"
      })
  void one_row_at_most(String statement) {
    assertThat(SQLITE.findings(statement, CHECK)).as("sqlite").isEmpty();
    assertThat(POSTGRESQL.findings(statement, CHECK)).as("postgresql").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MERGE INTO a USING r ON r.s = a.s AND r.a_id = a.id WHEN MATCHED THEN UPDATE SET v = r.v",
        "MERGE INTO a USING (SELECT s, a_id, v FROM r) q ON q.s = a.s AND q.a_id = a.id WHEN MATCHED THEN DELETE"
      })
  void a_merge_with_several_rows_for_one(String statement) {
    assertThat(POSTGRESQL.findings(statement, CHECK)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MERGE INTO a USING one ON one.s = a.s AND one.a_id = a.id WHEN MATCHED THEN UPDATE SET v = one.v",
        "MERGE INTO a USING r ON r.s = a.s AND r.a_id = a.id WHEN NOT MATCHED THEN INSERT (s, id) VALUES (r.s, r.a_id)",
        "UPDATE a SET v = q.v FROM (SELECT DISTINCT ON (s, a_id) s, a_id, v FROM r ORDER BY s, a_id, t DESC) q WHERE q.s = a.s AND q.a_id = a.id",
        "UPDATE a SET v = u.v FROM unnest(ARRAY[1], ARRAY[2]) AS u(id, v) WHERE u.id = a.id"
      })
  void postgresql_knows_one(String statement) {
    assertThat(POSTGRESQL.findings(statement, CHECK)).isEmpty();
  }
}
