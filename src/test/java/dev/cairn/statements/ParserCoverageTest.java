package dev.cairn.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.sql.Flavour;
import dev.cairn.sql.SqlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How much of what the engines accept the parser understands: the table in {@code docs/parser.md}.
 * After a change {@code mvn test -Dtest=ParserCoverageTest -Dcairn.golden.update=true} writes it
 * anew.
 */
class ParserCoverageTest {

  private static final Path PAGE = Path.of("docs/parser.md");
  private static final String BEGIN = "<!-- measured: begin -->\n";
  private static final String END = "<!-- measured: end -->\n";

  /** The topics whose statements read or change rows. */
  private static final Set<String> ROWS =
      Set.of(
          "delete",
          "expressions",
          "insert",
          "joins",
          "merge",
          "names",
          "select",
          "subqueries",
          "update",
          "upsert");

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void of_the_statements_about_rows_at_most_2_in_100_are_opaque(Flavour flavour) {
    List<CollectedStatement> aboutRows =
        StatementCollection.accepted(flavour).stream()
            .filter(statement -> ROWS.contains(statement.topic()))
            .toList();
    List<String> opaque =
        aboutRows.stream()
            .filter(statement -> understanding(statement) == Understanding.OPAQUE)
            .map(CollectedStatement::toString)
            .toList();
    assertThat(aboutRows).hasSizeGreaterThan(150);
    assertThat(opaque).hasSizeLessThanOrEqualTo(aboutRows.size() * 2 / 100);
  }

  @Test
  void the_page_tells_what_is_measured() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String measured = table(Flavour.SQLITE) + "\n" + table(Flavour.POSTGRESQL);
    if (Boolean.getBoolean("cairn.golden.update")) {
      Files.writeString(PAGE, page.substring(0, begin) + measured + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end)).isEqualTo(measured);
  }

  private static String table(Flavour flavour) {
    Map<String, Map<Understanding, Integer>> topics = new TreeMap<>();
    Map<Understanding, Integer> all = new EnumMap<>(Understanding.class);
    for (CollectedStatement statement : StatementCollection.accepted(flavour)) {
      Map<Understanding, Integer> topic =
          topics.computeIfAbsent(statement.topic(), name -> new EnumMap<>(Understanding.class));
      topic.merge(understanding(statement), 1, Integer::sum);
      all.merge(understanding(statement), 1, Integer::sum);
    }
    String name = flavour == Flavour.SQLITE ? "SQLite" : "PostgreSQL";
    StringBuilder table =
        new StringBuilder("| " + name + " | statements | parsed | classified | opaque |\n");
    table.append("|---|--:|--:|--:|--:|\n");
    topics.forEach((topic, counts) -> table.append(row(topic, counts)));
    return table.append(row("**all**", all)).toString();
  }

  private static String row(String topic, Map<Understanding, Integer> counts) {
    int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "| %s | %d | %d | %d | %d |%n"
        .formatted(
            topic,
            sum,
            counts.getOrDefault(Understanding.PARSED, 0),
            counts.getOrDefault(Understanding.CLASSIFIED, 0),
            counts.getOrDefault(Understanding.OPAQUE, 0));
  }

  private static Understanding understanding(CollectedStatement statement) {
    return Understanding.of(SqlParser.parse(statement.text(), statement.flavour()));
  }
}
