package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The points migration while another process writes and a third one reads. */
final class LiveSection {
  private static final long ALONE_MILLIS = 3_000;

  private final Workspace workspace;
  private final Figures figures;
  private final String mode;

  LiveSection(Workspace workspace, Figures figures, String mode) {
    this.workspace = workspace;
    this.figures = figures;
    this.mode = mode;
  }

  void run(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      double alone =
          workspace.oneStatement(Migration.POINTS, "live A", workspace.freshCopy(1)).seconds();
      migrateBeside(workspace.freshCopy(1), alone, round);
    }
  }

  private void migrateBeside(Path copy, double alone, int round)
      throws IOException, InterruptedException {
    workspace.ask(copy, "PRAGMA journal_mode = " + mode);
    long quietFrom;
    long from;
    long to;
    TimedRun run;
    LiveUser writer = new LiveUser(workspace, "writer", copy);
    try (writer;
        LiveUser reader = new LiveUser(workspace, "reader", copy)) {
      quietFrom = System.currentTimeMillis();
      Thread.sleep(ALONE_MILLIS);
      from = System.currentTimeMillis();
      run = workspace.cairn("live-" + mode + " B", copy, "plan migrate points", "apply");
      to = System.currentTimeMillis();
      writer.stop();
      reader.stop();
      String name = "live-" + mode + ": ";
      boolean wal = mode.equals("wal");
      long batchesFrom = runStarted(copy);
      waits(name, writer, from, to, Limit.worst(wal ? 150 : 400));
      waits(name, reader, from, to, wal ? Limit.worst(20) : Limit.worstReported());
      figures.ratio(name + "migration / A", run.seconds() / alone, Limit.median(2.5));
      phases(name, writer, from, batchesFrom, to);
      phases(name, reader, from, batchesFrom, to);
      quiet(name, writer, quietFrom, from);
      quiet(name, reader, quietFrom, from);
    }
    if (round == 0) {
      String name = "live-" + mode + ": ";
      figures.check(name + "B saw the others", run.remarked("short batches"));
      workspace.cairn("live-" + mode + " verify", copy, "verify points");
      figures.check(name + "verify finds every row", true);
    }
    workspace.remove(copy);
  }

  private void waits(String name, LiveUser user, long from, long to, Limit limit) {
    Sample waits = user.waits(from, to);
    figures.add(name + user.role() + " waits at most", waits.max(), " ms", limit);
    figures.add(name + user.role() + " waits (p99)", waits.percentile(0.99), " ms", Limit.NONE);
    System.err.printf(
        Locale.ROOT,
        "bench: %s%s's longest waits: %s%n",
        name,
        user.role(),
        user.longest(from, to));
  }

  /** Planning only reads, the batches write: they are in the way in different manners. */
  private void phases(String name, LiveUser user, long from, long batches, long to) {
    Limit reported = Limit.worstReported();
    String who = name + user.role() + " waits at most ";
    figures.add(who + "while it plans", user.waits(from, batches).max(), " ms", reported);
    figures.add(who + "beside batches", user.waits(batches, to).max(), " ms", reported);
  }

  private void quiet(String name, LiveUser user, long from, long to) {
    figures.add(
        name + user.role() + " waits at most without a migration",
        user.waits(from, to).max(),
        " ms",
        Limit.worstReported());
  }

  private long runStarted(Path copy) throws IOException, InterruptedException {
    String sql = "SELECT started_ms FROM cairn_run ORDER BY run DESC LIMIT 1";
    return Long.parseLong(workspace.ask(copy, sql).get(0));
  }
}
