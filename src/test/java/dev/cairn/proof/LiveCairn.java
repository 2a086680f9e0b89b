package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of Cairn's on one database, as a person would type them.
 *
 * @param folder where they run
 * @param database what they open
 */
record LiveCairn(Path folder, String database) {

  /** Runs lines to their end, and gives what they print. */
  String run(List<String> options, String... lines) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(database, "--format", "json"));
    arguments.addAll(List.of("--plans", Path.of("plans").toAbsolutePath().toString()));
    arguments.addAll(options);
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    try (CairnChild child = CairnChild.run(folder, arguments.toArray(String[]::new))) {
      assertThat(child.await()).as(child.err()).isZero();
      return child.out();
    }
  }

  /** The token that a line of planning prints. */
  String token(String planning) throws Exception {
    String last = run(List.of(), planning).lines().reduce((before, line) -> line).orElseThrow();
    return new ObjectMapper().readTree(last).path("token").asText();
  }
}
