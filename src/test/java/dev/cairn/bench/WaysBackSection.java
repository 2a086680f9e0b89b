package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs that everything can be taken back: changes and migrations that are journalled, a
 * table made anew, snapshots, and a diff of all rows.
 */
final class WaysBackSection {
  /** About a thousand systems each. */
  private static final double SYSTEMS = 100;

  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.E-]+)");
  private static final Pattern WAITED = Pattern.compile("a writer waited ([0-9.]+) s");

  private final Workspace workspace;
  private final Figures figures;

  WaysBackSection(Workspace workspace, Figures figures) {
    this.workspace = workspace;
    this.figures = figures;
  }

  /** The incident's SET over the incident's rows, typed, with and without undo, against bare. */
  void undo(int rounds) throws IOException, InterruptedException {
    String update =
        "UPDATE point_readings_agg_5m SET delta = avg * sample_count, avg = NULL, min = NULL,"
            + " max = NULL WHERE sample_count >= 0";
    // What the first statement costs once (the parser, the schema) is no row's cost.
    String none = update.replace(">= 0", "< 0") + ";";
    for (int round = 0; round < rounds; round++) {
      TimedRun bare =
          workspace.shell("undo: bare UPDATE", workspace.freshCopyOf("incident"), update);
      Path copy = workspace.freshCopyOf("incident");
      TimedRun with =
          workspace.cairn("undo: UPDATE", copy, "set format json", none, update + ";", "--yes");
      String written = "SELECT count(*) FROM cairn_undo_point_readings_agg_5m";
      if (round == 0) {
        String rows = "SELECT count(*) FROM point_readings_agg_5m WHERE sample_count >= 0";
        figures.check(
            "undo: every row is journalled",
            workspace.ask(copy, written).equals(workspace.ask(copy, rows)));
      }
      TimedRun back = workspace.cairn("undo: undo", copy, "set format json", "undo");
      TimedRun without =
          workspace.cairn(
              "undo: UPDATE, undo off",
              workspace.freshCopyOf("incident"),
              "set format json",
              none,
              "set undo off",
              update + ";",
              "--yes");
      double off = without.cpuSeconds();
      figures.ratio(
          "undo: UPDATE / bare, less what it takes without undo",
          1 + (with.seconds() - without.seconds()) / bare.seconds(),
          Limit.median(1.8));
      figures.ratio(
          "undo: UPDATE / bare in cpu time, less what it takes without undo",
          1 + (with.cpuSeconds() - off) / bare.cpuSeconds(),
          Limit.NONE);
      figures.ratio("undo: undo / bare", number(back, SECONDS) / bare.seconds(), Limit.NONE);
      figures.add("undo: bare UPDATE itself", bare.seconds(), " s", Limit.NONE);
    }
  }

  /**
   * What a migration writes down so that it can be undone is written again by itself: its share of
   * the run is what the run would save without.
   */
  void migrations(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      for (Migration migration : Migration.values()) {
        Path copy = workspace.freshCopy(1);
        String name = migration.plan();
        workspace.cairn("undo: " + name, copy, "plan migrate " + name, "apply");
        double apply =
            Double.parseDouble(
                workspace.ask(copy, "SELECT seconds FROM cairn_run ORDER BY run DESC").get(0));
        StringBuilder again = new StringBuilder("BEGIN;");
        String kept =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'cairn_undo%'"
                + " OR name LIKE 'cairn_kept%' OR name LIKE 'cairn_keys%')";
        for (String table : workspace.ask(copy, kept)) {
          again.append("CREATE TABLE again_%1$s AS SELECT * FROM %1$s;".formatted(table));
        }
        TimedRun written =
            workspace.shell("undo: journal of " + name, copy, again.append("COMMIT").toString());
        figures.ratio(
            "undo: migration " + name + " / the same without its journal",
            apply / Math.max(apply - written.seconds(), apply / 2),
            migration == Migration.POINTS ? Limit.median(1.05) : Limit.NONE);
      }
    }
  }

  /** A hundred thousand systems get new columns. */
  void rebuild(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      Path copy = workspace.freshCopyOf("vendor", SYSTEMS);
      TimedRun run =
          workspace.cairn("rebuild", copy, "plan migrate vendor-refactor", "apply", "undo");
      List<Double> waited =
          run.remarks().stream()
              .map(WAITED::matcher)
              .filter(Matcher::find)
              .map(found -> Double.valueOf(found.group(1)))
              .toList();
      figures.check("rebuild: there and back", waited.size() == 2);
      figures.add("rebuild: a writer waits", waited.get(0), " s", Limit.median(1));
      figures.add("rebuild: a writer waits on the way back", waited.get(1), " s", Limit.NONE);
    }
  }

  /** A snapshot against cp, and the diff with it after a few thousand changes. */
  void snapshotAndDiff(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      Path copy = workspace.freshCopy(1);
      workspace.cairn("diff: migration", copy, "plan migrate points", "apply");
      double start = workspace.cairn("snapshot: start only", copy, "select 1").seconds();
      Path plain = copy.resolveSibling("plain.db");
      double cp =
          workspace.command("snapshot: cp", "cp", copy.toString(), plain.toString()).seconds();
      double check =
          workspace.shell("snapshot: integrity_check", plain, "PRAGMA integrity_check").seconds();
      workspace.remove(plain);
      TimedRun made = workspace.cairn("snapshot: create", copy, "snapshot create bench");
      double seconds = made.seconds() - start;
      figures.ratio("snapshot: create / cp", seconds / cp, Limit.NONE);
      figures.ratio(
          "snapshot: create / (cp + integrity_check)", seconds / (cp + check), Limit.NONE);
      figures.add("snapshot: create", seconds, " s", Limit.NONE);
      figures.add("snapshot: size", copy.toFile().length() / 1e6, " MB", Limit.NONE);
      String damage =
          "UPDATE point_readings SET value = -7 WHERE id % 1000 = 7;"
              + " DELETE FROM point_readings WHERE id % 5000 = 9";
      workspace.ask(copy, damage);
      TimedRun diff = workspace.cairn("diff", copy, "diff point_readings bench");
      figures.add("diff: all rows of point_readings", diff.seconds() - start, " s", Limit.NONE);
      figures.add("diff: the same in cpu time", diff.cpuSeconds(), " s", Limit.NONE);
      figures.add("diff: memory at its peak", diff.peakMegabytes(), " MB", Limit.worst(200));
      if (round == 0) {
        String rows =
            workspace.ask(copy, "SELECT count(*) FROM point_readings WHERE id % 1000 = 7").get(0);
        String told = String.join(" ", diff.output()).replace(",", "");
        figures.check("diff: it finds what was changed", told.contains(rows + " changed"));
      }
      workspace.cairn("snapshot: drop", copy, "snapshot drop bench", "--yes");
    }
  }

  private static double number(TimedRun run, Pattern pattern) {
    double last = Double.NaN;
    Matcher matcher = pattern.matcher(String.join("\n", run.output()));
    while (matcher.find()) {
      last = Double.parseDouble(matcher.group(1));
    }
    return last;
  }
}
