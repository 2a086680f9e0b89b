package dev.cairn.proof;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A libSQL server of the test's own, with namespaces, on a port that was free, in a folder of the
 * test's. Where its program can't be had a test fails in CI (the environment has {@code CI}), and
 * is left out on a desk.
 */
public final class SqldServer implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final int NOT_TO_BE_HAD = 3;

  private final Path folder;
  private final int port;
  private final int admin;
  private final List<String> more;
  private Process process;

  private SqldServer(Path folder, List<String> more) throws IOException {
    this.folder = folder;
    this.more = more;
    this.port = freePort();
    this.admin = freePort();
  }

  /**
   * Starts one that keeps its databases in the folder.
   *
   * @param more options of sqld's
   */
  public static SqldServer start(Path folder, String... more) {
    try {
      SqldServer server = new SqldServer(Files.createDirectories(folder), List.of(more));
      server.start();
      return server;
    } catch (IOException error) {
      throw new AssertionError(error);
    }
  }

  /** Starts it again on the same port and the same data. */
  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(program(), "-d", folder.resolve("data").toString(), "--no-welcome"));
    command.addAll(List.of("--http-listen-addr", "127.0.0.1:" + port));
    command.addAll(List.of("--admin-listen-addr", "127.0.0.1:" + admin, "--enable-namespaces"));
    command.addAll(more);
    // After a kill the port may be taken for a moment yet.
    for (int attempt = 0; attempt < 5; attempt++) {
      try {
        process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                .start();
      } catch (IOException error) {
        throw new AssertionError(error);
      }
      if (isHealthyWithin(Duration.ofSeconds(10))) {
        return;
      }
      kill();
    }
    throw new AssertionError("sqld doesn't start; see " + log());
  }

  /** Makes an empty database and gives its URL. */
  public String namespace(String name) {
    int status =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%d/v1/namespaces/%s/create".formatted(admin, name)))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    if (status != 200) {
      throw new AssertionError("no namespace " + name + ": HTTP " + status);
    }
    return url(name);
  }

  /** Makes a database with what is in a file, and gives its URL. */
  public String namespace(String name, Path database) {
    try {
      Path place = Files.createDirectories(folder.resolve("data").resolve("dbs").resolve(name));
      Files.copy(database, place.resolve("data"));
    } catch (IOException error) {
      throw new AssertionError(error);
    }
    return namespace(name);
  }

  /** What Cairn is told to open. */
  public String url(String namespace) {
    return "http://127.0.0.1:" + port + "?namespace=" + namespace;
  }

  /** Where its databases are administered. */
  public URI admin() {
    return URI.create("http://127.0.0.1:" + admin);
  }

  /** Whether it has a database of that name. */
  public boolean has(String name) {
    return send(HttpRequest.newBuilder(admin().resolve("/v1/namespaces/" + name + "/config")))
        == 200;
  }

  /** Deletes a database behind Cairn's back. */
  public void delete(String name) {
    send(HttpRequest.newBuilder(admin().resolve("/v1/namespaces/" + name)).DELETE());
  }

  public int port() {
    return port;
  }

  /** Lets it stand still, or go on: it is there and answers nobody. */
  public void stands(boolean still) {
    try {
      String signal = still ? "-STOP" : "-CONT";
      new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException error) {
      throw new AssertionError(error);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** As a power cut would end it. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private boolean isHealthyWithin(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      URI health = URI.create("http://127.0.0.1:" + port + "/health");
      if (send(HttpRequest.newBuilder(health)) == 200) {
        return true;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    return false;
  }

  /** The status, or -1 where nobody answers. */
  private static int send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException nobody) {
      return -1;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private File log() {
    return folder.resolve("log").toFile();
  }

  private static String program() {
    try {
      Process fetch = new ProcessBuilder("src/test/sqld/fetch").start();
      String path =
          new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String why =
          new String(fetch.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exit = fetch.onExit().join().exitValue();
      if (exit == NOT_TO_BE_HAD && System.getenv("CI") == null) {
        Assumptions.abort("no libSQL server: " + why);
      }
      if (exit != 0) {
        throw new AssertionError("no libSQL server, so nothing is proved: " + why);
      }
      return path;
    } catch (IOException error) {
      throw new AssertionError(error);
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
