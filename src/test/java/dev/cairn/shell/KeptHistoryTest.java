package dev.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a session, and what not. */
class KeptHistoryTest {
  @TempDir Path home;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void lines_come_back_in_the_next_session_and_are_their_owners_alone() throws IOException {
    session(Optional.of(home.resolve("cairn"))).add("select 1\nfrom \\ readings;");
    assertThat(session(Optional.of(home.resolve("cairn"))).get(0))
        .isEqualTo("select 1\nfrom \\ readings;");
    assertThat(permissions(home.resolve("cairn"))).isEqualTo("rwx------");
    assertThat(permissions(home.resolve("cairn/history"))).isEqualTo("rw-------");
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_history_that_others_could_read_is_closed_to_them() throws IOException {
    Path file = Files.createFile(home.resolve("history"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    session(Optional.of(home));
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void a_line_with_a_secret_is_not_stored() throws IOException {
    KeptHistory history = session(Optional.of(home));
    history.add("update users set password = 'hunter2';");
    history.add("select 2;");
    assertThat(Files.readString(home.resolve("history")))
        .contains("select 2;")
        .doesNotContain("hunter2");
    assertThat(history.size()).isEqualTo(1);
  }

  @Test
  void a_history_that_is_none_is_one_warning_and_left_as_it_is() throws IOException {
    Path file = home.resolve("history");
    Files.write(file, new byte[] {(byte) 0xff, 0, 'x', '\n', 'n', 'o', '\n'});
    byte[] before = Files.readAllBytes(file);
    KeptHistory history = session(Optional.of(home));
    history.add("select 1;");
    history.add("select 2;");
    assertThat(history.size()).isEqualTo(2);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void a_folder_in_its_place_is_one_warning() throws IOException {
    Files.createDirectory(home.resolve("history"));
    session(Optional.of(home)).add("select 1;");
    assertThat(warnings).singleElement().asString().contains("is no file");
  }

  @Test
  void a_history_that_goes_away_is_one_warning() throws IOException {
    KeptHistory history = session(Optional.of(home.resolve("cairn")));
    Files.delete(home.resolve("cairn/history"));
    Files.delete(home.resolve("cairn"));
    Files.createFile(home.resolve("cairn"));
    history.add("select 1;");
    history.add("select 2;");
    assertThat(history.size()).isEqualTo(2);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void without_a_home_the_session_has_a_history_of_its_own() throws IOException {
    KeptHistory history = session(Optional.empty());
    history.add("select 1;");
    assertThat(history.size()).isEqualTo(1);
    assertThat(warnings).isEmpty();
  }

  private KeptHistory session(Optional<Path> folder) throws IOException {
    KeptHistory history = new KeptHistory(folder, warnings::add);
    Terminal terminal =
        new DumbTerminal(
            "test",
            "dumb",
            new ByteArrayInputStream(new byte[0]),
            OutputStream.nullOutputStream(),
            StandardCharsets.UTF_8);
    LineReader reader = LineReaderBuilder.builder().terminal(terminal).history(history).build();
    history.attach(reader);
    return history;
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
