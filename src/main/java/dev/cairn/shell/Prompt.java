package dev.cairn.shell;

import dev.cairn.command.Interrupts;
import dev.cairn.command.ScriptRunner;
import dev.cairn.command.Session;
import dev.cairn.error.ExitCode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;

/** The loop of a person's session: reads a line until it is whole, runs it, and again. */
final class Prompt {
  /** How long a hang-up's signal may come behind the end of input that it causes. */
  private static final long SIGNAL_MILLIS = 100;

  private static final List<String> COMPLETION_STYLES =
      List.of(
          LineReader.COMPLETION_STYLE_STARTING,
          LineReader.COMPLETION_STYLE_LIST_STARTING,
          LineReader.COMPLETION_STYLE_DESCRIPTION,
          LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
          LineReader.COMPLETION_STYLE_GROUP,
          LineReader.COMPLETION_STYLE_LIST_GROUP,
          LineReader.COMPLETION_STYLE_BACKGROUND,
          LineReader.COMPLETION_STYLE_LIST_BACKGROUND);

  private final Session session;
  private final ScriptRunner runner;
  private final Keyboard keyboard;
  private final Optional<Path> stateFolder;

  /**
   * @param stateFolder where the history is kept; empty for none
   */
  Prompt(Session session, ScriptRunner runner, Keyboard keyboard, Optional<Path> stateFolder) {
    this.session = session;
    this.runner = runner;
    this.keyboard = keyboard;
    this.stateFolder = stateFolder;
  }

  /** Reads and runs until the person or a signal ends it. */
  ExitCode run() {
    try (CatalogCache catalogs = new CatalogCache()) {
      LineReader reader = reader(catalogs);
      while (!session.isOver() && !terminated()) {
        session.interrupts().clear();
        Optional<String> line = line(reader);
        if (line.isEmpty()) {
          break;
        }
        runner.run("", line.get(), false);
        catalogs.expire();
      }
    }
    sayRollback();
    return terminated() ? ExitCode.TERMINATED : ExitCode.DONE;
  }

  /** The next line, empty for one that was given up; nothing where the person leaves. */
  private Optional<String> line(LineReader reader) {
    session.console().out().flush();
    session.console().err().flush();
    String prompt = PromptText.of(session).text(colour()).toAnsi(keyboard.terminal());
    try {
      return Optional.of(keyboard.read(reader, escaped(prompt)));
    } catch (UserInterruptException cleared) {
      return terminated() ? Optional.empty() : Optional.of("");
    } catch (EndOfFileException left) {
      awaitSignal();
      return Optional.empty();
    }
  }

  /** A terminal that goes away ends the input first and sends its signal then. */
  private void awaitSignal() {
    try {
      for (int waited = 0; waited < SIGNAL_MILLIS && !terminated(); waited += 10) {
        Thread.sleep(10);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean terminated() {
    Interrupts interrupts = session.interrupts();
    return interrupts.stopRequested() && interrupts.exit() == ExitCode.TERMINATED;
  }

  private void sayRollback() {
    if (session.rollback()) {
      PrintStream err = session.console().err();
      err.println("the open transaction was rolled back");
      err.flush();
    }
  }

  private boolean colour() {
    return session.settings().color();
  }

  private LineReader reader(CatalogCache catalogs) {
    LineReader reader =
        LineReaderBuilder.builder()
            .appName("cairn")
            .terminal(keyboard.terminal())
            .parser(new StatementParser(runner, session::flavour))
            .completer(new Completion(session, runner, catalogs))
            .highlighter(
                new SqlHighlighter(runner.commands().names(), session::flavour, this::colour))
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.BRACKETED_PASTE, true)
            .option(Option.CASE_INSENSITIVE, true)
            .option(Option.COMPLETE_MATCHER_TYPO, false)
            .option(Option.INSERT_TAB, false)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P %M> ")
            .variable(LineReader.FEATURES_MAX_BUFFER_SIZE, StatementParser.LONGEST_EXPLAINED)
            .variable(LineReader.DISABLE_COMPLETION, keyboard.isDumb())
            .history(new KeptHistory(stateFolder, this::warn))
            .build();
    if (!colour()) {
      COMPLETION_STYLES.forEach(style -> reader.setVariable(style, ""));
    }
    return reader;
  }

  private void warn(String message) {
    PrintStream err = session.console().err();
    err.println("warning: " + message);
    err.flush();
  }

  /** A text that JLine shows as it stands, percent signs too. */
  static String escaped(String prompt) {
    return prompt.replace("%", "%%");
  }
}
