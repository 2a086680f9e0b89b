package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
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
    WarmCairn.Ended ended = ended(options, lines);
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    return ended.out();
  }

  /** The same, however it ends. */
  String ends(String... lines) throws Exception {
    return ended(List.of(), lines).out();
  }

  private WarmCairn.Ended ended(List<String> options, String... lines) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(database, "--format", "json"));
    if (!options.contains("--plans")) {
      arguments.addAll(List.of("--plans", Path.of("plans").toAbsolutePath().toString()));
    }
    arguments.addAll(options);
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    return warm(folder).run(arguments.toArray(String[]::new));
  }

  /** Runs lines that must end with this code, and gives all that was said. */
  String exits(int code, String... lines) throws Exception {
    return exits(code, List.of("--yes"), lines);
  }

  /** The same with other options. */
  String exits(int code, List<String> options, String... lines) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(database));
    arguments.addAll(List.of("--plans", Path.of("plans").toAbsolutePath().toString()));
    arguments.addAll(options);
    for (String line : lines) {
      arguments.addAll(List.of("-c", line));
    }
    return warm(folder).exits(code, arguments.toArray(String[]::new));
  }

  private static Path warmed;
  private static WarmCairn warm;

  /** One for each folder in turn: most cases run many short lines. */
  private static synchronized WarmCairn warm(Path folder) throws Exception {
    if (!folder.equals(warmed)) {
      if (warm != null) {
        warm.close();
      }
      warm = WarmCairn.startIn(folder, Files.createTempDirectory("cairn-warm"));
      warmed = folder;
    }
    return warm;
  }

  /** The token that a line of planning prints. */
  String token(String planning) throws Exception {
    String last = run(List.of(), planning).lines().reduce((before, line) -> line).orElseThrow();
    return new ObjectMapper().readTree(last).path("token").asText();
  }
}
