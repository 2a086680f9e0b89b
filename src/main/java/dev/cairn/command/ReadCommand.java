package dev.cairn.command;

import dev.cairn.command.Expected.Names;
import dev.cairn.command.ScriptRunner.NestedFailure;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import java.util.List;

/** {@code read FILE}. */
final class ReadCommand implements Command {
  private static final int DEEPEST = 20;

  private final ScriptRunner runner;
  private int depth;

  ReadCommand(ScriptRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "read";
  }

  @Override
  public String usage() {
    return "read FILE";
  }

  @Override
  public String summary() {
    return "runs a script's lines here";
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.names(Names.FILES);
  }

  @Override
  public void run(Session session, String rest) {
    if (rest.isEmpty()) {
      throw CairnException.usage("read what?").hint(usage());
    }
    if (depth >= DEEPEST) {
      throw CairnException.failed(
              "read-depth", "scripts read each other more than " + DEEPEST + " deep")
          .hint("does " + rest + " read itself?");
    }
    depth++;
    try {
      ExitCode code = runner.runFile(rest);
      if (code != ExitCode.DONE) {
        throw new NestedFailure(code);
      }
    } finally {
      depth--;
    }
  }
}
