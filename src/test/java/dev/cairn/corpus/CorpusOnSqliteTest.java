package dev.cairn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.corpus.Oracle.Outcome;
import dev.cairn.sql.Flavour;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The labels are true: SQLite runs every statement, and its own counts say what is wrong. */
class CorpusOnSqliteTest {

  static List<String> schemas() {
    return CorpusReader.schemas();
  }

  @Test
  void wrong_and_right_are_about_half_each_in_both_dialects() {
    List<Labelled> all = CorpusReader.all();
    long right = all.stream().filter(Labelled::right).count();
    assertThat(all).hasSizeGreaterThanOrEqualTo(350);
    assertThat(right * 1.0 / all.size()).isBetween(0.45, 0.55);
    for (Flavour flavour : Flavour.values()) {
      assertThat(all.stream().filter(each -> each.flavours().contains(flavour)).count())
          .isGreaterThanOrEqualTo(300);
    }
    assertThat(all.stream().flatMap(each -> each.faults().stream()).map(each -> each.check()))
        .contains(
            "partial-key",
            "missing-where",
            "always-true",
            "outer-column",
            "fan-out",
            "conflict-target",
            "null-not-in",
            "cascade",
            "trigger",
            "key-change",
            "live-writer",
            "opaque");
  }

  @Test
  void no_statement_stands_there_twice() {
    List<String> texts = CorpusReader.all().stream().map(Labelled::text).toList();
    assertThat(texts).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void what_is_meant_is_not_what_a_wrong_statement_does(String schema) throws SQLException {
    List<String> mislabelled = new ArrayList<>();
    try (Oracle oracle = Oracle.inMemory()) {
      oracle.script(CorpusReader.schema(schema));
      for (Labelled each : CorpusReader.of(schema)) {
        if (!each.flavours().equals(Set.of(Flavour.POSTGRESQL))) {
          judge(oracle, each).ifPresent(why -> mislabelled.add(each + "\n" + why));
        }
      }
    }
    assertThat(mislabelled).isEmpty();
  }

  /** Says what is false about a label, if anything. */
  private static Optional<String> judge(Oracle oracle, Labelled each) {
    try {
      Outcome written = oracle.outcome(each.text());
      if (each.fails()) {
        return Optional.of("it doesn't fail");
      }
      if (each.means().isEmpty()) {
        return Optional.empty();
      }
      Outcome meant = oracle.outcome(each.means().get());
      if (written.same(meant)) {
        return Optional.of("what is meant is what it does");
      }
      boolean counted =
          each.asWritten().equals(OptionalInt.of(written.count()))
              && each.keySafe().equals(OptionalInt.of(meant.count()));
      return counted
          ? Optional.empty()
          : Optional.of("as written %d, key-safe %d".formatted(written.count(), meant.count()));
    } catch (SQLException e) {
      return each.fails() ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void every_wrong_link_says_what_is_meant_unless_only_postgresql_reads_it() {
    assertThat(
            CorpusReader.all().stream()
                .filter(each -> each.flavours().contains(Flavour.SQLITE))
                .filter(each -> each.means().isEmpty())
                .filter(
                    each ->
                        each.faults().stream()
                            .anyMatch(fault -> fault.check().equals("partial-key")))
                .collect(Collectors.toList()))
        .isEmpty();
  }
}
