package dev.cairn.command;

import dev.cairn.report.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every way of starting Cairn takes. */
final class ProcessOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, vertical, csv, json or markdown")
  private Format format = Format.TABLE;

  @Option(names = "--csv-safe", description = "defuse CSV cells that a spreadsheet would run")
  private boolean csvSafe;

  @Option(names = "--yes", description = "run typed changes without asking")
  private boolean yes;

  @Option(
      names = "--plan",
      paramLabel = "TOKEN",
      description = "the token that approves the next apply; repeatable, one for each")
  private List<String> tokens = new ArrayList<>();

  @Option(
      names = "--live",
      description = "treat the database as live: an apply needs its own approval")
  private boolean live;

  @Option(names = "--read-only", description = "refuse every change")
  private boolean readOnly;

  @Option(names = "--create", description = "make the database file if it is missing")
  private boolean create;

  @Option(
      names = "--plans",
      paramLabel = "DIR",
      description = "where plans are: plans/ here, else beside the launcher")
  private Path plans;

  @Option(
      names = "--keep-going",
      description = "go on after a failure; the worst exit code is reported")
  private boolean keepGoing;

  @Option(names = "--quiet", description = "no progress and no notices")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never")
  private Color color = Color.AUTO;

  @Option(names = "--debug", description = "show the stack trace of an error")
  private boolean debug;

  /** When to colour. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    /** Whether results that go to a terminal, or don't, are coloured. */
    boolean applies(boolean outIsTerminal) {
      String forbidden = System.getenv("NO_COLOR");
      String term = String.valueOf(System.getenv("TERM")).toLowerCase(Locale.ROOT);
      boolean auto =
          outIsTerminal && (forbidden == null || forbidden.isEmpty()) && !term.equals("dumb");
      return this == ALWAYS || (this == AUTO && auto);
    }
  }

  /** The settings; {@code outIsTerminal} decides what colour auto means. */
  Settings settings(boolean outIsTerminal) {
    return new Settings(
        csvSafe,
        yes,
        tokens,
        live,
        readOnly,
        create,
        Optional.ofNullable(plans),
        keepGoing,
        quiet,
        color.applies(outIsTerminal),
        debug,
        Tuning.usual(format));
  }
}
