package dev.cairn.shell;

import dev.cairn.command.Console;
import dev.cairn.command.Interrupts;
import dev.cairn.command.ScriptRunner;
import dev.cairn.command.ScriptedConsole;
import dev.cairn.command.Session;
import dev.cairn.command.Terminal;
import dev.cairn.config.XdgPlaces;
import dev.cairn.error.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** The process's own terminal, where it has one. JLine is started for a prompt and nothing else. */
public final class SystemTerminal implements Terminal {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final Keyboard keyboard = new Keyboard(SystemTerminal::open);

  @Override
  public boolean isInteractive() {
    return FileDescriptors.isTerminal(STDIN) && FileDescriptors.isTerminal(STDOUT);
  }

  @Override
  public boolean outIsTerminal() {
    return FileDescriptors.isTerminal(STDOUT);
  }

  @Override
  public void listen(Interrupts interrupts) {
    keyboard.listen(interrupts);
    Signals.register("INT", () -> interrupt(interrupts));
    Signals.register("TERM", () -> terminate(interrupts));
    Signals.register("HUP", () -> terminate(interrupts));
  }

  /** At a prompt it clears the line. (JLine sees to that itself, but not on a dumb terminal.) */
  private void interrupt(Interrupts interrupts) {
    if (!keyboard.wake()) {
      interrupts.signal(ExitCode.INTERRUPTED);
    }
  }

  private void terminate(Interrupts interrupts) {
    interrupts.signal(ExitCode.TERMINATED);
    keyboard.wake();
  }

  @Override
  public Console console(PrintStream out, PrintStream err, boolean quiet) {
    Console script = new ScriptedConsole(out, err, quiet);
    return quiet || isDumb() || !FileDescriptors.isTerminal(STDERR)
        ? script
        : new BarsConsole(script, () -> FileDescriptors.size(STDERR), keyboard::stopRequested);
  }

  @Override
  public Console prompting(PrintStream out, PrintStream err) {
    return new PromptConsole(console(out, err, false), keyboard);
  }

  @Override
  public ExitCode prompt(Session session, ScriptRunner runner) {
    try (keyboard) {
      return new Prompt(session, runner, keyboard, new XdgPlaces(System.getenv()).state()).run();
    }
  }

  private static boolean isDumb() {
    String type = System.getenv("TERM");
    return type == null || type.isEmpty() || type.toLowerCase(Locale.ROOT).equals("dumb");
  }

  private static org.jline.terminal.Terminal open() {
    // Else JLine takes a terminal that can nothing for one with 256 colours.
    System.setProperty(TerminalBuilder.PROP_DUMB_COLOR, "false");
    try {
      return TerminalBuilder.builder()
          .name("cairn")
          .system(true)
          .dumb(true)
          .nativeSignals(true)
          .encoding(StandardCharsets.UTF_8)
          .graphemeCluster(false) // asks the terminal, and waits for those that don't answer
          .build();
    } catch (IOException unusable) {
      throw new UncheckedIOException("can't open the terminal", unusable);
    }
  }
}
