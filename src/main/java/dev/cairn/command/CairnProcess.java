package dev.cairn.command;

import dev.cairn.database.Databases;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.plan.Token;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The process's command line: reads options, then hands over to a session. */
@Command(
    name = "cairn",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "An interactive, SQL-first shell for changing data that already matters.",
    footer = {
      "",
      "Without -c or -f: a prompt, or a script from standard input where that is no terminal.",
      "Exit codes: 0 done, 1 refused by the engine, 2 wrong use, 3 refused by a safety check,",
      "4 drift, 5 verification failed, 6 stopped (resume), 7 outcome unknown (resume), 130, 143."
    })
public final class CairnProcess implements Callable<Integer> {
  private final Terminal terminal;
  private final PrintStream out = stream(FileDescriptor.out);
  private final PrintStream err = stream(FileDescriptor.err);

  @Mixin private ProcessOptions options;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATABASE",
      description = {
        "a SQLite file (a path, sqlite:PATH, jdbc:sqlite:PATH), or a libSQL server's database:",
        "libsql://HOST, http(s)://HOST:PORT with ?namespace=NAME where it has several; its token",
        "comes from CAIRN_AUTH_TOKEN or TURSO_AUTH_TOKEN, never from here"
      })
  private String database;

  @ArgGroup(exclusive = true, multiplicity = "0..*")
  private List<Work> work = new ArrayList<>();

  /** One -c or -f, in the order typed. */
  static final class Work {
    @Option(
        names = "-c",
        paramLabel = "LINE",
        required = true,
        description = "run this line and exit")
    private String line;

    @Option(
        names = "-f",
        paramLabel = "FILE",
        required = true,
        description = "run this script and exit; - is stdin")
    private String file;
  }

  /**
   * @param terminal what the shell adds
   */
  public CairnProcess(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs the process; the result is its exit code. */
  public int execute(String... arguments) {
    CommandLine line = new CommandLine(this);
    line.addSubcommand("demo", new DemoProcess(terminal, out, err));
    line.addSubcommand("lint", new LintProcess(terminal, out, err));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(new UsageErrors(out, err));
    line.setExecutionExceptionHandler(
        (exception, commandLine, result) -> {
          Output output =
              new Output(
                  new ScriptedConsole(out, err, false), Settings.defaults(), new LastResult());
          if (exception instanceof CairnException known) {
            output.error(known);
            return known.exit().code();
          }
          output.fault(exception);
          return ExitCode.FAULT.code();
        });
    int code = line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  @Override
  public Integer call() {
    boolean atPrompt = work.isEmpty() && terminal.isInteractive();
    Settings settings = options.settings(terminal.outIsTerminal());
    Console console =
        atPrompt ? terminal.prompting(out, err) : terminal.console(out, err, settings.quiet());
    Interrupts interrupts = new Interrupts();
    terminal.listen(interrupts);
    try (Session session = new Session(settings, console, interrupts)) {
      try {
        refuseLater(settings);
        if (database != null) {
          session.open(database);
        }
      } catch (CairnException error) {
        session.output().error(error);
        return error.exit().code();
      }
      ScriptRunner runner = new ScriptRunner(session);
      return (atPrompt ? terminal.prompt(session, runner) : scripts(runner, session)).code();
    }
  }

  private void refuseLater(Settings settings) {
    settings.tokens().forEach(Token::parse);
    if (settings.create() && database != null && Databases.isOnServer(database)) {
      throw CairnException.usage("--create makes a database file; " + database + " is on a server")
          .hint("a server's databases are made with its own tools (docs/turso.md)");
    }
    if ("test".equals(database)) {
      throw CairnException.usage("this version of Cairn has no `cairn test` yet");
    }
  }

  private ExitCode scripts(ScriptRunner runner, Session session) {
    List<Work> all = work.isEmpty() ? List.of(standardInput()) : work;
    ExitCode code = ExitCode.DONE;
    runner.begin(typed(all));
    for (Work each : all) {
      code = one(runner, session, each);
      if (session.isOver() || (code != ExitCode.DONE && !session.settings().keepGoing())) {
        break;
      }
    }
    ExitCode end = runner.finish();
    return end == ExitCode.DONE ? code : end;
  }

  private static ExitCode one(ScriptRunner runner, Session session, Work work) {
    try {
      return work.line != null ? runner.run("", work.line, true) : runner.runFile(work.file);
    } catch (CairnException unreadable) {
      session.output().error(unreadable);
      return unreadable.exit();
    }
  }

  /** All lines of {@code -c} are one script. */
  private static String typed(List<Work> all) {
    return all.stream()
        .filter(work -> work.line != null)
        .map(work -> work.line)
        .collect(Collectors.joining("\n;\n"));
  }

  private static Work standardInput() {
    Work work = new Work();
    work.file = "-";
    return work;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
        false,
        StandardCharsets.UTF_8);
  }
}
