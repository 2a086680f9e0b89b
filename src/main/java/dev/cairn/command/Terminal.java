package dev.cairn.command;

import dev.cairn.error.ExitCode;
import java.io.PrintStream;

/** What a terminal adds to a session; the shell gives it, a script needs none of it. */
public interface Terminal {

  /** Whether a person types: input and output are both a terminal. */
  boolean isInteractive();

  /** Whether results go to a terminal. */
  boolean outIsTerminal();

  /** Lets signals reach the session. */
  void listen(Interrupts interrupts);

  /** A console for scripts, with progress bars where err is a terminal. */
  Console console(PrintStream out, PrintStream err, boolean quiet);

  /** The prompt, until the person leaves. The session's console must be {@link #prompting}. */
  ExitCode prompt(Session session, ScriptRunner runner);

  /** A console that can ask. */
  Console prompting(PrintStream out, PrintStream err);
}
