package dev.cairn.command;

import dev.cairn.analysis.lint.LintedFile;
import dev.cairn.analysis.lint.Linter;
import dev.cairn.command.SqlFiles.SqlFile;
import dev.cairn.error.ExitCode;
import dev.cairn.report.GithubReport;
import dev.cairn.report.LintReport;
import dev.cairn.report.SarifReport;
import dev.cairn.report.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Lints files and shows what was found: results to out, what bears on them to err. */
final class Linting {
  private final Linter linter;
  private final LintFormat format;
  private final boolean colour;
  private final PrintStream out;
  private final PrintStream err;

  Linting(Linter linter, LintFormat format, boolean colour, PrintStream out, PrintStream err) {
    this.linter = linter;
    this.format = format;
    this.colour = colour;
    this.out = out;
    this.err = err;
  }

  /** Reads the schema that the linted files start from; says what of it can't be followed. */
  void schema(List<String> names) {
    SqlFiles files = new SqlFiles();
    for (SqlFile file : files.read(names)) {
      linter
          .follow(file.name(), file.text())
          .forEach(remark -> err.print(LintReport.remark(remark, colour)));
    }
    leftOut(files);
  }

  /** Lints files and folders; exit 3 where there is an error that nothing allows. */
  ExitCode lint(List<String> names) {
    SqlFiles files = new SqlFiles();
    List<SqlFile> read = files.read(names);
    leftOut(files);
    List<LintedFile> linted = new ArrayList<>();
    for (SqlFile file : read) {
      LintedFile result = linter.lint(file.name(), file.text());
      show(result);
      linted.add(result);
    }
    if (format == LintFormat.SARIF) {
      out.println(new SarifReport(linted, new Version().number()).text());
    } else if (format == LintFormat.TEXT) {
      out.println(LintReport.summary(linted));
    }
    out.flush();
    boolean errors = linted.stream().anyMatch(file -> file.errors() > 0);
    return errors ? ExitCode.REFUSED : ExitCode.DONE;
  }

  private void show(LintedFile file) {
    LintReport report = new LintReport(file);
    switch (format) {
      case TEXT -> {
        out.print(report.text(colour));
        out.print(report.remarks(colour));
      }
      case JSON -> report.json().forEach(out::println);
      case GITHUB -> GithubReport.lines(file).forEach(out::println);
      case SARIF -> {
        // one log for all files, at the end
      }
    }
  }

  private void leftOut(SqlFiles files) {
    for (String name : files.leftOut()) {
      err.println("note: " + TerminalText.escape(name) + " undoes another file: not read");
    }
    err.flush();
  }
}
