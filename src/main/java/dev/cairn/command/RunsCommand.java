package dev.cairn.command;

import dev.cairn.journal.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code runs}. */
final class RunsCommand implements Command {
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
    return "runs";
  }

  @Override
  public String summary() {
    return "lists the runs of this database, newest first";
  }

  @Override
  public void run(Session session, String rest) {
    List<List<Object>> rows = new ArrayList<>();
    for (Run run : session.journal().runs()) {
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
  }
}
