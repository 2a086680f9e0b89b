package dev.cairn.proof;

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
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands before a server's admin port, and keeps back the answer to a fork that was made. */
final class AdminGate implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI admin;
  private final CountDownLatch forked = new CountDownLatch(1);
  private final boolean holds;

  /**
   * @param holds whether the answer to a fork never comes; else it is HTTP 502
   */
  AdminGate(URI admin, boolean holds) throws IOException {
    this.admin = admin;
    this.holds = holds;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "admin-gate");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::pass);
    server.start();
  }

  Map<String, String> environment() {
    return Map.of("CAIRN_ADMIN_URL", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Waits until the server has made a fork of which nobody was told. */
  void awaitFork() throws InterruptedException {
    if (!forked.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("no fork was asked for");
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest request =
          HttpRequest.newBuilder(admin.resolve(exchange.getRequestURI()))
              .header("content-type", "application/json")
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      boolean fork = exchange.getRequestURI().getPath().contains("/fork/");
      if (fork) {
        forked.countDown();
        if (holds) {
          Thread.sleep(60_000);
        }
      }
      byte[] body = fork ? new byte[0] : answer.body();
      exchange.sendResponseHeaders(
          fork ? 502 : answer.statusCode(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
