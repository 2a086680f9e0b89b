package dev.cairn.analysis.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.analysis.Analysis;
import dev.cairn.analysis.Analyzer;
import dev.cairn.analysis.Finding;
import dev.cairn.analysis.rebuild.RebuildCheck;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SchemaReplay;
import dev.cairn.sql.Flavour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of the checks call wrong is found, what they call right isn't, and runs. */
class CheckPagesTest {
  private static final Path FOLDER = Path.of("docs/checks");

  /** A block of a page; its marks are the words behind {@code sql}. */
  record Example(String check, List<String> marks, String sql) {
    Flavour flavour() {
      return marks.contains("postgresql") ? Flavour.POSTGRESQL : Flavour.SQLITE;
    }

    @Override
    public String toString() {
      return check + " " + marks + " " + sql.lines().findFirst().orElse("");
    }
  }

  static List<Path> pages() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Example> examples(Path page) {
    String check = page.getFileName().toString().replace(".md", "");
    List<Example> examples = new ArrayList<>();
    List<String> marks = null;
    StringBuilder sql = new StringBuilder();
    for (String line : lines(page)) {
      if (line.startsWith("```") && marks == null) {
        marks = List.of(line.substring(3).split(" "));
        sql.setLength(0);
      } else if (line.startsWith("```")) {
        examples.add(new Example(check, marks, sql.toString()));
        marks = null;
      } else if (marks != null) {
        sql.append(line).append('\n');
      }
    }
    return examples;
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Example> marked(String mark) {
    return pages().stream()
        .flatMap(page -> examples(page).stream())
        .filter(example -> example.marks().contains(mark));
  }

  static Stream<Example> wrong() {
    return marked("wrong");
  }

  static Stream<Example> right() {
    return marked("right");
  }

  static Stream<Example> silenced() {
    return pages().stream()
        .flatMap(page -> examples(page).stream())
        .filter(example -> example.marks().equals(List.of("sql")));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void what_is_called_wrong_is_found(Example example) {
    assertThat(checks(example)).contains(example.check());
  }

  @ParameterizedTest
  @MethodSource("right")
  void what_is_called_right_is_not(Example example) {
    assertThat(checks(example)).doesNotContain(example.check());
  }

  @ParameterizedTest
  @MethodSource("right")
  void what_is_called_right_runs(Example example) throws SQLException {
    if (example.flavour() != Flavour.SQLITE) {
      return;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement sql = connection.createStatement()) {
      for (String each : Judge.split(schema(example.check()), Flavour.SQLITE)) {
        sql.execute(each);
      }
      sql.execute(
          "INSERT INTO systems (id, vendor_type, vendor_site_id, display_name, model, timezone_offset_min, display_timezone)"
              + " VALUES (3, 'enphase', '1', 'Home', 'IQ7', 600, 'Australia/Melbourne')");
      for (Analysis each : analysed(example)) {
        sql.execute(each.sql());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("silenced")
  void what_is_silenced_would_be_found(Example example) {
    assertThat(example.sql()).startsWith("-- cairn: allow " + example.check() + " because ");
    if (!example.check().equals("rebuild-loss")) { // there it silences one of several statements
      assertThat(checks(example)).contains(example.check());
    }
  }

  @Test
  void every_check_has_a_page_with_both_and_a_word_on_silencing() {
    assertThat(pages()).hasSize(13);
    assertThat(pages())
        .allSatisfy(
            page -> {
              assertThat(lines(page).get(0)).isEqualTo("# " + examples(page).get(0).check());
              assertThat(lines(page))
                  .contains("## Wrong", "## Right", "## Why", "## To silence it")
                  .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
              assertThat(examples(page))
                  .anySatisfy(each -> assertThat(each.marks()).contains("wrong"));
              assertThat(examples(page))
                  .anySatisfy(each -> assertThat(each.marks()).contains("right"));
            });
    assertThat(Checks.all())
        .allSatisfy(check -> assertThat(FOLDER.resolve(check.name() + ".md")).exists());
  }

  private static List<String> checks(Example example) {
    Catalog start = Judge.on(Flavour.SQLITE, schema(example.check())).catalog();
    return RebuildCheck.judged("", analysed(example), start, example.flavour()).stream()
        .flatMap(each -> each.findings().stream())
        .map(Finding::check)
        .toList();
  }

  /** Each statement against the schema at its place. */
  private static List<Analysis> analysed(Example example) {
    Catalog start = Judge.on(Flavour.SQLITE, schema(example.check())).catalog();
    SchemaReplay replay = new SchemaReplay(start, example.flavour());
    List<Analysis> all = new ArrayList<>();
    for (String statement : Judge.split(example.sql(), example.flavour())) {
      Analysis analysis = new Analyzer(replay.catalog(), example.flavour()).analyse("", statement);
      all.add(analysis);
      replay.follow(analysis.statement(), analysis.sql());
    }
    return all;
  }

  /** The LiveOne schema and what the page adds to it. */
  private static String schema(String check) {
    StringBuilder schema = new StringBuilder(Judge.liveOneSchema());
    examples(FOLDER.resolve(check + ".md")).stream()
        .filter(example -> example.marks().contains("schema"))
        .forEach(example -> schema.append('\n').append(example.sql()));
    return schema.toString();
  }
}
