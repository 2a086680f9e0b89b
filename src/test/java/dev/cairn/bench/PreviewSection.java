package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a preview costs beside the statement that it previews: the incident's UPDATE on the
 * incident's table of 330,000 rows. Counted is the time within the view; the process and the
 * reading of the schema come on top, whatever the size of the table.
 */
final class PreviewSection {
  private static final Pattern MEASURED = Pattern.compile("\"measured_seconds\":([0-9.E-]+)");
  private static final Pattern ROWS = Pattern.compile("\"rows_as_written\":([0-9]+)");

  private final Workspace workspace;
  private final Figures figures;

  PreviewSection(Workspace workspace, Figures figures) {
    this.workspace = workspace;
    this.figures = figures;
  }

  void run(int rounds) throws IOException, InterruptedException {
    String update = Files.readString(workspace.script("incident-0035")).strip();
    String count =
        "SELECT count(*) FROM point_readings_agg_5m " + update.substring(update.indexOf("WHERE"));
    for (int round = 0; round < rounds; round++) {
      Path copy = workspace.freshCopyOf("incident");
      double plainCount = workspace.shell("preview count", copy, count).seconds();
      TimedRun previewed =
          workspace.cairn(
              "preview",
              copy,
              "set format json",
              "preview " + update,
              "preview " + update,
              "preview " + update);
      List<Double> seconds = all(previewed, MEASURED);
      double statement = workspace.shell("preview A", copy, update).seconds();
      figures.ratio("preview: count / A", plainCount / statement, Limit.median(0.3));
      figures.ratio("preview: panel / A", seconds.get(0) / statement, Limit.median(0.5));
      figures.ratio("preview: panel again / A", seconds.get(2) / statement, Limit.NONE);
      figures.add("preview: A itself", statement, " s", Limit.NONE);
      if (round == 0) {
        String changed =
            workspace
                .ask(
                    copy,
                    "SELECT count(*) FROM point_readings_agg_5m "
                        + update.substring(update.indexOf("WHERE")))
                .get(0);
        long told = all(previewed, ROWS).get(0).longValue();
        figures.check("preview: the rows are those of the statement", changed.equals("" + told));
      }
    }
  }

  private static List<Double> all(TimedRun run, Pattern pattern) {
    Matcher matcher = pattern.matcher(String.join("\n", run.output()));
    List<Double> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(Double.valueOf(matcher.group(1)));
    }
    return found;
  }
}
