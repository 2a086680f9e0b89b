package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.corpus.RandomTables.End;
import dev.cairn.corpus.Scenario.Shape;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.preview.Previewer;
import dev.cairn.preview.StatementPreview;
import dev.cairn.preview.TargetScope;
import dev.cairn.preview.TargetScope.ByValue;
import dev.cairn.preview.TargetScope.ColumnChange;
import dev.cairn.sql.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Every figure of a preview is what happens when the statement runs: rows as written, rows
 * key-safe, their counts by the leading column, and what each column loses, gains and changes.
 */
class ScopeProperties {
  private Path folder;
  private int number;

  @BeforeProperty
  void folder() throws Exception {
    folder = MemoryFolders.make("cairn-scopes");
  }

  @AfterProperty
  void tidy() throws Exception {
    MemoryFolders.delete(folder);
  }

  @Provide
  Arbitrary<Scenario> changes() {
    return Scenario.any().filter(each -> each.writes() && each.shape != Shape.USING);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void a_preview_counts_what_happens(@ForAll("changes") Scenario scenario) throws Exception {
    judge(scenario);
  }

  @Tag("longRounds")
  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  void a_preview_counts_what_happens_in_very_many_rounds(@ForAll("changes") Scenario scenario)
      throws Exception {
    judge(scenario);
  }

  private void judge(Scenario scenario) throws Exception {
    Path file = folder.resolve(++number + ".db");
    try (Sample sample = Sample.of(file, scenario.tables.script())) {
      sample.oracle().run("PRAGMA foreign_keys = OFF");
      Analysis analysis =
          new Analyzer(sample.catalog(), Flavour.SQLITE).analyse("", scenario.asWritten());
      StatementPreview preview = preview(file, sample, analysis);
      assertThat(preview.scopes()).describedAs("%s", scenario).hasSize(1);
      try {
        compare(scenario, sample, preview);
      } catch (AssertionError wrong) {
        throw new AssertionError(
            "%s\npreview: %s\nkey-safe: %s\n%s"
                .formatted(scenario, preview.scopes(), preview.sql(), wrong.getMessage()),
            wrong);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static StatementPreview preview(Path file, Sample sample, Analysis analysis) {
    try (SqliteDatabase database =
        SqliteDatabase.open(file, new SqliteDatabase.Options(false, false, false, 5_000))) {
      return new Previewer(() -> database.viewsOfOneMoment(2), sample.catalog(), database.dialect())
          .preview(analysis);
    }
  }

  private static void compare(Scenario scenario, Sample sample, StatementPreview preview)
      throws SQLException {
    TargetScope scope = preview.scopes().get(0);
    if (scenario.shape == Shape.INSERT_JOIN) {
      long rows = sample.oracle().outcome(scenario.asWritten()).count();
      assertThat(scope.rowsAsWritten()).contains(rows);
      assertThat(scope.rowsKeySafe())
          .contains((long) sample.oracle().outcome(preview.sql()).count());
      return;
    }
    End target = scenario.target;
    Touched written = Touched.by(sample.oracle(), target, scenario.asWritten());
    Touched safe = Touched.by(sample.oracle(), target, preview.sql());
    assertThat(scope.rowsAsWritten()).contains((long) written.keys().size());
    assertThat(scope.rowsKeySafe()).contains((long) safe.keys().size());
    assertThat(scope.rowsInBoth()).isEqualTo(common(written.keys(), safe.keys()).size());
    if (scope.leading().isPresent()) {
      by(scope, sample, target, written, safe);
    }
    if (scope.kind().equals("UPDATE") && !written.keys().isEmpty()) {
      columns(scope, sample, target, scenario.asWritten());
    }
  }

  private static void by(
      TargetScope scope, Sample sample, End target, Touched written, Touched safe)
      throws SQLException {
    Map<String, List<Long>> told = new TreeMap<>();
    for (ByValue each : scope.by()) {
      String value = each.value() instanceof String text ? "'" + text + "'" : each.value() + "";
      told.put(value, List.of(each.asWritten(), each.keySafe(), each.both()));
    }
    Map<String, List<Long>> counted = new TreeMap<>();
    for (String value :
        sample
            .oracle()
            .query("SELECT DISTINCT %s FROM %s".formatted(scope.leading().get(), name(target)))) {
      Set<String> ofValue =
          new HashSet<>(
              sample
                  .oracle()
                  .query(
                      "SELECT %s FROM %s WHERE %s = %s"
                          .formatted(
                              Touched.key(target), name(target), scope.leading().get(), value)));
      Set<String> left = common(ofValue, written.keys());
      Set<String> right = common(ofValue, safe.keys());
      if (!left.isEmpty() || !right.isEmpty()) {
        counted.put(
            value,
            List.of((long) left.size(), (long) right.size(), (long) common(left, right).size()));
      }
    }
    assertThat(scope.byComplete()).isTrue();
    assertThat(told).isEqualTo(counted);
  }

  private static void columns(TargetScope scope, Sample sample, End target, String sql)
      throws SQLException {
    for (ColumnChange each : scope.columns()) {
      String column = each.column();
      Map<String, String> before = Touched.values(sample.oracle(), target, column);
      sample.oracle().run("BEGIN", sql);
      Map<String, String> after = Touched.values(sample.oracle(), target, column);
      sample.oracle().run("ROLLBACK");
      long lost = 0;
      long gained = 0;
      long other = 0;
      for (Map.Entry<String, String> row : before.entrySet()) {
        String now = after.get(row.getKey());
        boolean wasNull = row.getValue().equals("null");
        boolean isNull = now.equals("null");
        lost += !wasNull && isNull ? 1 : 0;
        gained += wasNull && !isNull ? 1 : 0;
        other += !wasNull && !isNull && !now.equals(row.getValue()) ? 1 : 0;
      }
      assertThat(each).isEqualTo(new ColumnChange(column, lost, gained, other, each.varies()));
      assertThat(each.varies()).isFalse();
    }
    assertThat(scope.columns()).hasSize(1);
  }

  private static Set<String> common(Set<String> left, Set<String> right) {
    Set<String> common = new HashSet<>(left);
    common.retainAll(right);
    return common;
  }

  private static String name(End target) {
    return RandomTables.quoted(target.table());
  }

  /** The rows that a statement touches, by their own key, as the engine returns them. */
  private record Touched(Set<String> keys) {
    static Touched by(Oracle oracle, End target, String sql) throws SQLException {
      oracle.run("BEGIN");
      try {
        return new Touched(new HashSet<>(oracle.query(sql + " RETURNING " + key(target))));
      } finally {
        oracle.run("ROLLBACK");
      }
    }

    static String key(End target) {
      return String.join(", ", target.ownKey());
    }

    static Map<String, String> values(Oracle oracle, End target, String column)
        throws SQLException {
      Map<String, String> values = new TreeMap<>();
      for (String row :
          oracle.query("SELECT %s, %s FROM %s".formatted(key(target), column, name(target)))) {
        int bar = row.lastIndexOf('|');
        values.put(row.substring(0, bar), row.substring(bar + 1));
      }
      return values;
    }
  }
}
