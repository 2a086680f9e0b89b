package dev.cairn.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Stands in for Turso's platform API as its documentation describes it: databases of one
 * organization, each on a host of its own, behind which is a namespace of a real libSQL server.
 */
final class TursoStub implements AutoCloseable {
  private static final String DATABASES = "/v1/organizations/acme/databases";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqldServer behind;
  private final HttpServer platform;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, ObjectNode> databases = new ConcurrentHashMap<>();
  private final List<HttpServer> hosts = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  TursoStub(SqldServer behind) throws IOException {
    this.behind = behind;
    this.platform = listen(this::administer);
  }

  /** What leads Cairn here. */
  Map<String, String> environment() {
    return Map.of(
        "CAIRN_TURSO_API", "http://" + place(platform),
        "CAIRN_TURSO_ORG", "acme",
        "TURSO_API_TOKEN", "platform-token");
  }

  /** A new empty database; gives its URL. */
  String database(String name) throws IOException {
    behind.namespace(name);
    add(name, null);
    return "http://" + databases.get(name).path("Hostname").asText();
  }

  /** The names of all databases. */
  List<String> names() {
    return databases.keySet().stream().sorted().toList();
  }

  /** What was asked of the platform, but for what only reads. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void add(String name, JsonNode parent) throws IOException {
    HttpServer host = listen(exchange -> serve(exchange, name));
    hosts.add(host);
    ObjectNode database = JSON.createObjectNode();
    database.put("Name", name).put("DbId", UUID.randomUUID().toString());
    database.put("Hostname", place(host)).put("group", "default").put("block_writes", false);
    if (parent != null) {
      database.putObject("parent").put("id", parent.path("DbId").asText());
      ((ObjectNode) database.path("parent")).put("name", parent.path("Name").asText());
    }
    databases.put(name, database);
  }

  private void administer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    if (!method.equals("GET")) {
      asked.add(method + " " + path + " " + body);
    }
    if (!"Bearer platform-token".equals(exchange.getRequestHeaders().getFirst("authorization"))) {
      answer(exchange, 401, JSON.createObjectNode().put("error", "not authenticated"));
      return;
    }
    String[] rest =
        path.startsWith(DATABASES) ? path.substring(DATABASES.length()).split("/") : null;
    if (rest == null) {
      answer(exchange, 404, JSON.createObjectNode().put("error", "no such organization"));
    } else if (rest.length < 2 && method.equals("POST")) {
      create(exchange, body);
    } else if (rest.length < 2) {
      ObjectNode all = JSON.createObjectNode();
      databases.values().forEach(all.putArray("databases")::add);
      answer(exchange, 200, all);
    } else {
      one(exchange, method, rest, body);
    }
  }

  private void create(HttpExchange exchange, JsonNode body) throws IOException {
    String name = body.path("name").asText();
    JsonNode seed = body.path("seed");
    ObjectNode parent = databases.get(seed.path("name").asText());
    boolean sound =
        name.matches("[a-z0-9-]{1,64}")
            && body.path("group").asText().equals("default")
            && seed.path("type").asText().equals("database")
            && parent != null;
    if (!sound || databases.containsKey(name)) {
      answer(exchange, sound ? 409 : 400, JSON.createObjectNode().put("error", "no: " + body));
      return;
    }
    fork(parent.path("Name").asText(), name);
    add(name, parent);
    ObjectNode made = JSON.createObjectNode();
    ObjectNode told = made.putObject("database").put("Name", name);
    told.set("DbId", databases.get(name).path("DbId"));
    told.set("Hostname", databases.get(name).path("Hostname"));
    answer(exchange, 200, made);
  }

  private void one(HttpExchange exchange, String method, String[] rest, JsonNode body)
      throws IOException {
    ObjectNode database = databases.get(rest[1]);
    if (database == null) {
      answer(exchange, 404, JSON.createObjectNode().put("error", "could not find database"));
    } else if (method.equals("PATCH") && rest.length == 3 && rest[2].equals("configuration")) {
      database.setAll((ObjectNode) body);
      answer(exchange, 200, body);
    } else if (method.equals("DELETE")) {
      databases.remove(rest[1]);
      behind.delete(rest[1]);
      answer(exchange, 200, JSON.createObjectNode().put("database", rest[1]));
    } else {
      ObjectNode found = JSON.createObjectNode();
      found.set("database", database);
      answer(exchange, 200, found);
    }
  }

  private void fork(String from, String to) throws IOException {
    URI fork = behind.admin().resolve("/v1/namespaces/" + from + "/fork/" + to);
    HttpRequest request =
        HttpRequest.newBuilder(fork)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    if (send(request).statusCode() != 200) {
      throw new AssertionError("no fork");
    }
  }

  /** A database's own host: its requests go to its namespace. */
  private void serve(HttpExchange exchange, String name) throws IOException {
    String namespace =
        Base64.getEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + behind.port() + exchange.getRequestURI()))
            .header("content-type", "application/json")
            .header("x-namespace-bin", namespace)
            .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
            .build();
    HttpResponse<byte[]> answer = send(request);
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Answers a request. */
  private interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static HttpServer listen(Answering answering) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "turso-stub");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answering.answer(exchange);
          }
        });
    server.start();
    return server;
  }

  private static String place(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    platform.stop(0);
    hosts.forEach(host -> host.stop(0));
  }
}
