package dev.cairn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A libSQL server of the benchmark's own, with a database for each way that is measured. */
final class SqldProcess implements AutoCloseable {
  private static final int ATTEMPTS = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final int port = freePort();
  private final int admin = freePort();
  private final Process process;

  private SqldProcess(Path home, Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Process fetch = new ProcessBuilder(home.resolve("src/test/sqld/fetch").toString()).start();
    String program =
        new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (fetch.waitFor() != 0) {
      throw new IllegalStateException(
          new String(fetch.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    Collections.addAll(command, program, "-d", folder.resolve("data").toString(), "--no-welcome");
    Collections.addAll(command, "--http-listen-addr", "127.0.0.1:" + port);
    Collections.addAll(command, "--admin-listen-addr", "127.0.0.1:" + admin);
    command.add("--enable-namespaces");
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  /** Starts one that keeps its databases in a folder, and waits until it answers. */
  static SqldProcess start(Path home, Path folder) throws IOException, InterruptedException {
    SqldProcess server = new SqldProcess(home, folder);
    URI health = URI.create("http://127.0.0.1:" + server.port + "/health");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (server.status(HttpRequest.newBuilder(health)) == 200) {
        return server;
      }
      Thread.sleep(50);
    }
    server.close();
    throw new IllegalStateException("sqld doesn't start; see " + folder.resolve("log"));
  }

  int port() {
    return port;
  }

  /** Makes a database with what is in a file. */
  void load(String name, Path database) throws IOException, InterruptedException {
    Files.copy(database, Files.createDirectories(place(name)).resolve("data"));
    int status = admin("/v1/namespaces/" + name + "/create", "POST");
    if (status != 200) {
      throw new IllegalStateException("no database " + name + ": HTTP " + status);
    }
  }

  /** Where a database's file lies. */
  Path file(String name) {
    return place(name).resolve("data");
  }

  /** What a database and its logs take on the disk, in megabytes. */
  double megabytes(String name) throws IOException {
    try (Stream<Path> files = Files.walk(place(name))) {
      return files.mapToLong(SqldProcess::size).sum() / 1e6;
    }
  }

  /** Removes a database. */
  void drop(String name) throws IOException, InterruptedException {
    admin("/v1/namespaces/" + name, "DELETE");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private Path place(String name) {
    return folder.resolve("data").resolve("dbs").resolve(name);
  }

  /** A log may go while it is looked at. */
  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  private int admin(String path, String method) throws IOException, InterruptedException {
    return status(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString("{}")));
  }

  private int status(HttpRequest.Builder request) throws InterruptedException {
    try {
      return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException nobody) {
      return -1;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
