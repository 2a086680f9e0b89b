package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.journal.Run;
import dev.cairn.plan.Measured;
import dev.cairn.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the table is like: a rebuild loses no row, index, trigger, reference or number, and undo
 * leads back to the very same schema and content.
 */
class RebuildPropertiesTest {
  private static final int SCHEMAS = 60;
  private static final String OTHERS =
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'cairn%'"
          + " AND name NOT LIKE 'sqlite%' AND name NOT IN ('t', 'made') ORDER BY 1, 2";
  private static final String SCHEMA =
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'cairn%'"
          + " AND name NOT LIKE 'sqlite%' ORDER BY 1, 2";

  @TempDir Path folder;

  static List<Long> seeds() {
    long start = new Random().nextInt(1_000_000);
    return LongStream.range(start, start + SCHEMAS).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothing_is_lost_and_undo_leads_back(long seed) throws Exception {
    RandomRebuild made = new RandomRebuild(seed);
    SqliteFile file = new SqliteFile(folder.resolve("t.db"));
    Files.deleteIfExists(file.path());
    file.run(made.ddl.toArray(String[]::new));
    file.run(made.rows.toArray(String[]::new));
    List<List<Object>> schema = file.rows(SCHEMA);
    List<List<Object>> others = file.rows(OTHERS);
    List<List<Object>> rows = file.content("t");
    List<List<Object>> kept = kept(file, made);
    List<List<Object>> around = around(file);
    try (RebuildEngine engine = new RebuildEngine(file)) {
      Measured measured = engine.measure(made.plan);
      assertThat(measured.findings()).describedAs(made.plan + made.ddl).isEmpty();
      Run run = engine.apply(measured);
      assertThat(run.tally().updated()).isEqualTo(rows.size());
      assertThat(file.rows(OTHERS)).isEqualTo(others);
      assertThat(kept(file, made)).isEqualTo(kept);
      assertThat(around(file)).isEqualTo(around);
      assertThat(file.rows("PRAGMA foreign_key_check")).isEmpty();
      assertThat(file.rows("PRAGMA integrity_check")).containsExactly(List.of("ok"));
      assertThat(file.rows("SELECT name FROM sqlite_schema WHERE name = 'made'")).hasSize(1);
      if (!rows.isEmpty()) {
        assertThat(engine.verify(run)).isInstanceOf(Verification.Verified.class);
      }
      Run back = engine.apply(engine.undo(run));
      assertThat(file.rows(SCHEMA)).isEqualTo(schema);
      assertThat(file.content("t")).isEqualTo(rows);
      assertThat(around(file)).isEqualTo(around);
      engine.apply(engine.undo(back));
      assertThat(kept(file, made)).isEqualTo(kept);
      assertThat(file.rows(OTHERS)).isEqualTo(others);
    }
  }

  /** What is taken over as it is: a NULL that a rule replaces stands for itself. */
  private static List<List<Object>> kept(SqliteFile file, RandomRebuild made) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (String column : made.kept) {
      columns.add("CASE WHEN typeof(%1$s) = 'null' THEN 'x' || k1 ELSE %1$s END".formatted(column));
    }
    String list = made.key + (columns.isEmpty() ? "" : ", " + String.join(", ", columns));
    return file.rows("SELECT " + list + " FROM t ORDER BY " + made.key);
  }

  private static List<List<Object>> around(SqliteFile file) throws SQLException {
    List<List<Object>> all = new ArrayList<>(file.rows("SELECT * FROM child0 ORDER BY 1"));
    all.addAll(file.rows("SELECT * FROM log"));
    if (file.number("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") > 0) {
      all.addAll(file.rows("SELECT name, seq FROM sqlite_sequence WHERE name = 't'"));
    }
    return all;
  }
}
