package dev.cairn.command;

import dev.cairn.analysis.Analysis;
import dev.cairn.database.RowStream;
import dev.cairn.dialect.Dialect;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Run;
import dev.cairn.plan.Measured;
import dev.cairn.preview.MeasuredSteps;
import dev.cairn.preview.RestoreScope;
import dev.cairn.preview.StatementPreview;
import dev.cairn.report.AnalysisReport;
import dev.cairn.report.ErrorReport;
import dev.cairn.report.Format;
import dev.cairn.report.JsonLine;
import dev.cairn.report.PlanReport;
import dev.cairn.report.PreviewReport;
import dev.cairn.report.PreviewText;
import dev.cairn.report.RestoreScopeReport;
import dev.cairn.report.RowsOptions;
import dev.cairn.report.RowsWriter;
import dev.cairn.report.RunReport;
import dev.cairn.report.TerminalText;
import dev.cairn.report.VerificationReport;
import dev.cairn.verify.Verification;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows results in the session's format: results to out, everything else to err. */
final class Output {
  private final Console console;
  private final Settings settings;
  private final LastResult last;

  Output(Console console, Settings settings, LastResult last) {
    this.console = console;
    this.settings = settings;
    this.last = last;
  }

  /** Shows rows as they come; stops when their reader goes away. */
  long rows(RowStream stream) {
    RowsWriter writer = writer();
    writer.begin(stream.columns());
    long count = 0;
    List<Object> first = null;
    try {
      while (stream.next()) {
        List<Object> row = stream.row();
        first = first == null ? row : first;
        writer.row(row);
        if (++count % 500 == 0 && console.out().checkError()) {
          return count;
        }
      }
    } catch (CairnException cut) {
      writer.breakOff();
      console.out().flush();
      throw cut;
    }
    writer.end();
    console.out().flush();
    last.rows(count, first);
    return count;
  }

  /** Shows rows as somebody makes them; ends quietly when their reader goes away. */
  void rows(List<String> columns, Consumer<RowLines> source) {
    RowsWriter writer = writer();
    RowLines lines = new RowLines(writer, console);
    writer.begin(columns);
    try {
      source.accept(lines);
    } catch (CairnException cut) {
      writer.breakOff();
      if (lines.refused()) {
        return;
      }
      throw cut;
    }
    writer.end();
    console.out().flush();
    last.rows(lines.count(), lines.first());
    notice(lines.below());
  }

  /** Shows some rows of a database below something else. */
  void sample(List<String> columns, List<List<Object>> rows) {
    RowsWriter writer = writer();
    writer.begin(columns);
    rows.forEach(writer::row);
    writer.end();
    console.out().flush();
  }

  /** Shows a list of ours, in which an empty cell means that there is nothing to say. */
  void rows(List<String> columns, List<List<Object>> rows) {
    RowsWriter writer = settings.format().writer(console.out(), options().withNullText(""));
    writer.begin(columns);
    for (List<Object> row : rows) {
      writer.row(row.stream().map(cell -> "".equals(cell) ? null : cell).toList());
    }
    last.rows(rows.size(), rows.isEmpty() ? null : rows.get(0));
    writer.end();
    console.out().flush();
  }

  void plan(Measured measured, Dialect dialect) {
    show(new PlanReport(measured, dialect));
  }

  private void show(PlanReport report) {
    if (settings.format() == Format.JSON) {
      json("plan", report.json());
      return;
    }
    heading(report.heading());
    rows(report.columns(), report.rows());
    below(report.text());
  }

  /** A plan of several steps. */
  void plan(MeasuredSteps steps, Dialect dialect) {
    show(new PlanReport(steps, dialect));
  }

  /** A plan that puts rows back from a snapshot, with what it would put back and leave. */
  void restore(RestoreScope scope, Measured measured, Dialect dialect) {
    RestoreScopeReport report = new RestoreScopeReport(scope);
    if (settings.format() == Format.JSON) {
      Map<String, Object> fields = new LinkedHashMap<>(new PlanReport(measured, dialect).json());
      fields.put("restore", report.json());
      json("plan", fields);
      return;
    }
    heading(report.heading());
    rows(report.columns(), report.rows());
    below(report.text(options()) + new PlanReport(measured, dialect).text());
  }

  /** What a statement would do, as a result: the analysis, then the preview. */
  void preview(StatementPreview preview, Place place) {
    PreviewReport report = new PreviewReport(preview);
    AnalysisReport analysis = analysis(preview.analysis(), place);
    switch (settings.format()) {
      case JSON -> {
        json("analysis", analysis.json());
        report.json().forEach(fields -> json("preview", fields));
      }
      case TABLE, VERTICAL -> console.out().print(panel(preview, analysis) + next(preview));
      default -> {
        rows(PreviewReport.byColumns(), report.byRows());
        below(panel(preview, analysis));
      }
    }
    console.out().flush();
  }

