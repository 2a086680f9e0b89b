package dev.cairn.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result as Markdown: what was measured on, the figures, and the seconds behind them. */
final class MarkdownReport {
  private static final String LEGEND =
      """

      * A: the sqlite3 shell runs the plan document's one statement (`src/test/bench/*.sql`): one transaction, no checkpoint, no check.
      * B: `./cairn DB -c "plan migrate NAME" -c "apply"`, the whole process, at the pace that it picks.
      * C: JDBC, an `INSERT OR IGNORE` a row, `addBatch`, a commit every 1,000 readings. C16: the same with one `INSERT` of all rows of a reading.
      * Each works on a fresh copy of the database; copying and syncing is not timed. A ratio is of one round; its line has the median, then the lowest and the highest.
      * "plan": a process that only plans, less one that only starts (`select 1`). "apply", "verify": the seconds that Cairn itself reports. "B again": plan and apply over finished work.
      * libsql: the same example on a libSQL server of its own, reached over loopback through a proxy that counts, adding nothing or 50 ms to each round trip. "Cairn" is a whole process that plans and applies; "apply" the seconds that it reports. "Old script": a client that selects 1,000 readings, inserts by 500 rows a request, and stores its checkpoint by a request of its own; from its first request to its last answer. Where it ran over a share of each system's readings, the line says so, and rates are compared. "INSERT SELECT": A's statement sent to the server as one request. Bytes and round trips are those of the whole process.
      * postgresql: the same example on a PostgreSQL server, a copy of its database for each way, behind a CHECKPOINT. "Cairn" is a whole process that plans and applies; "apply" the seconds that it reports. "INSERT SELECT": A's statement.
      * option-2a: Cairn runs the plan's migration where its scripts have run. "One statement": the same rows with the trigger off, and one REFRESH ... CONCURRENTLY. "Row by row": a DO block with the trigger on, over a tenth of the readings; rates are compared.
      * live: one process commits a session and a reading every 20 ms, another one reads by key every 10 ms, both with a busy_timeout of 10 s. A wait is the whole transaction or query. "At most" is the worst of all rounds.
      """;

  private final Options options;
  private final Figures figures;
  private final List<TimedRun> log;

  MarkdownReport(Options options, Figures figures, List<TimedRun> log) {
    this.options = options;
    this.figures = figures;
    this.log = log;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s; scale %s, %d rounds in turns.",
        Machine.description(),
        plain(options.scale()),
        options.rounds());
    line(text, "");
    line(text, "| what | measured | lowest–highest | limit | |");
    line(text, "|---|--:|--:|--:|---|");
    figures.all().forEach(figure -> figureLine(text, figure));
    text.append(LEGEND);
    if (!figures.judged()) {
      line(text, "* The limits speak of scale 1; here none is judged.");
    }
    line(text, "");
    line(text, "Checked: %s.", String.join("; ", figures.checks()));
    line(text, "");
    line(text, "| process | runs | wall s | lowest–highest | cpu s | peak MB |");
    line(text, "|---|--:|--:|--:|--:|--:|");
    byProcess().forEach((what, runs) -> processLine(text, what, runs));
    return text.toString();
  }

  private void figureLine(StringBuilder text, Figure figure) {
    line(
        text,
        "| %s | %s | %s–%s | %s | %s |",
        figure.what(),
        number(figure.value(), figure.unit()) + figure.unit(),
        number(figure.sample().min(), figure.unit()),
        number(figure.sample().max(), figure.unit()),
        limit(figure),
        verdict(figure));
  }

  private static String limit(Figure figure) {
    Limit limit = figure.limit();
    if (!limit.exists()) {
      return "";
    }
    String most = (limit.floor() ? "≥ " : "≤ ") + plain(limit.most()) + figure.unit();
    return limit.goal() < limit.most() ? most + ", goal " + plain(limit.goal()) : most;
  }

  private String verdict(Figure figure) {
    if (!figure.limit().exists() || !figures.judged()) {
      return "";
    }
    if (!figure.holds()) {
      return figure.limit().floor() ? "**missed**" : "**exceeded**";
    }
    return figure.reachesGoal() ? "ok" : "ok, goal missed";
  }

  private Map<String, List<TimedRun>> byProcess() {
    Map<String, List<TimedRun>> grouped = new LinkedHashMap<>();
    for (TimedRun run : log) {
      grouped.computeIfAbsent(run.what(), key -> new ArrayList<>()).add(run);
    }
    return grouped;
  }

  private static void processLine(StringBuilder text, String what, List<TimedRun> runs) {
    Sample seconds = new Sample();
    Sample cpu = new Sample();
    Sample peak = new Sample();
    for (TimedRun run : runs) {
      seconds.add(run.seconds());
      cpu.add(run.cpuSeconds());
      peak.add(run.peakMegabytes());
    }
    line(
        text,
        "| %s | %d | %.2f | %.2f–%.2f | %.2f | %.0f |",
        what,
        runs.size(),
        seconds.median(),
        seconds.min(),
        seconds.max(),
        cpu.median(),
        peak.max());
  }

  private static String number(double value, String unit) {
    String form = unit.isEmpty() || unit.equals(" s") ? "%.2f" : value < 10 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, form, value);
  }

  /** Without zeros behind the point. */
  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static void line(StringBuilder text, String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
