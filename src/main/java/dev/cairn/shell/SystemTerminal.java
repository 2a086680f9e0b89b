package dev.cairn.shell;

import dev.cairn.command.Console;
import dev.cairn.command.Interrupts;
import dev.cairn.command.ScriptRunner;
import dev.cairn.command.ScriptedConsole;
import dev.cairn.command.Session;
import dev.cairn.command.Terminal;
import dev.cairn.error.ExitCode;
import java.io.PrintStream;
import org.jline.utils.Signals;

/** The process's own terminal, where it has one. */
public final class SystemTerminal implements Terminal {

  @Override
  public boolean isInteractive() {
    return FileDescriptors.isTerminal(0) && FileDescriptors.isTerminal(1);
  }

  @Override
  public boolean outIsTerminal() {
    return FileDescriptors.isTerminal(1);
  }

  @Override
  public void listen(Interrupts interrupts) {
    Signals.register("INT", () -> interrupts.signal(ExitCode.INTERRUPTED));
    Signals.register("TERM", () -> interrupts.signal(ExitCode.TERMINATED));
    Signals.register("HUP", () -> interrupts.signal(ExitCode.TERMINATED));
  }

  @Override
  public Console console(PrintStream out, PrintStream err, boolean quiet) {
    return new ScriptedConsole(out, err, quiet);
  }

  @Override
  public Console prompting(PrintStream out, PrintStream err) {
    return new ScriptedConsole(out, err, false);
  }

  @Override
  public ExitCode prompt(Session session, ScriptRunner runner) {
    return ExitCode.DONE;
  }
}
