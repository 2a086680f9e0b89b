package dev.cairn.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cairn.example.OptionTwoA;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data migration of Option 2A: Cairn, one statement over all readings with the trigger off and
 * one refresh, and the document's way, a row at a time with the trigger on. All begin where the
 * plan's scripts have run.
 */
final class OptionTwoASection {
  private static final String NAME = "option-2a-events";
  private static final String ROWS =
      "SELECT count(*) || ' rows, ' || sum(hashtextextended(concat_ws('|', user_id, event_type,"
          + " event_timestamp, reading_kwh, token_amount, token_cost, notes, is_voided, metadata,"
          + " created_at), 0)) || ', view ' || (SELECT count(*) FROM electricity_readings_v)"
          + " FROM token_events";

  /** Row by row, a refresh of 100,000 rows each time, would take half a day. */
  private static final double ROW_BY_ROW_SHARE = 0.1;

  private final Workspace workspace;
  private final Figures figures;
  private final PostgresqlDatabases server;
  private final double scale;

  OptionTwoASection(
      Workspace workspace, Figures figures, PostgresqlDatabases server, double scale) {
    this.workspace = workspace;
    this.figures = figures;
    this.server = server;
    this.scale = scale;
  }

  void run(int rounds) throws IOException, InterruptedException, SQLException {
    Path plan = plan();
    for (int round = 0; round < rounds; round++) {
      List<Boolean> order = new ArrayList<>(List.of(true, false));
      Collections.rotate(order, -round);
      double[] seconds = new double[2];
      String[] rows = new String[2];
      for (boolean cairn : order) {
        String url = server.freshCopy("option-2a", empty -> fill(empty, scale));
        seconds[cairn ? 1 : 0] = cairn ? cairn(url, plan) : oneStatement(url);
        rows[cairn ? 1 : 0] = PostgresqlDatabases.run(url, ROWS);
      }
      figures.add("option-2a: one statement, one refresh", seconds[0], " s", Limit.NONE);
      figures.add("option-2a: Cairn", seconds[1], " s", Limit.NONE);
      figures.ratio("option-2a: Cairn / one statement", seconds[1] / seconds[0], Limit.median(1.3));
      figures.check("option-2a: both leave the same rows", rows[0].equals(rows[1]));
      System.err.println("bench: option-2a: " + rows[1]);
      if (round == 0) {
        rowByRow(seconds[1]);
      }
    }
  }

  /** By rate, which favours it: its refreshes are of a tenth of the rows. */
  private void rowByRow(double cairn) throws IOException, InterruptedException, SQLException {
    String count = "SELECT count(*) FROM electricity_readings";
    String whole = server.freshCopy("option-2a", empty -> fill(empty, scale));
    double all = Double.parseDouble(PostgresqlDatabases.run(whole, count));
    String url = server.freshCopy("option-2a-part", empty -> fill(empty, scale * ROW_BY_ROW_SHARE));
    double part = Double.parseDouble(PostgresqlDatabases.run(url, count));
    double seconds = PostgresqlDatabases.seconds(url, script("option-2a-row-by-row"));
    System.err.printf("bench: option-2a row by row, %,.0f readings: %.1f s%n", part, seconds);
    figures.add(
        "option-2a: row by row (%.0f %% of the readings)".formatted(ROW_BY_ROW_SHARE * 100),
        seconds,
        " s",
        Limit.NONE);
    figures.ratio(
        "option-2a: Cairn / row by row, by rate",
        (all / cairn) / (part / seconds),
        Limit.atLeast(50));
  }

  /** The trigger off, the statement, the trigger on, and one refresh, as the plan has it. */
  private double oneStatement(String url) throws IOException, SQLException {
    String trigger = "ALTER TABLE token_events %s TRIGGER token_events_refresh";
    double seconds =
        PostgresqlDatabases.seconds(
            url,
            "BEGIN; "
                + trigger.formatted("DISABLE")
                + "; "
                + script("option-2a")
                + "; "
                + trigger.formatted("ENABLE")
                + "; COMMIT");
    return seconds
        + PostgresqlDatabases.seconds(
            url, "REFRESH MATERIALIZED VIEW CONCURRENTLY electricity_readings_mv");
  }

  private double cairn(String url, Path plan)
      throws IOException, InterruptedException, SQLException {
    String plans = "--plans=" + plan.getParent();
    String line = "plan migrate " + NAME;
    TimedRun planned = workspace.cairn("option-2a plan only", url, plans, "set format json", line);
    double seconds =
        workspace
            .cairn("option-2a Cairn", url, plans, "--plan=" + planned.token(), line, "apply")
            .seconds();
    String own = PostgresqlDatabases.run(url, "SELECT seconds FROM cairn_run");
    figures.add("option-2a: Cairn's apply", Double.parseDouble(own), " s", Limit.NONE);
    return seconds;
  }

  /** The plan's last step as a plan of its own. */
  private Path plan() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode steps =
        yaml.readTree(workspace.home().resolve("plans/option-2a.yaml").toFile()).path("steps");
    for (JsonNode step : steps) {
      if (step.path("migrate").isObject()) {
        ObjectNode plan = yaml.createObjectNode().put("cairn", 1).put("name", NAME);
        plan.setAll((ObjectNode) step.path("migrate"));
        Path file = workspace.folder().resolve(NAME + ".yaml");
        yaml.writeValue(file.toFile(), plan);
        return file;
      }
    }
    throw new IllegalStateException("plans/option-2a.yaml has no step that migrates");
  }

  private void fill(String url, double part) throws IOException, SQLException {
    OptionTwoA.write(url, part, 1, line -> {});
    Path folder = workspace.home().resolve("plans/option-2a");
    List<Path> scripts;
    try (Stream<Path> files = Files.list(folder)) {
      scripts = files.filter(file -> !file.toString().contains("rollback")).sorted().toList();
    }
    for (Path file : scripts) {
      PostgresqlDatabases.run(url, Files.readString(file, StandardCharsets.UTF_8));
    }
  }

  private String script(String name) throws IOException {
    return Files.readString(workspace.script(name), StandardCharsets.UTF_8).strip();
  }
}
