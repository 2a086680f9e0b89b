package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which scripts may change a database on a server, and what the configuration may say of it. */
class LiveApprovalTest {
  private static final String UPDATE = "plan UPDATE t SET b = 'z' WHERE b = 'y'";

  @TempDir Path folder;

  private String url;

  @Test
  void a_script_needs_a_token_for_each_apply_and_yes_is_not_enough() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      url = server.namespace("sun");
      exits(0, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)", "INSERT INTO t VALUES (1, 'y')");
      String token = token(exits(0, UPDATE));

      assertThat(exits(3, UPDATE, "apply")).contains("sun is live", "--yes alone is not enough");
      assertThat(exits(3, "--yes", UPDATE, "apply --quarantine")).contains("sun is live");
      assertThat(exits(4, "--plan=" + token.replace('y', 'x'), "plan UPDATE t SET b = 1", "apply"))
          .contains("drift");
      exits(0, "SELECT * FROM t WHERE b = 'y'", "expect rows 1");
      assertThat(exits(3, "--plan=" + token, UPDATE, "apply", "plan DELETE FROM t", "apply"))
          .contains("SUCCEEDED", "every token given with --plan has been used");
      exits(0, "SELECT * FROM t WHERE b = 'z'", "expect rows 1");

      assertThat(exits(3, "--yes", "undo")).contains("sun is live");
      exits(0, "--plan=" + token(exits(0, "plan undo 2")), "undo 2");
      exits(0, "SELECT * FROM t WHERE b = 'y'", "expect rows 1");
      assertThat(exits(3, "--yes", "journal drop")).contains("no script drops its journal");
      assertThat(exits(3, "DELETE FROM t WHERE b = 'y'")).contains("not-approved");
    }
  }

  @Test
  void the_configuration_may_say_that_a_database_is_not_live() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      url = server.namespace("sun");
      exits(0, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)", "INSERT INTO t VALUES (1, 'y')");
      String place = "127.0.0.1:" + server.port();
      configured("rw-------", "# what may be changed freely\n" + place + "/moon not-live\n");
      exits(3, UPDATE, "apply");
      configured("rw-rw----", place + " not-live\n");
      assertThat(exits(2, UPDATE, "apply")).contains("others may read or write", "chmod 600");
      configured("rw-------", place + "/sun notlive\n");
      assertThat(exits(2, UPDATE, "apply")).contains("neither live nor not-live");
      configured("rw-------", place + " not-live\n" + place + "/sun live\n");
      exits(3, UPDATE, "apply");
      configured("rw-------", place + "/sun not-live\n");
      exits(3, "--live", UPDATE, "apply");
      assertThat(exits(0, UPDATE, "apply")).contains("SUCCEEDED");
    }
  }

  @Test
  void what_a_server_does_not_take_is_said_in_our_words() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"))) {
      url = server.namespace("sun");
      String all =
          exits(
              1,
              "--keep-going",
              "--yes",
              "VACUUM",
              "ATTACH 'x.db' AS y",
              "CREATE TEMP TABLE z (a)",
              "PRAGMA cache_size = 5",
              "SELECT nope FROM sqlite_schema");
      assertThat(all)
          .contains("doesn't take VACUUM", "doesn't take ATTACH", "doesn't take CREATE TEMP")
          .contains("doesn't take this PRAGMA", "\"message\":\"no such column: nope\"")
          .contains("\"column\":8")
          .doesNotContain("could not be parsed");
    }
  }

  private static String token(String output) {
    return output.replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");
  }

  private void configured(String rights, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("config/cairn")).resolve("databases");
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  private String exits(int code, String... lines) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(url, "--format", "json"));
    for (String line : lines) {
      arguments.addAll(line.startsWith("--") ? List.of(line) : List.of("-c", line));
    }
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());
    try (CairnChild child =
        CairnChild.runWith(folder, environment, List.of(), arguments.toArray(String[]::new))) {
      String all = child.out() + child.err();
      assertThat(child.await()).as(all).isEqualTo(code);
      return all;
    }
  }
}
