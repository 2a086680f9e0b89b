package dev.cairn.command;

import dev.cairn.analysis.lint.Linter;
import dev.cairn.catalog.Catalog;
import dev.cairn.database.Database;
import dev.cairn.database.Databases;
import dev.cairn.database.SqliteDatabase;
import dev.cairn.error.CairnException;
import dev.cairn.report.ErrorReport;
import dev.cairn.sql.Flavour;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn lint}: findings for SQL files, with or without a database. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Finds in SQL files what must not reach a database.",
    footer = {
      "",
      "Without --database and --schema the files' own CREATE TABLEs are all that is known.",
      "Exit codes: 0 no error, 1 a file can't be read, 2 wrong use, 3 an error was found.",
      "A comment above a statement or its line allows one finding:",
      "  -- cairn: allow partial-key because every system has the same ids"
    })
final class LintProcess implements Callable<Integer> {
  private final Terminal terminal;
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--database",
      paramLabel = "DB",
      description = "the database whose schema the files start from; it is only read")
  private String database;

  @Option(
      names = "--schema",
      paramLabel = "FILE.sql",
      description = "a file or folder whose schema the files start from; repeatable")
  private List<String> schema = new ArrayList<>();

  @Option(
      names = "--dialect",
      paramLabel = "DIALECT",
      description = "sqlite (as long as nothing is said) or postgresql")
  private Flavour dialect;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, sarif or github")
  private LintFormat format = LintFormat.TEXT;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never")
  private ProcessOptions.Color color = ProcessOptions.Color.AUTO;

  @Option(names = "--debug", description = "show the stack trace of an error")
  private boolean debug;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "files, and folders whose *.sql are read in natural order; - is stdin")
  private List<String> files = new ArrayList<>();

  LintProcess(Terminal terminal, PrintStream out, PrintStream err) {
    this.terminal = terminal;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try {
      if (database != null && !schema.isEmpty()) {
        throw CairnException.usage("--database and --schema both say what the schema is")
            .hint("give one of them");
      }
      Flavour flavour = dialect == null ? Flavour.SQLITE : dialect;
      Catalog start = database == null ? new Catalog(List.of(), "") : live(flavour);
      boolean colour = color.applies(terminal.outIsTerminal()) && format == LintFormat.TEXT;
      Linting linting = new Linting(new Linter(start, flavour), format, colour, out, err);
      linting.schema(schema);
      return linting.lint(files).code();
    } catch (CairnException error) {
      show(error);
      return error.exit().code();
    }
  }

  private Catalog live(Flavour flavour) {
    SqliteDatabase.Options options =
        new SqliteDatabase.Options(false, true, false, Settings.defaults().busyTimeoutMillis());
    try (Database opened = Databases.open(database, options)) {
      if (dialect != null && opened.dialect().flavour() != flavour) {
        throw CairnException.usage("--dialect is another than the database's");
      }
      return opened.catalog();
    }
  }

  private void show(CairnException error) {
    out.flush();
    ErrorReport report = ErrorReport.of(error);
    err.print(
        format == LintFormat.JSON
            ? report.json() + "\n"
            : report.text(color.applies(terminal.outIsTerminal())));
    if (debug) {
      error.printStackTrace(err);
    }
  }
}
