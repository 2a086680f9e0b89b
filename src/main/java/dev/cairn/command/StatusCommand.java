package dev.cairn.command;

import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.report.Counted;
import java.util.List;
import java.util.Optional;

/** {@code status [RUN]}. */
final class StatusCommand implements Command {
  @Override
  public String name() {
    return "status";
  }

  @Override
  public String usage() {
    return "status [RUN]";
  }

  @Override
  public String summary() {
    return "shows how far a run is, lane by lane; without a number the newest";
  }

  @Override
  public void run(Session session, String rest) {
    Optional<Run> run =
        rest.isEmpty() ? RunNumber.findWhole(session, rest) : RunNumber.find(session, rest);
    if (run.isEmpty()) {
      List<Long> steps = new StepRuns(session.database(), session.journal()).children();
      run = session.journal().newest(any -> !steps.contains(any.id()));
    }
    if (run.isEmpty()) {
      session.output().says("no run yet in " + session.database().name());
      return;
    }
    session.output().run(run.get());
    new StepRuns(session.database(), session.journal())
        .open(run.get())
        .ifPresent(step -> session.output().notice(at(step)));
    if (run.get().status() == RunStatus.RUNNING) {
      long lease = session.settings().leaseSeconds() * 1000;
      // Of a run with steps the step's run gives the signs of life.
      boolean owned =
          session.journal().owned(run.get(), lease)
              || new StepRuns(session.database(), session.journal())
                  .open(run.get())
                  .filter(step -> session.journal().owned(step, lease))
                  .isPresent();
      session
          .output()
          .notice(
              owned
                  ? "process %d on %s is at work on it"
                      .formatted(run.get().owner().pid(), run.get().owner().host())
                  : "its process %d on %s is gone: `resume %d` goes on"
                      .formatted(
                          run.get().owner().pid(), run.get().owner().host(), run.get().id()));
    }
  }

  private static String at(Run step) {
    return "at work on it is run %d of %s: %s, %,d of %s"
        .formatted(
            step.id(),
            step.plan(),
            step.status(),
            step.tally().expected(),
            Counted.rows(step.plannedRows()));
  }
}
