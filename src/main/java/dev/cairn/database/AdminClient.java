package dev.cairn.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a server that administers databases, in JSON. Never repeats a request, never follows a
 * redirect: its key would go along.
 */
final class AdminClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int NOT_FOUND = 404;
  private static final int SHOWN = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();
  private final URI base;
  private final Optional<String> authorization;

  /**
   * @param authorization the whole header, a secret
   */
  AdminClient(URI base, Optional<String> authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  /** No answer came: whether it was done isn't known. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }

    /** Of what may be asked again. */
    CairnException stopped() {
      return CairnException.stopped("no-answer", getMessage())
          .hint("run it again when the server answers")
          .causedBy(this);
    }
  }

  /**
   * Asks; empty where there is no such thing. Fails with exit 1 where the server says no.
   *
   * @param body empty to send none
   */
  Optional<JsonNode> ask(String method, String path, Optional<JsonNode> body) throws NoAnswer {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString()))
                    .orElseGet(BodyPublishers::noBody));
    authorization.ifPresent(secret -> request.header("authorization", secret));
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      if (response.statusCode() >= 500) {
        throw new NoAnswer(base.getAuthority() + " answers HTTP " + response.statusCode(), null);
      }
      if (response.statusCode() / 100 != 2) {
        throw refused(response);
      }
      byte[] said = response.body();
      return Optional.of(said.length == 0 ? MissingNode.getInstance() : JSON.readTree(said));
    } catch (IOException lost) {
      throw new NoAnswer("no answer from " + base.getAuthority(), lost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("interrupted", interrupted);
    }
  }

  private CairnException refused(HttpResponse<byte[]> response) {
    String said = new String(response.body(), StandardCharsets.UTF_8).strip();
    String shown = said.length() > SHOWN ? said.substring(0, SHOWN) : said;
    try {
      JsonNode error = JSON.readTree(said).path("error");
      shown = error.isTextual() ? error.asText() : error.path("message").asText(shown);
    } catch (IOException noJson) {
      shown = shown.isEmpty() ? "no reason given" : shown;
    }
    int status = response.statusCode();
    CairnException refused =
        CairnException.failed(
            status == 401 || status == 403 ? "not-allowed" : "server-copies",
            "%s says no (HTTP %d): %s".formatted(base.getAuthority(), status, shown));
    return status == 401 || status == 403
        ? refused.hint("the key for it stands in the environment or in a 0600 file: docs/turso.md")
        : refused;
  }
}
