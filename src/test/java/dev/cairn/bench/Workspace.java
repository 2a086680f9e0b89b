package dev.cairn.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder with the databases, and the only place that starts a process. */
final class Workspace implements AutoCloseable {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final Options options;
  private final Path home = Path.of(System.getProperty("cairn.home"));
  private final Path folder;
  private final Map<Double, Path> examples = new HashMap<>();
  private final List<TimedRun> log = new ArrayList<>();

  Workspace(Options options) throws IOException {
    this.options = options;
    if (options.folder().isPresent()) {
      Files.createDirectories(options.folder().get());
      this.folder = Files.createTempDirectory(options.folder().get(), "bench-");
    } else {
      this.folder = Files.createTempDirectory("cairn-bench-");
    }
  }

  /** Every run that counted. */
  List<TimedRun> log() {
    return log;
  }

  Path folder() {
    return folder;
  }

  /** Where Cairn and its tests are. */
  Path home() {
    return home;
  }

  /** A new copy of the example database, {@code factor} times as large as asked, on the disk. */
  Path freshCopy(double factor) throws IOException, InterruptedException {
    Path example = example(factor);
    Path copy = folder.resolve("work.db");
    remove(copy);
    Files.copy(example, copy, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return copy;
  }

  /** A new copy of another story's database, at the scale that was asked for. */
  Path freshCopyOf(String story) throws IOException, InterruptedException {
    return freshCopyOf(story, 1);
  }

  /** The same, {@code factor} times as large. */
  Path freshCopyOf(String story, double factor) throws IOException, InterruptedException {
    Path example = folder.resolve(story).resolve(story + ".db");
    if (Files.notExists(example)) {
      List<String> command = new ArrayList<>();
      Collections.addAll(command, home.resolve("cairn").toString(), "demo");
      Collections.addAll(command, example.getParent().toString(), "--story", story);
      double scale = options.scale() * factor;
      Collections.addAll(command, "--create-only", "--scale", Double.toString(scale));
      TimedProcess.run("demo", folder, NO_INPUT, command);
    }
    Path copy = folder.resolve("work.db");
    remove(copy);
    return Files.copy(example, copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Where a statement that the shell runs is kept. */
  Path script(String name) {
    return home.resolve("src/test/bench/" + name + ".sql");
  }

  /** The sqlite3 shell runs one statement. */
  TimedRun shell(String what, Path database, String sql) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(sqlite3(database));
    command.add(sql);
    return kept(TimedProcess.run(what, folder, NO_INPUT, command));
  }

  /** Removes a database with whatever its journal left. */
  void remove(Path database) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
    }
  }

  /** Frees the room of an example that is no longer needed. */
  void forget(double factor) throws IOException {
    Path example = examples.remove(factor);
    if (example != null) {
      remove(example);
    }
  }

  /** The sqlite3 shell runs the migration's one statement. */
  TimedRun oneStatement(Migration migration, String what, Path database)
      throws IOException, InterruptedException {
    Path sql = home.resolve("src/test/bench/" + migration.plan() + ".sql");
    return kept(TimedProcess.run(what, folder, sql, sqlite3(database)));
  }

  /** Cairn runs lines, as a whole process. */
  TimedRun cairn(String what, Path database, String... lines)
      throws IOException, InterruptedException {
    return cairn(what, database.toString(), lines);
  }

  /** The same of a database by its URL. */
  TimedRun cairn(String what, String database, String... lines)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("cairn").toString(), database));
    for (String line : lines) {
      if (!line.startsWith("--")) { // an option of the process
        command.add("-c");
      }
      command.add(line);
    }
    return kept(TimedProcess.run(what, folder, NO_INPUT, command));
  }

  /** Any other program. */
  TimedRun command(String what, String... command) throws IOException, InterruptedException {
    return kept(TimedProcess.run(what, folder, NO_INPUT, List.of(command)));
  }

  /** A class of this package, as a process of its own. */
  TimedRun java(String what, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return kept(TimedProcess.run(what, folder, NO_INPUT, javaCommand(main, arguments)));
  }

  List<String> javaCommand(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Collections.addAll(command, "-Xms32m", "-Xmx512m", "-XX:+UseSerialGC");
    Collections.addAll(command, "-cp", System.getProperty("java.class.path"), main.getName());
    Collections.addAll(command, arguments);
    return command;
  }

  /** What the sqlite3 shell answers; not measured. */
  List<String> ask(Path database, String sql) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(sqlite3(database));
    command.add(sql);
    return TimedProcess.run("ask", folder, NO_INPUT, command).output();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Path example(double factor) throws IOException, InterruptedException {
    Path known = examples.get(factor);
    if (known != null) {
      return known;
    }
    double scale = options.scale() * factor;
    System.err.printf("bench: making the example database at scale %.3g%n", scale);
    Path made = folder.resolve("example-" + examples.size());
    List<String> command =
        List.of(
            home.resolve("cairn").toString(),
            "demo",
            made.toString(),
            "--create-only",
            "--scale",
            Double.toString(scale));
    TimedProcess.run("demo", folder, NO_INPUT, command);
    Path example = folder.resolve("example-" + factor + ".db");
    Files.move(made.resolve("liveone.db"), example);
    examples.put(factor, example);
    return example;
  }

  /** Whatever a person's own settings file says stays out of it. */
  static List<String> sqlite3(Path database) {
    return List.of("sqlite3", "-batch", "-bail", "-init", "/dev/null", database.toString());
  }

  private TimedRun kept(TimedRun run) {
    log.add(run);
    System.err.printf("bench: %-24s %7.2f s%n", run.what(), run.seconds());
    return run;
  }
}
