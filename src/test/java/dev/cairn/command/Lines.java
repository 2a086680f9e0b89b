package dev.cairn.command;

import dev.cairn.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Lines run in this process, off a terminal, and what was said to them. */
final class Lines {
  private final Path database;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  Lines(Path database) {
    this.database = database;
  }

  /** Runs them in a session of their own. */
  ExitCode run(boolean yes, String... lines) throws Exception {
    try (Session session = session(yes)) {
      return new ScriptRunner(session).run("", String.join("\n", lines) + "\n", true);
    }
  }

  Session session(boolean yes) {
    PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream rest = new PrintStream(err, true, StandardCharsets.UTF_8);
    Settings usual = Settings.defaults();
    Settings settings =
        new Settings(
            false,
            yes,
            List.of(),
            false,
            false,
            false,
            Optional.empty(),
            false,
            false,
            false,
            false,
            usual.tuning());
    Session session =
        new Session(settings, new ScriptedConsole(results, rest, true), new Interrupts());
    session.open(database.toString());
    return session;
  }

  /** Everything said so far. */
  String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }
}
