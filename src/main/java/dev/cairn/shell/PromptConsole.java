package dev.cairn.shell;

import dev.cairn.command.Console;
import dev.cairn.plan.Measured;
import dev.cairn.report.TerminalText;
import java.io.PrintStream;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;

/** A console with a person at it: it can be asked, and knows how wide it is. */
record PromptConsole(Console script, Keyboard keyboard) implements Console {

  @Override
  public PrintStream out() {
    return script.out();
  }

  @Override
  public PrintStream err() {
    return script.err();
  }

  @Override
  public int width() {
    return keyboard.size().getColumns();
  }

  /** An answer; Ctrl-C and Ctrl-D give an empty one, which is a no. */
  @Override
  public Optional<String> ask(String question) {
    out().flush();
    err().flush();
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(keyboard.terminal())
            .parser((line, cursor, context) -> new StatementParser.Words(line, cursor))
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    try {
      return Optional.of(keyboard.read(reader, Prompt.escaped(TerminalText.escape(question))));
    } catch (UserInterruptException | EndOfFileException noAnswer) {
      return Optional.of("");
    }
  }

  @Override
  public Progress progress(Measured measured, long alreadyDone) {
    return script.progress(measured, alreadyDone);
  }
}
