package dev.cairn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** One statement a request, as the usual client libraries send it: each commits by itself. */
final class HranaRequests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI pipeline;
  private final String namespace;

  HranaRequests(int port, String name) {
    this.pipeline = URI.create("http://127.0.0.1:" + port + "/v3/pipeline");
    this.namespace =
        Base64.getEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A whole number as an argument. */
  static JsonNode whole(long value) {
    return JSON.createObjectNode().put("type", "integer").put("value", Long.toString(value));
  }

  /** A float as an argument. */
  static JsonNode real(double value) {
    return JSON.createObjectNode().put("type", "float").put("value", value);
  }

  static JsonNode text(String value) {
    return JSON.createObjectNode().put("type", "text").put("value", value);
  }

  static JsonNode nothing() {
    return JSON.createObjectNode().put("type", "null");
  }

  /** Runs a statement and gives its result; fails where the server does. */
  JsonNode run(String sql, List<JsonNode> arguments) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode().putNull("baton");
    ArrayNode requests = body.putArray("requests");
    ObjectNode statement =
        requests.addObject().put("type", "execute").putObject("stmt").put("sql", sql);
    statement.putArray("args").addAll(arguments);
    requests.addObject().put("type", "close");
    HttpRequest request =
        HttpRequest.newBuilder(pipeline)
            .header("content-type", "application/json")
            .header("x-namespace-bin", namespace)
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    JsonNode first = JSON.readTree(response.body()).path("results").path(0);
    if (!first.path("type").asText().equals("ok")) {
      throw new IllegalStateException("the server refused " + sql + ": " + first);
    }
    return first.path("response").path("result");
  }
}
