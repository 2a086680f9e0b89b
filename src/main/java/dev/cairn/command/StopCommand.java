package dev.cairn.command;

import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import java.util.Optional;

/** {@code stop [RUN]}. */
final class StopCommand implements Command {
  @Override
  public String name() {
    return "stop";
  }

  @Override
  public String usage() {
    return "stop [RUN]";
  }

  @Override
  public String summary() {
    return "asks a run, also one in another terminal, to stop at the next batch edge";
  }

  @Override
  public void run(Session session, String rest) {
    Optional<Run> run = RunNumber.findWhole(session, rest);
    if (run.isEmpty() || run.get().status() != RunStatus.RUNNING) {
      String what = run.map(r -> "run " + r.id() + " is " + r.status()).orElse("no run is at work");
      session.output().says("nothing to stop: " + what);
      return;
    }
    Run paused = session.journal().change(run.get(), RunStatus.PAUSED, "asked to stop");
    new StepRuns(session.database(), session.journal())
        .open(paused)
        .filter(step -> step.status() == RunStatus.RUNNING)
        .ifPresent(step -> session.journal().change(step, RunStatus.PAUSED, "asked to stop"));
    session.output().run(paused);
  }
}
