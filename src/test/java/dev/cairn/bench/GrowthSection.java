package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The points migration at a tenth, once and three times the volume: time and memory. */
final class GrowthSection {
  private static final List<Double> FACTORS = List.of(0.1, 1.0, 3.0);

  private final Workspace workspace;
  private final Figures figures;

  GrowthSection(Workspace workspace, Figures figures) {
    this.workspace = workspace;
    this.figures = figures;
  }

  void run(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      Map<Double, TimedRun> plain = new LinkedHashMap<>();
      Map<Double, TimedRun> cairn = new LinkedHashMap<>();
      double start = 0;
      for (double factor : FACTORS) {
        String at = " at " + label(factor);
        plain.put(
            factor,
            workspace.oneStatement(Migration.POINTS, "A" + at, workspace.freshCopy(factor)));
        Path copy = workspace.freshCopy(factor);
        start = workspace.cairn("start only" + at, copy, "select 1").seconds();
        cairn.put(factor, workspace.cairn("B" + at, copy, "plan migrate points", "apply"));
        workspace.remove(copy);
      }
      add(plain, cairn, start);
    }
    workspace.forget(0.1);
    workspace.forget(3.0);
  }

  private void add(Map<Double, TimedRun> plain, Map<Double, TimedRun> cairn, double start) {
    double once = cairn.get(1.0).seconds() - start;
    for (double factor : FACTORS) {
      double ratio = cairn.get(factor).seconds() / plain.get(factor).seconds();
      figures.ratio("growth: B / A at " + label(factor), ratio, Limit.NONE);
      if (factor != 1.0) {
        double linear = (cairn.get(factor).seconds() - start) / (factor * once);
        figures.ratio(
            "growth: B a row at " + label(factor) + " / at 1x",
            linear,
            factor > 1 ? Limit.median(1.2) : Limit.NONE);
        double shell = plain.get(factor).seconds() / (factor * plain.get(1.0).seconds());
        figures.ratio("growth: A a row at " + label(factor) + " / at 1x", shell, Limit.NONE);
      }
      figures.add(
          "growth: memory of B at its peak at " + label(factor),
          cairn.get(factor).peakMegabytes(),
          " MB",
          Limit.worst(200));
    }
    double memory = cairn.get(3.0).peakMegabytes() / cairn.get(1.0).peakMegabytes();
    figures.ratio("growth: memory at 3x / at 1x", memory, Limit.median(1.1));
  }

  private static String label(double factor) {
    return factor < 1 ? factor + "x" : (int) factor + "x";
  }
}
