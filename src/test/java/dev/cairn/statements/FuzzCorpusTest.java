package dev.cairn.statements;

import dev.cairn.sql.Flavour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer has found, and every collected statement, read by both dialects. */
class FuzzCorpusTest {

  private static final Path FOUND = Path.of("src/test/resources/statements/found");

  static List<Path> found() throws IOException {
    try (Stream<Path> files = Files.list(FOUND)) {
      return files.sorted().toList();
    }
  }

  static List<CollectedStatement> collected() {
    return Stream.of(Flavour.values())
        .flatMap(flavour -> StatementCollection.of(flavour).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("found")
  void is_read_to_its_end(Path file) throws IOException {
    read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("collected")
  void a_statement_is_read_by_the_other_dialect_too(CollectedStatement statement) {
    read(statement.text());
  }

  private static void read(String text) {
    for (Flavour flavour : Flavour.values()) {
      ReadingLimits.split(text, flavour);
      ReadingLimits.parse(text, flavour);
      ReadingLimits.analyse(text, flavour);
    }
  }
}
