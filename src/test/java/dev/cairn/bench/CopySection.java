package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One migration: Cairn, the plain statement and row-by-row copies, each on a fresh copy. */
final class CopySection {
  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");

  private final Workspace workspace;
  private final Figures figures;
  private final Migration migration;
  private String rowsOfA;
  private String rowsOfB;

  CopySection(Workspace workspace, Figures figures, Migration migration) {
    this.workspace = workspace;
    this.figures = figures;
    this.migration = migration;
  }

  void run(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      List<Character> order = new ArrayList<>(List.of('A', 'B'));
      if (migration == Migration.POINTS) {
        order.addAll(List.of('C', 'D'));
      }
      // Each way is the first once in a while: nobody always finds the machine as another left it.
      Collections.rotate(order, -round);
      Round seconds = new Round();
      for (char way : order) {
        Path copy = workspace.freshCopy(1);
        switch (way) {
          case 'A' -> {
            TimedRun run = plainStatement(copy, round);
            seconds.a = run.seconds();
            seconds.cpuA = run.cpuSeconds();
          }
          case 'B' -> cairn(copy, round, seconds);
          case 'C' -> seconds.c = rowByRow(copy, round, "C", "rows");
          default -> seconds.c16 = rowByRow(copy, round, "C16", "readings");
        }
      }
      add(seconds);
      if (round == 0) {
        figures.check(migration.plan() + ": A and B leave the same rows", rowsOfA.equals(rowsOfB));
      }
    }
  }

  /** What one round measured, in seconds. */
  private static final class Round {
    private double a;
    private double cpuA;
    private double b;
    private double cpuB;
    private double c;
    private double c16;
    private double start;
    private double plan;
    private double apply;
    private double verify;
    private double again;
    private double peak;
  }

  private TimedRun plainStatement(Path copy, int round) throws IOException, InterruptedException {
    TimedRun run = workspace.oneStatement(migration, migration.plan() + " A", copy);
    if (round == 0) {
      rowsOfA = RowDigest.of(copy, migration);
    }
    return run;
  }

  private void cairn(Path copy, int round, Round seconds) throws IOException, InterruptedException {
    String name = migration.plan();
    String plan = "plan migrate " + name;
    seconds.start = workspace.cairn(name + " start only", copy, "select 1").seconds();
    seconds.plan = workspace.cairn(name + " plan only", copy, plan).seconds() - seconds.start;
    TimedRun run = workspace.cairn(name + " B", copy, plan, "apply");
    seconds.b = run.seconds();
    seconds.cpuB = run.cpuSeconds();
    seconds.peak = run.peakMegabytes();
    if (round == 0) {
      figures.check(name + ": B found itself alone", !run.remarked("short batches"));
      rowsOfB = RowDigest.of(copy, migration);
    }
    String own = "SELECT seconds FROM cairn_run ORDER BY run DESC LIMIT 1";
    seconds.apply = Double.parseDouble(workspace.ask(copy, own).get(0));
    TimedRun verified =
        workspace.cairn(name + " verify", copy, "set format json", "verify " + name);
    seconds.verify = secondsIn(verified);
    seconds.again = workspace.cairn(name + " B again", copy, plan, "apply").seconds();
  }

  private double rowByRow(Path copy, int round, String letter, String form)
      throws IOException, InterruptedException {
    TimedRun run =
        workspace.java(migration.plan() + " " + letter, RowByRowCopy.class, copy.toString(), form);
    if (round == 0) {
      figures.check(
          migration.plan() + ": " + letter + " leaves the same rows",
          RowDigest.of(copy, migration).equals(rowsOfA));
    }
    return run.seconds();
  }

  private void add(Round round) {
    String name = migration.plan() + ": ";
    if (migration == Migration.POINTS) {
      figures.ratio(name + "B / A", round.b / round.a, new Limit(1.2, 1.0, false));
      figures.ratio(name + "B / C", round.b / round.c, Limit.NONE);
      figures.ratio(name + "B / C16", round.b / round.c16, Limit.NONE);
      figures.ratio(name + "C / A", round.c / round.a, Limit.NONE);
      figures.ratio(name + "C16 / A", round.c16 / round.a, Limit.NONE);
      figures.ratio(name + "verify / apply", round.verify / round.apply, Limit.median(1));
      figures.ratio(name + "plan / apply", round.plan / round.apply, Limit.median(0.1));
      figures.ratio(name + "B again / A", round.again / round.a, Limit.median(0.5));
    } else {
      figures.ratio(name + "B / A", round.b / round.a, Limit.NONE);
      figures.ratio(name + "B / (1.2 A + 1 s)", round.b / (1.2 * round.a + 1), Limit.median(1));
      figures.ratio(name + "verify / apply", round.verify / round.apply, Limit.NONE);
      figures.ratio(name + "plan / apply", round.plan / round.apply, Limit.NONE);
      figures.ratio(name + "B again / A", round.again / round.a, Limit.NONE);
    }
    figures.ratio(name + "B / A in cpu time", round.cpuB / round.cpuA, Limit.NONE);
    figures.ratio(name + "apply / A", round.apply / round.a, Limit.NONE);
    figures.add(name + "apply itself", round.apply, " s", Limit.NONE);
    figures.add(name + "memory of B at its peak", round.peak, " MB", Limit.worst(200));
  }

  private static double secondsIn(TimedRun run) {
    Matcher found = SECONDS.matcher(String.join("\n", run.output()));
    if (!found.find()) {
      throw new IllegalStateException(run.what() + " printed no seconds");
    }
    return Double.parseDouble(found.group(1));
  }
}
