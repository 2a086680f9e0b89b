package dev.cairn.proof;

import dev.cairn.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Cairn as a process of its own, with the classes under test: to be waited for, or killed. */
final class CairnChild implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path out;
  private final Path err;

  private CairnChild(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in a folder, where its output goes too. */
  static CairnChild start(Path folder, String... arguments) throws IOException {
    return startIn(folder, folder, arguments);
  }

  /** Starts it in a folder; what it prints goes to files in another. */
  static CairnChild startIn(Path folder, Path outputs, String... arguments) throws IOException {
    return startIn(folder, outputs, List.of(), arguments);
  }

  /** Starts it in a folder on a class path without the jars of these names. */
  static CairnChild startWithout(Path folder, List<String> jars, String... arguments)
      throws IOException {
    return startIn(folder, folder, jars, arguments);
  }

  /** Starts it in a folder with more in its environment. */
  static CairnChild startWith(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return startWith(folder, environment, List.of(), arguments);
  }

  /**
   * Runs it to its end with more in its environment.
   *
   * @param java options of the JVM's
   */
  static CairnChild runWith(
      Path folder, Map<String, String> environment, List<String> java, String... arguments)
      throws Exception {
    CairnChild child = startWith(folder, environment, java, arguments);
    child.await();
    return child;
  }

  private static CairnChild startWith(
      Path folder, Map<String, String> environment, List<String> java, String... arguments)
      throws IOException {
    ProcessBuilder builder = process(folder, List.of(classPath(List.of())), Main.class);
    builder.environment().putAll(environment);
    builder.command().addAll(1, java);
    return start(builder, folder, arguments);
  }

  private static CairnChild startIn(
      Path folder, Path outputs, List<String> missing, String... arguments) throws IOException {
    return start(process(folder, List.of(classPath(missing)), Main.class), outputs, arguments);
  }

  private static CairnChild start(ProcessBuilder builder, Path outputs, String... arguments)
      throws IOException {
    builder.command().addAll(List.of(arguments));
    Path out = Files.createTempFile(outputs, "out", ".txt");
    Path err = Files.createTempFile(outputs, "err", ".txt");
    builder.redirectInput(Path.of("/dev/null").toFile());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new CairnChild(process, out, err);
  }

  /** A Java process with the launcher's options in a folder, ready to start. */
  static ProcessBuilder process(Path folder, List<String> classPath, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // But for the class archive: what is killed must start quickly.
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", String.join(":", classPath)));
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("NO_COLOR", "1");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    builder
        .environment()
        .put("XDG_STATE_HOME", folder.toAbsolutePath().resolve("state").toString());
    return builder;
  }

  /** Runs it to its end. */
  static CairnChild run(Path folder, String... arguments) throws Exception {
    CairnChild child = start(folder, arguments);
    child.await();
    return child;
  }

  /** Its exit code, once it ended by itself. */
  int await() throws InterruptedException, IOException {
    return await(PATIENCE);
  }

  /** Its exit code, once it ended by itself, which may take that long. */
  int await(Duration patience) throws InterruptedException, IOException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new AssertionError("still running after " + patience + ":\n" + out() + err());
    }
    return process.exitValue();
  }

  /** SIGKILL: no hook, no flush, no goodbye. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }

  private static String classPath(List<String> missing) {
    String given = System.getenv("CAIRN_CLASSPATH");
    String own = given == null ? System.getProperty("java.class.path") : given;
    List<String> absolute = new ArrayList<>();
    for (String entry : own.split(":")) {
      String name = String.valueOf(Path.of(entry).getFileName());
      if (missing.stream().anyMatch(name::startsWith)) {
        continue;
      }
      absolute.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(":", absolute);
  }
}
