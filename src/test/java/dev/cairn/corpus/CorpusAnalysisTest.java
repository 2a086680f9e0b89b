package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.Rewrite;
import dev.cairn.corpus.Labelled.Fault;
import dev.cairn.sql.Flavour;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The analysis finds what is wrong, says nothing of what is right, and mends what it can mend. */
class CorpusAnalysisTest {
  @TempDir static Path folder;

  private static final Map<String, Sample> SAMPLES = new HashMap<>();

  @BeforeAll
  static void open() throws SQLException {
    for (String schema : CorpusReader.schemas()) {
      SAMPLES.put(schema, Sample.of(folder.resolve(schema + ".db"), CorpusReader.schema(schema)));
    }
  }

  @AfterAll
  static void close() throws SQLException {
    for (Sample sample : SAMPLES.values()) {
      sample.close();
    }
  }

  @Test
  void every_fault_is_found_at_its_severity(TestReporter reporter) throws SQLException {
    List<String> missed = new ArrayList<>();
    int faults = 0;
    for (Labelled each : CorpusReader.all()) {
      for (Flavour flavour : each.flavours()) {
        Analysis analysis = analysis(each, flavour);
        for (Fault fault : each.faults()) {
          faults++;
          if (findings(each, analysis).stream().noneMatch(found -> matches(found, fault))) {
            missed.add(
                "%s %s\n  not found: %s\n  but: %s"
                    .formatted(flavour, each, fault, said(analysis)));
          }
        }
      }
    }
    reporter.publishEntry("found", percent(faults - missed.size(), faults));
    assertThat(missed).isEmpty();
  }

  @Test
  void at_most_one_right_statement_in_a_hundred_is_accused(TestReporter reporter)
      throws SQLException {
    List<String> accused = new ArrayList<>();
    int right = 0;
    for (Labelled each : CorpusReader.all()) {
      for (Flavour flavour : each.flavours()) {
        if (each.right()) {
          right++;
          Analysis analysis = analysis(each, flavour);
          if (findings(each, analysis).stream()
              .anyMatch(found -> !each.also().contains(found.check()))) {
            accused.add("%s %s\n  but: %s".formatted(flavour, each, said(analysis)));
          }
        }
      }
    }
    reporter.publishEntry("let pass", percent(right - accused.size(), right));
    assertThat(accused).hasSizeLessThanOrEqualTo(right / 100);
  }

  @Test
  void a_rewrite_touches_what_was_meant_and_nothing_else(TestReporter reporter)
      throws SQLException {
    List<String> unlike = new ArrayList<>();
    int wrong = 0;
    int mended = 0;
    int asked = 0;
    for (Labelled each : CorpusReader.all()) {
      if (each.flavours().contains(Flavour.SQLITE) && each.means().isPresent() && isError(each)) {
        wrong++;
        Optional<Rewrite> rewrite = analysis(each, Flavour.SQLITE).rewrite();
        asked += rewrite.flatMap(Rewrite::question).isPresent() ? 1 : 0;
        mended += rewrite.isPresent() ? 1 : 0;
        rewrite.flatMap(made -> fault(each, made)).ifPresent(unlike::add);
      }
    }
    reporter.publishEntry("mended", percent(mended, wrong) + ", asking in " + asked);
    assertThat(unlike).isEmpty();
    assertThat(mended).isGreaterThanOrEqualTo(wrong * 8 / 10);
  }

  private static Optional<String> fault(Labelled each, Rewrite made) {
    Sample sample = SAMPLES.get(each.schema());
    Analysis again = new Analyzer(sample.catalog(), Flavour.SQLITE).analyse("", made.sql());
    if (again.findings().stream().anyMatch(found -> found.check().equals("partial-key"))) {
      return Optional.of(each + "\n  still partial: " + made.sql() + "\n  " + said(again));
    }
    try {
      boolean same =
          made.question().isPresent()
              || sample
                  .oracle()
                  .outcome(made.sql())
                  .same(sample.oracle().outcome(each.means().orElseThrow()));
      return same
          ? Optional.empty()
          : Optional.of(
              "%s\n  became %s\n  meant %s"
                  .formatted(each, made.sql(), each.means().orElseThrow()));
    } catch (SQLException e) {
      return Optional.of(each + "\n  became " + made.sql() + "\n  " + e.getMessage());
    }
  }

  private static Analysis analysis(Labelled each, Flavour flavour) {
    return new Analyzer(SAMPLES.get(each.schema()).catalog(), flavour).analyse("", each.text());
  }

  /** The findings that stand once the data is asked. */
  private static List<Finding> findings(Labelled each, Analysis analysis) throws SQLException {
    return SAMPLES.get(each.schema()).standing(analysis);
  }

  private static boolean matches(Finding found, Fault fault) {
    String message = found.message() + " " + found.probe().map(probe -> probe.message()).orElse("");
    return found.check().equals(fault.check())
        && found.severity().word().equals(fault.severity())
        && fault.words().stream().allMatch(message::contains);
  }

  private static boolean isError(Labelled each) {
    return each.faults().stream()
        .anyMatch(
            fault -> fault.check().equals("partial-key") && !fault.severity().equals("warning"));
  }

  private static String said(Analysis analysis) {
    return analysis.findings().stream()
        .map(found -> found.severity().word() + " " + found.check() + ": " + found.message())
        .toList()
        .toString();
  }

  private static String percent(int some, int all) {
    return "%d of %d, %.1f %%".formatted(some, all, 100.0 * some / all);
  }
}
