package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.example.IncidentNight;
import dev.cairn.report.Format;
import dev.cairn.report.JsonLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn demo}: makes an example database, then plans, applies and verifies on it. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes an example database, then plans, applies and verifies on it.")
final class DemoProcess implements Callable<Integer> {
  private final Terminal terminal;
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private ProcessOptions options;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "where it is written (${DEFAULT-VALUE})")
  private Path folder = Path.of("demo");

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "how large, 1 being the volumes of the migration plan")
  private double scale = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "another seed makes other data")
  private long seed = 1;

  @Option(
      names = "--story",
      paramLabel = "STORY",
      defaultValue = "liveone",
      description = "liveone, incident, vendor or option-2a (${DEFAULT-VALUE})")
  private String story = "liveone";

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "of option-2a: the PostgreSQL database it is written into")
  private String database;

  @Option(
      names = "--damaged",
      description = "of the incident: the evening after, with the snapshot of the night before")
  private boolean damaged;

  @Option(names = "--create-only", description = "make the database and stop")
  private boolean createOnly;

  private boolean toOut = true;

  DemoProcess(Terminal terminal, PrintStream out, PrintStream err) {
    this.terminal = terminal;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Settings settings = options.settings(terminal.outIsTerminal());
    toOut = settings.format() == Format.TABLE;
    Interrupts interrupts = new Interrupts();
    terminal.listen(interrupts);
    Console console = terminal.console(out, err, settings.quiet());
    try (Session session = new Session(settings, console, interrupts)) {
      String made = create(session);
      return (createOnly ? ExitCode.DONE : narrate(session, made)).code();
    }
  }

  /** Returns what opens it. */
  private String create(Session session) {
    DemoStory told = story();
    if (!(scale >= 0.001 && scale <= 100)) {
      throw CairnException.usage("--scale is a number from 0.001 to 100, not " + scale);
    }
    if (damaged && told != DemoStory.INCIDENT) {
      throw CairnException.usage("--damaged goes with --story incident");
    }
    if (told.isOnServer() != (database != null)) {
      throw CairnException.usage(
          told.isOnServer()
              ? "--story " + story + " needs --database postgresql://HOST/NAME"
              : "--database goes with --story option-2a");
    }
    if (told.isOnServer()) {
      return onServer(session, told);
    }
    Path file = folder.resolve(story + ".db");
    if (Files.exists(file)) {
      throw CairnException.of(ExitCode.FAILED, "exists", file + " is already there")
          .hint(
              "explore it with `./cairn " + file + "`, or name another folder: `./cairn demo DIR`");
    }
    try {
      Files.createDirectories(folder);
      session.output().notice("making " + file + " ...");
      long started = System.nanoTime();
      Map<String, Object> planted =
          damaged
              ? IncidentNight.write(file, scale, seed, line -> progress(session, line)).toMap()
              : told.write(file, scale, seed, line -> progress(session, line));
      write(folder.resolve(story + ".planted.json"), planted);
      session
          .output()
          .notice(
              "made in %.1f s, %,d MB"
                  .formatted((System.nanoTime() - started) / 1e9, Files.size(file) / 1_000_000));
    } catch (IOException error) {
      throw CairnException.failed("demo", "can't write " + folder + ": " + error.getMessage())
          .causedBy(error);
    }
    return file.toString();
  }

  private String onServer(Session session, DemoStory told) {
    session.output().notice("making tables in " + database + " ...");
    long started = System.nanoTime();
    try {
      Map<String, Object> planted =
          told.write(database, scale, seed, line -> progress(session, line));
      Files.createDirectories(folder);
      write(folder.resolve(story + ".planted.json"), planted);
    } catch (IOException error) {
      throw CairnException.failed("demo", error.getMessage())
          .hint("a database of its own is best for it: CREATE DATABASE demo")
          .causedBy(error);
    }
    session.output().notice("made in %.1f s".formatted((System.nanoTime() - started) / 1e9));
    return database;
  }

  private static void progress(Session session, String line) {
    session.output().notice("  " + line);
  }

  private static void write(Path file, Map<String, Object> planted) throws IOException {
    var onlyMine =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.deleteIfExists(file);
    try (var channel =
        Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyMine)) {
      String text = new JsonLine("planted", planted).text() + "\n";
      var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private ExitCode narrate(Session session, String made) {
    session.open(made);
    ScriptRunner runner = new ScriptRunner(session);
    for (DemoStep step : damaged ? DemoScript.damaged() : story().steps()) {
      say("\n" + step.told());
      ExitCode code = play(session, runner, step.lines());
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    say("\nThe database is yours to explore:  ./cairn " + made);
    story().hints().forEach(this::say);
    say("What was planted in it stands in " + folder.resolve(story + ".planted.json"));
    return ExitCode.DONE;
  }

  /** A line that must fail goes together with the line that expects it, as in a script. */
  private ExitCode play(Session session, ScriptRunner runner, List<String> lines) {
    StringBuilder together = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      say("cairn> " + lines.get(i));
      if (lines.get(i).equals("apply") && session.database().live()) {
        // Its tables are the demo's own, made a moment ago: whoever named the database let it
        // write.
        session.plan().map(ApplyCommand::token).ifPresent(session::approve);
      }
      together.append(lines.get(i)).append('\n');
      if (i + 1 == lines.size() || !lines.get(i + 1).startsWith("expect error ")) {
        ExitCode code = runner.run("", together.toString(), true);
        if (code != ExitCode.DONE) {
          return code;
        }
        together.setLength(0);
      }
    }
    return ExitCode.DONE;
  }

  private DemoStory story() {
    return DemoStory.named(story)
        .orElseThrow(
            () ->
                CairnException.usage(
                    "this version of Cairn knows the stories "
                        + DemoStory.names()
                        + ", not '"
                        + story
                        + "'"));
  }

  private void say(String line) {
    PrintStream to = toOut ? out : err;
    to.println(line);
    to.flush();
  }
}
