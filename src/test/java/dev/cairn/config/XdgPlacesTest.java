package dev.cairn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XdgPlacesTest {

  @Test
  void the_state_folder_is_where_xdg_says_else_under_home() {
    assertThat(state(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h"))).hasValue(Path.of("/s/cairn"));
    assertThat(state(Map.of("HOME", "/h"))).hasValue(Path.of("/h/.local/state/cairn"));
  }

  @Test
  void what_is_empty_or_relative_or_no_path_is_not_there() {
    assertThat(state(Map.of("XDG_STATE_HOME", "here", "HOME", "/h")))
        .hasValue(Path.of("/h/.local/state/cairn"));
    assertThat(state(Map.of("XDG_STATE_HOME", "", "HOME", "/a\0b"))).isEmpty();
    assertThat(state(Map.of())).isEmpty();
  }

  @Test
  void a_private_folder_is_its_owners_alone(@TempDir Path folder) throws IOException {
    Path made = XdgPlaces.makePrivate(folder.resolve("a/b"));
    assertThat(Files.getPosixFilePermissions(made))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  private static java.util.Optional<Path> state(Map<String, String> environment) {
    return new XdgPlaces(environment).state();
  }
}
