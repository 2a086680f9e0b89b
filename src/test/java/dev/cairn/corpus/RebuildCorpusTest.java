package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.rebuild.RebuildCheck;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.corpus.CorpusReader.LabelledScript;
import dev.cairn.sql.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables made anew: what SQLite says is lost must be found, and a true rebuild be let pass. */
class RebuildCorpusTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/rebuilds");

  @TempDir Path folder;

  static Stream<LabelledScript> scripts() {
    return CorpusReader.scripts(SCRIPTS.resolve("rebuilds.sql")).stream();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void what_is_lost_is_found(LabelledScript script) throws Exception {
    try (Sample sample =
        Sample.of(folder.resolve("a.db"), Files.readString(SCRIPTS.resolve("schema.sql")))) {
      List<Finding> found = found(script, sample);
      Set<String> before = inventory(sample.oracle());
      for (String statement : script.statements()) {
        goOn(sample.oracle(), statement);
      }
      Set<String> lost = new TreeSet<>(before);
      lost.removeAll(inventory(sample.oracle()));
      assertThat(lost.isEmpty()).describedAs("lost: %s", lost).isEqualTo(script.fault().isEmpty());
      if (script.fault().isEmpty()) {
        assertThat(found).isEmpty();
      } else {
        String word = String.join(" ", script.fault().get().words());
        assertThat(found)
            .anyMatch(
                each -> each.severity().word().equals("error") && each.message().contains(word));
      }
    }
  }

  private static List<Finding> found(LabelledScript script, Sample sample) throws SQLException {
    SchemaReplay replay = new SchemaReplay(sample.catalog(), Flavour.SQLITE);
    List<Analysis> analyses = new ArrayList<>();
    for (String statement : script.statements()) {
      Analysis analysis = new Analyzer(replay.catalog(), Flavour.SQLITE).analyse("", statement);
      replay.follow(analysis.statement(), statement);
      analyses.add(analysis);
    }
    List<Finding> found = new ArrayList<>();
    for (Analysis each : RebuildCheck.judged("", analyses, sample.catalog(), Flavour.SQLITE)) {
      sample.standing(each).stream()
          .filter(finding -> finding.check().equals(RebuildCheck.NAME))
          .forEach(found::add);
    }
    return found;
  }

  /** As the shell of SQLite: an error stops the statement, not the script. */
  private static void goOn(Oracle oracle, String statement) {
    try {
      oracle.run(statement);
    } catch (SQLException e) {
      assertThat(String.valueOf(e.getMessage())).contains("constraint");
    }
  }

  /** Everything that a rebuild has to keep: rows, columns, keys, indexes, triggers, references. */
  private static Set<String> inventory(Oracle oracle) throws SQLException {
    Set<String> all = new TreeSet<>();
    for (String table : List.of("sensors", "samples", "sites")) {
      oracle
          .query("SELECT name FROM pragma_table_info('" + table + "')")
          .forEach(each -> all.add(table + " column " + each));
      oracle.query("SELECT rowid FROM " + table).forEach(each -> all.add(table + " row " + each));
      oracle
          .query("SELECT \"table\", \"from\" FROM pragma_foreign_key_list('" + table + "')")
          .forEach(each -> all.add(table + " reference " + each));
      oracle
          .query(
              "SELECT l.\"unique\", group_concat(x.name) FROM pragma_index_list('"
                  + table
                  + "') l JOIN pragma_index_info(l.name) x GROUP BY l.name")
          .forEach(each -> all.add(table + " index " + each));
    }
    oracle
        .query("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .forEach(each -> all.add("trigger " + each));
    return all;
  }
}
