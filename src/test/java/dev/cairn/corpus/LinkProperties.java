package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.MemoryFolders;
import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Rewrite;
import dev.cairn.analysis.Severity;
import dev.cairn.corpus.Oracle.Outcome;
import dev.cairn.sql.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever the schema, the rows and the statement: where half of a key makes a statement touch
 * other rows than the whole key does, that is found, and the rewrite touches those of the whole
 * key; where the key is whole, nothing is said.
 */
class LinkProperties {
  private Path folder;
  private int number;

  @BeforeProperty
  void folder() throws Exception {
    folder = MemoryFolders.make("cairn-links");
  }

  @AfterProperty
  void tidy() throws Exception {
    MemoryFolders.delete(folder);
  }

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenario.any();
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void half_a_key_is_found_and_a_whole_one_is_let_pass(@ForAll("scenarios") Scenario scenario)
      throws Exception {
    judge(scenario);
  }

  @Tag("longRounds")
  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
  void half_a_key_is_found_in_very_many_rounds(@ForAll("scenarios") Scenario scenario)
      throws Exception {
    judge(scenario);
  }

  private void judge(Scenario scenario) throws Exception {
    Path file = folder.resolve(++number + ".db");
    try (Sample sample = Sample.of(file, scenario.tables.script())) {
      sample.oracle().run("PRAGMA foreign_keys = OFF");
      Outcome written = sample.oracle().outcome(scenario.asWrittenForSqlite());
      Outcome meant = sample.oracle().outcome(scenario.keySafe());
      if (scenario.arguable()) {
        Statistics.label("judged").collect("not judged");
      } else if (scenario.wrong()) {
        wrong(scenario, sample, !written.same(meant), meant);
      } else {
        right(scenario, sample);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void right(Scenario scenario, Sample sample) throws SQLException {
    Statistics.label("judged").collect("right");
    Analysis analysis = analysis(scenario, sample, scenario.asWritten());
    assertThat(partial(sample, analysis)).describedAs("%s", scenario).isEmpty();
  }

  private static void wrong(Scenario scenario, Sample sample, boolean differs, Outcome meant)
      throws SQLException {
    Statistics.label("judged").collect(differs ? "wrong" : "wrong, but the rows are the same");
    Analysis analysis = analysis(scenario, sample, scenario.asWritten());
    List<Finding> found = partial(sample, analysis);
    if (differs) {
      Severity severity = scenario.writes() ? Severity.ERROR : Severity.NOTE;
      assertThat(found).describedAs("%s", scenario).anyMatch(each -> each.severity() == severity);
    }
    if (analysis.rewrite().isEmpty()) {
      Statistics.label("mended").collect("no rewrite");
      return;
    }
    Rewrite rewrite = analysis.rewrite().get();
    assertThat(partial(sample, analysis(scenario, sample, rewrite.sql())))
        .describedAs("%s\nrewritten to\n%s\n", scenario, rewrite.sql())
        .isEmpty();
    boolean asks = rewrite.question().isPresent();
    Statistics.label("mended").collect(asks ? "asks" : "mended");
    if (!asks && scenario.shape != Scenario.Shape.USING) {
      Outcome mended = sample.oracle().outcome(rewrite.sql());
      assertThat(mended.same(meant))
          .describedAs("%s\nrewritten to\n%s\n", scenario, rewrite.sql())
          .isTrue();
    }
  }

  private static Analysis analysis(Scenario scenario, Sample sample, String sql) {
    Flavour flavour = scenario.shape == Scenario.Shape.USING ? Flavour.POSTGRESQL : Flavour.SQLITE;
    return new Analyzer(sample.catalog(), flavour).analyse("", sql);
  }

  private static List<Finding> partial(Sample sample, Analysis analysis) throws SQLException {
    assertThat(analysis.analysed()).describedAs(analysis.text()).isTrue();
    return sample.standing(analysis).stream()
        .filter(each -> each.check().equals("partial-key"))
        .toList();
  }
}
