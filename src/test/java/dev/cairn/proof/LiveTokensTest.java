package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cairn.example.LiveOne;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens on a server that demands them: what each opens, and that none is ever written down. */
class LiveTokensTest {
  private static final String TOO_OLD = "\"exp\":1700000000";
  private static final String GOOD = "\"exp\":4100000000";

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  @Test
  void a_token_opens_what_it_covers_and_is_never_shown_or_kept() throws Exception {
    SigningKey key = new SigningKey();
    Path file = folder.resolve("liveone.db");
    LiveOne.write(file, 0.001, 17, line -> {});
    Path half = key.publicHalf(folder.resolve("public.pem"));
    String writing = key.token("{" + GOOD + "}");
    String reading = key.token("{\"a\":\"ro\"," + GOOD + "}");
    try (SqldServer server =
        SqldServer.start(folder.resolve("sqld"), "--auth-jwt-key-file", half.toString())) {
      String url = server.namespace("liveone", file);
      String token = planToken(opens(0, reading, url, "plan migrate agg5m"));
      assertThat(opens(1, reading, url, "INSERT INTO systems (id) VALUES (99)"))
          .contains("not-allowed", "one that may write");
      assertThat(opens(1, reading, url, "--plan", token, "plan migrate agg5m", "apply"))
          .contains("read-only", "Write permission");
      opens(0, writing, url, "--plan", token, "plan migrate agg5m", "apply", "verify agg5m");
      opens(0, writing, url, "runs", "status", "plans");
      opens(0, writing, url, "SELECT * FROM cairn_run", "SELECT * FROM cairn_lane");

      assertThat(opens(1, "", url, "SELECT 1")).contains("none given", "it wants a token");
      String foreign = new SigningKey().token("{" + GOOD + "}");
      assertThat(opens(1, foreign, url, "SELECT 1")).contains("must be of this server");
      assertThat(opens(1, key.token("{" + TOO_OLD + "}"), url, "SELECT 1"))
          .contains("expired", "make a new token");
      assertThat(opens(2, "", url + "&authToken=" + writing, "SELECT 1"))
          .contains("a secret may not stand in a database's URL", "CAIRN_AUTH_TOKEN");
      assertThat(opens(2, writing, url, "open " + url + "&jwt=" + writing))
          .contains("a secret may not");
      assertThat(opens(2, writing, "http://db.example.org", "SELECT 1")).contains("without TLS");
      opens(2, "two " + writing, url, "SELECT 1");

      Path tokens = Files.createDirectories(folder.resolve("config/cairn")).resolve("tokens");
      String place = url.replaceFirst("http://", "").replace("?namespace=", "/");
      Files.writeString(tokens, "# mine\nelsewhere.example.org " + foreign + "\n" + place + " x");
      Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(opens(2, "", url, "SELECT 1")).contains("others may read", "chmod 600");
      Files.delete(tokens);
      Files.writeString(tokens, place + " " + writing);
      Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
      opens(0, "", url, "SELECT 1");
      Files.delete(tokens);

      for (String secret : List.of(writing, reading, foreign)) {
        String signature = secret.substring(secret.lastIndexOf('.') + 1);
        assertThat(said).noneMatch(text -> text.contains(signature));
        assertThat(filesWith(signature)).isEmpty();
      }
    }
  }

  @Test
  void a_refused_token_is_sent_once_and_never_carried_elsewhere() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger elsewhere = new AtomicInteger();
    HttpServer refusing = answering(401, "", refused);
    HttpServer other = answering(200, "", elsewhere);
    HttpServer pointing = answering(307, url(other) + "/v3/pipeline", new AtomicInteger());
    try {
      assertThat(opens(1, "secret", url(refusing), "SELECT 1")).contains("not-allowed");
      assertThat(refused).hasValue(1);
      assertThat(opens(1, "secret", url(pointing), "SELECT 1"))
          .contains("points elsewhere (HTTP 307)");
      assertThat(elsewhere).hasValue(0);
    } finally {
      List.of(refusing, other, pointing).forEach(server -> server.stop(0));
    }
  }

  @Test
  void tls_is_spoken_with_whom_is_known_and_meant() throws Exception {
    try (SqldServer server = SqldServer.start(folder.resolve("sqld"));
        TlsProxy proxy = new TlsProxy(folder, "dns:localhost", server.port())) {
      server.namespace("sun");
      String place = "localhost:" + proxy.port() + "?namespace=sun";
      for (String scheme : List.of("https://", "libsql://", "jdbc:dbeaver:libsql:https://")) {
        assertThat(exits(0, "any", proxy.trusted(), scheme + place, "SELECT 40 + 2 AS n"))
            .contains("[42]");
      }
      assertThat(exits(1, "any", List.of(), "https://" + place, "SELECT 1"))
          .contains("not-trusted", "nobody known here vouches for its certificate");
      String other = place.replace("localhost", "127.0.0.1");
      assertThat(exits(1, "any", proxy.trusted(), "https://" + other, "SELECT 1"))
          .contains("not-trusted", "its certificate is for another host");
      String plain = "https://localhost:" + server.port() + "?namespace=sun";
      assertThat(exits(1, "any", List.of(), plain, "SELECT 1")).contains("doesn't speak TLS");
    }
    assertThat(opens(6, "", "http://127.0.0.1:1", "SELECT 1")).contains("nobody listens there");
    assertThat(opens(6, "", "libsql://no-such-host.invalid", "SELECT 1"))
        .contains("no address is known for this name");
  }

  private static String planToken(String output) {
    return output.replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");
  }

  /** What came out, with the stack traces that {@code --debug} shows. */
  private String opens(int code, String token, String url, String... lines) throws Exception {
    return exits(code, token, List.of(), url, lines);
  }

  private String exits(int code, String token, List<String> java, String url, String... lines)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(url, "--format", "json", "--debug"));
    arguments.addAll(List.of("--plans", Path.of("plans").toAbsolutePath().toString()));
    for (int i = 0; i < lines.length; i++) {
      arguments.addAll(
          lines[i].equals("--plan") ? List.of(lines[i], lines[++i]) : List.of("-c", lines[i]));
    }
    Map<String, String> environment =
        Map.of(
            "CAIRN_AUTH_TOKEN",
            token,
            "TURSO_AUTH_TOKEN",
            "",
            "XDG_CONFIG_HOME",
            folder.resolve("config").toString(),
            "XDG_STATE_HOME",
            folder.resolve("state").toString());
    try (CairnChild child =
        CairnChild.runWith(folder, environment, java, arguments.toArray(String[]::new))) {
      String all = child.out() + child.err();
      said.add(all);
      assertThat(child.await()).as(all).isEqualTo(code);
      return all;
    }
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static HttpServer answering(int status, String location, AtomicInteger asked)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().add("location", location);
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
