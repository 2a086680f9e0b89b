package dev.cairn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the source tree promises a newcomer: short files, and a word about every package. */
class SourceTreeTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final Pattern WRITTEN_BY_HAND =
      Pattern.compile(".*\\.(java|ftl|fmpp|sql|cairn|yaml|yml|sh)");
  private static final Pattern REASON = Pattern.compile("(//|--|#|<#--) over 400 lines: \\S.*");

  @Test
  void every_package_says_what_enters_and_what_leaves() throws IOException {
    assertThat(filesUnder(MAIN))
        .filteredOn(file -> file.toString().endsWith(".java"))
        .extracting(Path::getParent)
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  @Test
  void a_file_over_400_lines_gives_a_reason_in_its_first_30() throws IOException {
    assertThat(filesUnder(Path.of("src")))
        .filteredOn(file -> WRITTEN_BY_HAND.matcher(file.toString()).matches())
        .filteredOn(file -> lines(file).size() > 400)
        .allSatisfy(
            file -> assertThat(lines(file).stream().limit(30)).anyMatch(REASON.asPredicate()));
  }

  @Test
  void main_only_wires() {
    assertThat(lines(MAIN.resolve("dev/cairn/Main.java"))).hasSizeLessThan(60);
  }

  private static List<Path> filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
