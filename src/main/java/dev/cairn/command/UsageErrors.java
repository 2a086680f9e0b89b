package dev.cairn.command;

import dev.cairn.error.CairnException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that can't be read: one error with exit 2, not a page of help. */
final class UsageErrors implements IParameterExceptionHandler {
  private final PrintStream out;
  private final PrintStream err;

  UsageErrors(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine line = exception.getCommandLine();
    String suggestion =
        exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && unmatched.getUnmatched().get(0).startsWith("-")
            ? "see " + line.getCommandSpec().qualifiedName() + " --help"
            : "usage: "
                + line.getCommandSpec().qualifiedName()
                + " [OPTIONS] [DATABASE]; see --help";
    new Output(new ScriptedConsole(out, err, false), Settings.defaults(), new LastResult())
        .error(CairnException.usage(exception.getMessage()).hint(suggestion));
    return 2;
  }
}
