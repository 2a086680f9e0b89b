package dev.cairn.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks Hrana 3 in JSON over HTTP/1.1 with one server. Knows requests, answers and the ways in
 * which there is none; nothing of transactions. Never repeats a request by itself.
 */
final class HranaClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int SHOWN_OF_A_BODY = 300;

  /** In sqld's words: all statements of a request are parsed before the first one runs. */
  private static final String NOT_PARSED = "SQL string could not be parsed";

  /** In sqld's words: the request came a second time. The answer to the first is lost. */
  private static final String DOUBLED = "baton that has already been used";

  /** In sqld's words: a text that it found is none. */
  private static final String NOT_UTF8 = "invalid utf-8 sequence";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LibsqlAddress address;
  private final Optional<String> token;
  private final Duration patience;
  // The JDK's way to HTTP/2 over plain HTTP hangs against sqld. A redirect would take the token
  // along to where nobody meant it to go.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();
  private final Queue<Runnable> underWay = new ConcurrentLinkedQueue<>();

  /**
   * @param patience how long an answer is waited for
   */
  HranaClient(LibsqlAddress address, Optional<String> token, Duration patience) {
    this.address = address;
    this.token = token;
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }

  URI base() {
    return address.base();
  }

  /**
   * Where a stream goes on that the server wants elsewhere: there, where a token that is sent along
   * is as safe as here.
   */
  URI followed(URI here, URI there) {
    boolean guarded =
        LibsqlAddress.guarded(there) || (token.isEmpty() && here.getScheme().equals("http"));
    return guarded ? there : here;
  }

  /** Sends requests on a stream, or on one of their own where the body has no baton. */
  JsonNode pipeline(URI server, ObjectNode body) throws HranaException {
    HttpResponse<byte[]> response =
        exchange(server.resolve("/v3/pipeline"), body, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw refused(response.statusCode(), response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException noJson) {
      throw HranaException.lost("the server's answer can't be read", noJson);
    }
  }

  /** Sends a batch whose rows come as lines of JSON while the engine finds them. */
  InputStream cursor(URI server, ObjectNode body) throws HranaException {
    HttpResponse<InputStream> response =
        exchange(server.resolve("/v3/cursor"), body, BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream said = response.body()) {
      throw refused(response.statusCode(), said.readNBytes(SHOWN_OF_A_BODY));
    } catch (IOException cut) {
      throw HranaException.lost("HTTP " + response.statusCode(), cut);
    }
  }

  /**
   * Drops the requests that are under way: the server then ends and takes back what they do.
   * Returns whether there were any.
   */
  boolean cancel() {
    boolean any = !underWay.isEmpty();
    underWay.forEach(Runnable::run);
    return any;
  }

  private <T> HttpResponse<T> exchange(URI to, ObjectNode body, BodyHandler<T> handler)
      throws HranaException {
    CompletableFuture<HttpResponse<T>> request = http.sendAsync(request(to, body), handler);
    Runnable drop = () -> request.cancel(true);
    underWay.add(drop);
    try {
      return request.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw ConnectionFailure.of(failed.getCause(), address.base().getRawAuthority());
    } catch (TimeoutException late) {
      request.cancel(true);
      throw HranaException.lost("no answer in %,d s".formatted(patience.toSeconds()), late);
    } catch (java.util.concurrent.CancellationException cancelled) {
      throw HranaException.interrupted(cancelled);
    } catch (InterruptedException interrupted) {
      request.cancel(true);
      Thread.currentThread().interrupt();
      throw HranaException.interrupted(interrupted);
    } finally {
      underWay.remove(drop);
    }
  }

  private HttpRequest request(URI to, ObjectNode body) throws HranaException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(bytes(body)));
    address.namespace().ifPresent(name -> request.header("x-namespace-bin", base64(name)));
    token.ifPresent(secret -> request.header("authorization", "Bearer " + secret));
    return request.build();
  }

  /** A text with half a character in it is no text: refused here, before it is sent. */
  private static byte[] bytes(ObjectNode body) throws HranaException {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException unsound) {
      throw HranaException.answered("VALUE", "a text that is no sound Unicode can't be sent");
    }
  }

  private static String base64(String name) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Below 500 nothing was done; from there on a proxy may speak for a server that did it. */
  private static HranaException refused(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    String shown = text.length() > SHOWN_OF_A_BODY ? text.substring(0, SHOWN_OF_A_BODY) : text;
    String code = "HTTP_" + status;
    if (status / 100 == 3) {
      return HranaException.answered(code, "the server points elsewhere (HTTP " + status + ")");
    }
    try {
      JsonNode said = JSON.readTree(body);
      code = said.path("code").asText(code);
      shown = said.path("message").asText(said.path("error").asText(shown));
    } catch (IOException noJson) {
      shown = shown.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + shown;
    }
    if (status == 500 && shown.contains(NOT_PARSED)) {
      String why = shown.substring(shown.indexOf(NOT_PARSED)).replaceAll("`$", "");
      return HranaException.answered("SQL_PARSE_ERROR", why);
    }
    if (status == 500 && shown.startsWith(NOT_UTF8)) {
      return HranaException.notUtf8();
    }
    return status < 500 && status != 408 && !shown.contains(DOUBLED)
        ? HranaException.answered(code, shown)
        : HranaException.lost("HTTP " + status + ": " + shown, null);
  }
}
