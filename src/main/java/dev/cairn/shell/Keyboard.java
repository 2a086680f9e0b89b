package dev.cairn.shell;

import dev.cairn.command.Interrupts;
import dev.cairn.error.ExitCode;
import java.io.IOError;
import java.io.IOException;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/**
 * The terminal that a person types at, opened when it is first needed. While a line is read,
 * signals end the reading; at all other times they reach the session.
 */
final class Keyboard implements AutoCloseable {
  private static final Size USUAL = Size.of(80, 24);

  private final Supplier<Terminal> opener;
  private volatile Interrupts interrupts = new Interrupts();
  private volatile Thread reading;
  private Terminal terminal;

  Keyboard(Supplier<Terminal> opener) {
    this.opener = opener;
  }

  /** What signals are told to. */
  void listen(Interrupts session) {
    interrupts = session;
  }

  /** Whether a signal asked to stop. */
  boolean stopRequested() {
    return interrupts.stopRequested();
  }

  Terminal terminal() {
    if (terminal == null) {
      terminal = opener.get();
      terminal.handle(Signal.INT, signal -> interrupts.signal(ExitCode.INTERRUPTED));
      Size size = terminal.getSize();
      if (size.getColumns() == 0 || size.getRows() == 0) {
        terminal.setSize(USUAL); // a pseudo-terminal that nobody gave a size
      }
    }
    return terminal;
  }

  /** Whether it can't move its cursor. */
  boolean isDumb() {
    return terminal().getType().startsWith(Terminal.TYPE_DUMB);
  }

  Size size() {
    return terminal().getSize();
  }

  /** Ends the reading of a line; false where none is read. Called from a signal's thread. */
  boolean wake() {
    Thread reader = reading;
    if (reader != null) {
      reader.interrupt();
    }
    return reader != null;
  }

  /**
   * Reads a line. Throws UserInterruptException where Ctrl-C or a signal ended it, and
   * EndOfFileException at Ctrl-D or where the terminal is gone.
   */
  String read(LineReader reader, String prompt) {
    reading = Thread.currentThread();
    try {
      if (interrupts.stopRequested()) {
        throw new UserInterruptException("");
      }
      String line = reader.readLine(prompt);
      if (Thread.interrupted()) {
        throw new UserInterruptException(line); // behind its Enter, before anything was run
      }
      return line;
    } catch (IOError gone) {
      throw new EndOfFileException(gone);
    } finally {
      reading = null;
      Thread.interrupted(); // a signal that came just behind the line has told the session
    }
  }

  @Override
  public void close() {
    if (terminal != null) {
      try {
        terminal.close();
      } catch (IOException hungUp) {
        // nobody is left to see it
      }
    }
  }
}