  /** What a statement to be planned would do; in JSON its analysis, as the plan says the rest. */
  void planned(StatementPreview preview, Place place) {
    AnalysisReport analysis = analysis(preview.analysis(), place);
    if (settings.format() == Format.JSON) {
      json("analysis", analysis.json());
    } else {
      // The findings that are left stand below the plan.
      String changes = analysis.changes(settings.color());
      below(PreviewText.of(preview, options()) + (changes.isEmpty() ? "" : "\n" + changes + "\n"));
    }
  }

  /** The same beside a question to a person, which is no result. */
  void asking(StatementPreview preview, Place place) {
    if (settings.format() != Format.JSON) {
      console.err().print(panel(preview, analysis(preview.analysis(), place)));
      console.err().flush();
    }
  }

  /** Findings about a statement that is about to run. */
  void findings(Analysis analysis, Place place) {
    if (settings.format() != Format.JSON && !settings.quiet()) {
      console.err().print(analysis(analysis, place).text(settings.color()));
      console.err().flush();
    }
  }

  /** What there is to say of a statement that ran at once, below its rows. */
  void notes(Analysis analysis) {
    if (analysis.runsAtOnce() && settings.format() != Format.JSON) {
      analysis
          .findings()
          .forEach(each -> notice("note: " + each.message() + " [" + each.check() + "]"));
    }
  }

  private static String next(StatementPreview preview) {
    if (preview.analysis().effects().isEmpty()) {
      return "";
    }
    return preview.analysis().rewrite().isPresent()
        ? "Nothing was written; `plan` with this statement plans its key-safe text.\n"
        : "Nothing was written.\n";
  }

  private String panel(StatementPreview preview, AnalysisReport analysis) {
    String findings = analysis.text(settings.color());
    return PreviewText.of(preview, options()) + (findings.isEmpty() ? "" : "\n" + findings);
  }

  private static AnalysisReport analysis(Analysis analysis, Place place) {
    return new AnalysisReport(place.of(analysis), place.origin(), place.line());
  }

  void run(Run run) {
    RunReport report = new RunReport(run);
    if (settings.format() == Format.JSON) {
      json("run", report.json());
      return;
    }
    heading(report.heading());
    rows(report.columns(), report.rows());
    below(report.text());
  }

  void verification(String plan, Verification verification) {
    VerificationReport report = new VerificationReport(plan, verification);
    if (settings.format() == Format.JSON) {
      json("verification", report.json());
      return;
    }
    rows(VerificationReport.columns(), report.rows());
    below(report.text());
  }

  /** One JSON object on one line. */
  void json(String kind, Map<String, ?> fields) {
    console.out().println(new JsonLine(kind, fields).text());
    console.out().flush();
  }

  /** A line for people, on out where results are for people, on err where they are for programs. */
  void says(String line) {
    PrintStream to = settings.format() == Format.TABLE ? console.out() : console.err();
    if (to == console.out() || !settings.quiet()) {
      to.println(TerminalText.escape(line));
      to.flush();
    }
  }

  /** A line that is no result. */
  void notice(String line) {
    if (!settings.quiet()) {
      console.err().println(TerminalText.escape(line));
      console.err().flush();
    }
  }

  void error(CairnException error) {
    console.out().flush();
    ErrorReport report = ErrorReport.of(error);
    show(report, error);
  }

  void fault(Throwable fault) {
    console.out().flush();
    Optional<String> message = Optional.ofNullable(fault.getMessage());
    ErrorReport report =
        new ErrorReport(
            "fault",
            ExitCode.FAULT.code(),
            "a fault in Cairn: "
                + fault.getClass().getSimpleName()
                + message.map(m -> ": " + m).orElse(""),
            "run it again with --debug and report what it prints",
            Optional.empty());
    show(report, fault);
  }

  private void show(ErrorReport report, Throwable cause) {
    if (settings.format() == Format.JSON) {
      console.err().println(report.json());
    } else {
      console.err().print(report.text(settings.color()));
    }
    if (settings.debug()) {
      cause.printStackTrace(console.err());
    }
    console.err().flush();
  }

  private void heading(String text) {
    if (settings.format() == Format.TABLE || settings.format() == Format.VERTICAL) {
      console.out().print(text);
    }
  }

  private void below(String text) {
    if (settings.format() == Format.TABLE || settings.format() == Format.VERTICAL) {
      console.out().print(text);
    } else if (!settings.quiet()) {
      console.err().print(text); // a CSV file has no place for a sentence
    }
    console.out().flush();
    console.err().flush();
  }

  private RowsWriter writer() {
    return settings.format().writer(console.out(), options());
  }

  private RowsOptions options() {
    return RowsOptions.PLAIN
        .withWidth(console.width())
        .withColour(settings.color())
        .withCsvSafe(settings.csvSafe());
  }
}
