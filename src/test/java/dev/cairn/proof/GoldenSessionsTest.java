package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file under {@code golden/} is a session with the real process, to the letter. After a wanted
 * change {@code mvn test -Dtest=GoldenSessionsTest -Dcairn.golden.update=true} writes them anew:
 * read the difference before it is committed.
 */
class GoldenSessionsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path folder;

  static List<String> sessions() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void reads_as_written(String session) throws Exception {
    Path file = GOLDEN.resolve(session);
    String written = Files.readString(file);
    String actual = GoldenSession.run(written, folder);
    if (Boolean.getBoolean("cairn.golden.update")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Boolean.getBoolean("cairn.golden.update") ? actual : written);
  }
}
