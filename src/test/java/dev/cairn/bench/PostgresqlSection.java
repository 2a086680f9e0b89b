package dev.cairn.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Both migrations on a PostgreSQL server: one statement, Cairn with one lane and with two. */
final class PostgresqlSection {
  private final Workspace workspace;
  private final Figures figures;
  private final PostgresqlDatabases server;

  PostgresqlSection(Workspace workspace, Figures figures, PostgresqlDatabases server) {
    this.workspace = workspace;
    this.figures = figures;
    this.server = server;
  }

  void run(int rounds, Migration migration) throws IOException, InterruptedException, SQLException {
    boolean parallel = hasLanes();
    for (int round = 0; round < rounds; round++) {
      List<Integer> order = new ArrayList<>(parallel ? List.of(0, 1, 2) : List.of(0, 1));
      Collections.rotate(order, -round);
      double[] seconds = new double[3];
      double[] applies = new double[3];
      String[] rows = new String[3];
      for (int lanes : order) {
        String url = server.freshCopy("liveone", this::fill);
        if (lanes == 0) {
          seconds[0] = statement(url, migration);
        } else {
          seconds[lanes] = cairn(url, migration, lanes);
          applies[lanes] = apply(url, "seconds");
          String batches = PostgresqlDatabases.run(url, "SELECT count(*) FROM cairn_checkpoint");
          figures.add(
              name(migration) + "batches, lanes " + lanes,
              Double.parseDouble(batches),
              "",
              Limit.NONE);
        }
        if (round == 0) {
          rows[lanes] = PostgresqlDatabases.run(url, migration.targetDigest());
          System.err.printf("bench: %s: rows and hash %s%n", migration.plan(), rows[lanes]);
        }
      }
      add(migration, seconds, applies);
      if (parallel) {
        figures.add(name(migration) + "Cairn's apply, two lanes", applies[2], " s", Limit.NONE);
        figures.ratio(
            name(migration) + "apply with two lanes / with one",
            applies[2] / applies[1],
            migration == Migration.POINTS ? Limit.median(1) : Limit.NONE);
      }
      if (round == 0) {
        figures.check(
            name(migration) + "all leave the same rows",
            rows[0].equals(rows[1]) && (!parallel || rows[0].equals(rows[2])));
      }
    }
  }

  private void add(Migration migration, double[] seconds, double[] applies) {
    String name = name(migration);
    Limit limit = migration == Migration.POINTS ? Limit.median(1.15) : Limit.NONE;
    figures.add(name + "INSERT SELECT", seconds[0], " s", Limit.NONE);
    figures.add(name + "Cairn", seconds[1], " s", Limit.NONE);
    figures.add(name + "Cairn's apply", applies[1], " s", Limit.NONE);
    figures.ratio(name + "Cairn / INSERT SELECT", seconds[1] / seconds[0], limit);
    figures.ratio(name + "Cairn's apply / INSERT SELECT", applies[1] / seconds[0], Limit.NONE);
  }

  /** Whether this build runs lanes side by side. */
  private boolean hasLanes() throws IOException, InterruptedException, SQLException {
    String url = server.freshCopy("liveone", this::fill);
    try {
      workspace.cairn("postgresql lanes", url, "set lanes 2");
      return true;
    } catch (IllegalStateException refused) {
      System.err.println("bench: no lanes side by side: " + refused.getMessage());
      return false;
    }
  }

  private void fill(String url) throws IOException, InterruptedException, SQLException {
    LiveOneOnPostgresql.load(url, workspace.home(), workspace.freshCopy(1));
  }

  /** The plain statement, as the other sections run it, but for SQLite's own word for a join. */
  private double statement(String url, Migration migration) throws IOException, SQLException {
    String sql = Files.readString(workspace.script(migration.plan()), StandardCharsets.UTF_8);
    double seconds = PostgresqlDatabases.seconds(url, sql.replace("CROSS JOIN", "JOIN"));
    System.err.printf("bench: %s%-20s %7.2f s%n", name(migration), "INSERT SELECT", seconds);
    return seconds;
  }

  private double cairn(String url, Migration migration, int lanes)
      throws IOException, InterruptedException {
    String name = name(migration);
    String plan = "plan migrate " + migration.plan();
    TimedRun planned = workspace.cairn(name + "plan only", url, "set format json", plan);
    List<String> lines = new ArrayList<>(List.of("--plan=" + planned.token()));
    if (lanes > 1) {
      lines.add("set lanes " + lanes);
    }
    Collections.addAll(lines, plan, "apply");
    return workspace.cairn(name + lanes + " lane(s)", url, lines.toArray(String[]::new)).seconds();
  }

  private static double apply(String url, String column) throws SQLException {
    String sql = "SELECT " + column + " FROM cairn_run ORDER BY run DESC LIMIT 1";
    return Double.parseDouble(PostgresqlDatabases.run(url, sql));
  }

  private static String name(Migration migration) {
    return "postgresql " + migration.plan() + ": ";
  }
}
