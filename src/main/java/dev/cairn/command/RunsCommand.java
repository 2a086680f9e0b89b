package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code runs}. */
final class RunsCommand implements Command {
  private static final int USUAL = 100;

  private static final List<String> COLUMNS =
      List.of(
          "run",
          "plan",
          "status",
          "started",
          "seconds",
          "batches",
          "expected",
          "inserted",
          "identical",
          "kept",
          "replaced",
          "updated",
          "deleted",
          "rejected");

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public String usage() {
    return "runs [N | all]";
  }

  @Override
  public String summary() {
    return "lists the newest %d runs of this database, or N of them, or all".formatted(USUAL);
  }

  @Override
  public List<String> details() {
    return List.of(
        "Each statement typed outside of a transaction is a run, so a script may leave thousands.");
  }

  @Override
  public Expected expected(List<String> before) {
    return before.isEmpty() ? Expected.words("all") : Expected.NOTHING;
  }

  @Override
  public void run(Session session, String rest) {
    if (!rest.matches("(?i)|all|[0-9]{1,9}")) {
      throw CairnException.usage("how many runs?").hint(usage());
    }
    long limit =
        rest.isEmpty() ? USUAL : rest.matches("[0-9]+") ? Long.parseLong(rest) : Long.MAX_VALUE;
    List<Run> runs = session.journal().runs(limit);
    List<List<Object>> rows = new ArrayList<>();
    for (Run run : runs) {
      var tally = run.tally();
      rows.add(
          List.of(
              run.id(),
              run.plan(),
              run.status().name(),
              Instant.ofEpochMilli(run.startedMillis()).truncatedTo(ChronoUnit.SECONDS).toString(),
              Math.round(run.seconds() * 10) / 10.0,
              run.batches(),
              tally.expected(),
              tally.inserted(),
              tally.identical(),
              tally.kept(),
              tally.replaced(),
              tally.updated(),
              tally.deleted(),
              tally.rejected()));
    }
    session.output().rows(COLUMNS, rows);
    if (rest.isEmpty() && runs.size() == USUAL) {
      session.output().notice("older ones: `runs all`, or `runs N`");
    }
  }
}
