package dev.cairn.bench;

import dev.cairn.bench.DelayingProxy.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/**
 * Both migrations on a live libSQL server: Cairn, a client as the old script was, and one statement
 * on the server, near and far.
 */
final class LibsqlSection {
  private static final long FAR_MILLIS = 50;

  private final Workspace workspace;
  private final Figures figures;
  private int databases;

  LibsqlSection(Workspace workspace, Figures figures) {
    this.workspace = workspace;
    this.figures = figures;
  }

  /**
   * Runs it.
   *
   * @param besideWriter whether it is also seen what another writer notices
   */
  void run(int rounds, List<Migration> migrations, boolean besideWriter)
      throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      try (SqldProcess server =
          SqldProcess.start(workspace.home(), workspace.folder().resolve("sqld-" + round))) {
        for (Migration migration : migrations) {
          for (long delay : new long[] {0, FAR_MILLIS}) {
            try (DelayingProxy proxy = DelayingProxy.before(server.port(), delay)) {
              new Comparison(server, proxy, migration, delay, round).run();
            }
          }
        }
        if (besideWriter) {
          besideWriter(server, "auto");
          besideWriter(server, "shared");
        }
      }
    }
  }

  /** What another writer notices of it. */
  private void besideWriter(SqldProcess server, String pace)
      throws IOException, InterruptedException {
    String database = load(server);
    String url = url(server.port(), database);
    try (OtherWriter writer = OtherWriter.on(server.port(), database)) {
      String token = workspace.cairn("libsql plan only", url, planning(Migration.AGG5M)).token();
      String name = "libsql beside a writer, pace " + pace;
      TimedRun run =
          workspace.cairn(
              name, url, "--plan=" + token, "set pace " + pace, "plan migrate agg5m", "apply");
      Sample waits = writer.waits();
      figures.add(name + ": it waits at most", waits.max(), " ms", Limit.worstReported());
      figures.add(name + ": it waits (p99)", waits.percentile(0.99), " ms", Limit.NONE);
      figures.add(name + ": Cairn", run.seconds(), " s", Limit.NONE);
    }
    server.drop(database);
  }

  private String load(SqldProcess server) throws IOException, InterruptedException {
    String name = "bench" + databases++;
    server.load(name, workspace.freshCopy(1));
    return name;
  }

  private static String url(int port, String database) {
    return "http://127.0.0.1:" + port + "?namespace=" + database;
  }

  private static String[] planning(Migration migration) {
    return new String[] {"set format json", "plan migrate " + migration.plan()};
  }

  /** The three ways at one distance. */
  private final class Comparison {
    private final SqldProcess server;
    private final DelayingProxy proxy;
    private final Migration migration;
    private final boolean far;
    private final boolean first;
    private final String name;
    private String rowsOfCairn;
    private String rowsOfStatement;
    private long rows;
    private double statement;
    private double whole;
    private double apply;

    private Comparison(
        SqldProcess server, DelayingProxy proxy, Migration migration, long delay, int round) {
      this.server = server;
      this.proxy = proxy;
      this.migration = migration;
      this.far = delay > 0;
      this.first = round == 0 && !far;
      String distance = far ? "+%d ms".formatted(delay) : "loopback";
      this.name = "libsql %s %s: ".formatted(migration.plan(), distance);
    }

    private void run() throws IOException, InterruptedException {
      oneStatement();
      cairn();
      oldScript();
      if (first) {
        figures.check(
            name + "Cairn and INSERT SELECT leave the same rows",
            rowsOfCairn.equals(rowsOfStatement));
      }
    }

    private void oneStatement() throws IOException, InterruptedException {
      String database = load(server);
      String sql =
          Files.readString(workspace.script(migration.plan()), StandardCharsets.UTF_8).strip();
      HranaRequests requests = new HranaRequests(proxy.port(), database);
      requests.run("SELECT 1", List.of()); // it has its connection, as the others soon do
      proxy.taken();
      long started = System.nanoTime();
      rows = requests.run(sql, List.of()).path("affected_row_count").asLong();
      statement = (System.nanoTime() - started) / 1e9;
      figures.add(name + "INSERT SELECT", statement, " s", Limit.NONE);
      figures.add(name + "INSERT SELECT, server's disk", disk(database), " MB", Limit.NONE);
      traffic("INSERT SELECT");
      rowsOfStatement = rowsIfFirst(database);
      server.drop(database);
    }

    private void cairn() throws IOException, InterruptedException {
      String database = load(server);
      String url = url(proxy.port(), database);
      String token = workspace.cairn(name + "plan only", url, planning(migration)).token();
      proxy.taken();
      TimedRun run =
          workspace.cairn(
              name + "Cairn", url, "--plan=" + token, "plan migrate " + migration.plan(), "apply");
      whole = run.seconds();
      traffic("Cairn");
      HranaRequests direct = new HranaRequests(server.port(), database);
      String seconds = "SELECT seconds, (SELECT count(*) FROM cairn_checkpoint) FROM cairn_run";
      var journal = direct.run(seconds, List.of()).path("rows").path(0);
      apply = journal.path(0).path("value").asDouble();
      figures.add(name + "Cairn", whole, " s", Limit.NONE);
      figures.add(name + "Cairn's apply", apply, " s", Limit.NONE);
      figures.add(
          name + "Cairn's batches", journal.path(1).path("value").asDouble(), "", Limit.NONE);
      figures.add(name + "Cairn, server's disk", disk(database), " MB", Limit.NONE);
      figures.ratio(
          name + "Cairn's apply, rate / INSERT SELECT", statement / apply, Limit.atLeast(0.8));
      figures.ratio(name + "Cairn, rate / INSERT SELECT", statement / whole, Limit.NONE);
      rowsOfCairn = rowsIfFirst(database);
      server.drop(database);
    }

    private void oldScript() throws IOException, InterruptedException {
      double share = share();
      String database = load(server);
      proxy.taken();
      String what =
          share < 1
              ? String.format(Locale.ROOT, "old script (%.0f %%)", share * 100)
              : "old script";
      TimedRun run =
          workspace.java(
              name + what,
              OldScript.class,
              Integer.toString(proxy.port()),
              database,
              migration.name(),
              Double.toString(share));
      String[] said = run.output().get(0).split(" ");
      double rate = Long.parseLong(said[0]) / Double.parseDouble(said[1]);
      figures.add(name + what + ", rows/s", rate, "/s", Limit.NONE);
      figures.ratio(
          name + what + " / Cairn, by rate", rows / whole / rate, Limit.atLeast(far ? 15 : 4));
      traffic(what);
      if (first && share == 1) {
        figures.check(
            name + "the old script leaves the same rows",
            RowDigest.of(server.file(database), migration).equals(rowsOfStatement));
      }
      server.drop(database);
    }

    /** It would take an hour and more for all of it. */
    private double share() {
      if (migration == Migration.AGG5M) {
        return far ? 0.2 : 1;
      }
      return far ? 0.03 : 0.1;
    }

    private String rowsIfFirst(String database) throws IOException, InterruptedException {
      return first ? RowDigest.of(server.file(database), migration) : "";
    }

    private double disk(String database) throws IOException {
      return server.megabytes(database);
    }

    private void traffic(String what) {
      Traffic traffic = proxy.taken();
      String who = name + what + ", ";
      figures.add(who + "round trips", (double) traffic.roundTrips(), "", Limit.NONE);
      figures.add(who + "sent", traffic.sent() / 1e6, " MB", Limit.NONE);
      figures.add(who + "received", traffic.received() / 1e6, " MB", Limit.NONE);
    }
  }
}
