package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The benchmark: interleaved rounds of every section that was asked for, then one table. */
public final class Bench {
  private Bench() {}

  /** Runs it; exit 1 where rows differ or a limit is exceeded. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("bench: " + wrong.getMessage() + " (--help shows how)");
      System.exit(2);
      return;
    }
    if (Machine.load() > 0.5) {
      System.err.printf(
          "bench: others are at work here (load %.1f): figures will be off%n", Machine.load());
    }
    boolean ok;
    try (Workspace workspace = new Workspace(options)) {
      Figures figures = new Figures(options.judged());
      run(options, workspace, figures);
      System.out.print(new MarkdownReport(options, figures, workspace.log()).text());
      if (options.json().isPresent()) {
        Path json = options.json().get();
        Files.write(json, JsonLines.of(figures, workspace.log()));
        System.err.println("bench: every run is in " + json);
      }
      ok = figures.allHold();
    }
    System.exit(ok ? 0 : 1);
  }

  private static void run(Options options, Workspace workspace, Figures figures)
      throws IOException, InterruptedException, SQLException {
    if (options.wants("points")) {
      new CopySection(workspace, figures, Migration.POINTS).run(options.rounds());
    }
    if (options.wants("agg5m")) {
      new CopySection(workspace, figures, Migration.AGG5M).run(options.rounds());
    }
    if (options.wants("growth")) {
      new GrowthSection(workspace, figures).run(options.rounds());
    }
    if (options.wants("preview")) {
      new PreviewSection(workspace, figures).run(options.rounds());
    }
    WaysBackSection waysBack = new WaysBackSection(workspace, figures);
    if (options.wants("undo")) {
      waysBack.undo(options.rounds());
      waysBack.migrations(options.rounds());
    }
    if (options.wants("rebuild")) {
      waysBack.rebuild(options.rounds());
    }
    if (options.wants("snapshot")) {
      waysBack.snapshotAndDiff(options.rounds());
    }
    List<Migration> migrations =
        Stream.of(Migration.values()).filter(each -> wants(options, each)).toList();
    boolean besideWriter = options.wants("libsql-writer");
    if (!migrations.isEmpty() || besideWriter) {
      new LibsqlSection(workspace, figures).run(options.rounds(), migrations, besideWriter);
    }
    postgresql(options, workspace, figures);
    for (String mode : new String[] {"wal", "delete"}) {
      if (options.wants("live-" + mode)) {
        new LiveSection(workspace, figures, mode).run(options.rounds());
      }
    }
  }

  /** A server is asked for by name: there is none where nobody says so. */
  private static void postgresql(Options options, Workspace workspace, Figures figures)
      throws IOException, InterruptedException, SQLException {
    List<Migration> migrations =
        Stream.of(Migration.values())
            .filter(each -> options.wants("postgresql-" + each.plan()))
            .toList();
    boolean option = options.only().contains("option-2a");
    if (options.only().isEmpty() || (migrations.isEmpty() && !option)) {
      return;
    }
    try (PostgresqlDatabases server = new PostgresqlDatabases()) {
      for (Migration migration : migrations) {
        new PostgresqlSection(workspace, figures, server).run(options.rounds(), migration);
      }
      if (option) {
        new OptionTwoASection(workspace, figures, server, options.scale()).run(options.rounds());
      }
    }
  }

  private static boolean wants(Options options, Migration migration) {
    return options.wants("libsql-" + migration.plan());
  }
}
