package dev.cairn.command;

import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
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
    Optional<Run> run = RunNumber.find(session, rest);
    if (run.isEmpty()) {
      run = session.journal().newest(any -> true);
    }
    if (run.isEmpty()) {
      session.output().says("no run yet in " + session.database().name());
      return;
    }
    session.output().run(run.get());
    if (run.get().status() == RunStatus.RUNNING) {
      boolean owned = session.journal().owned(run.get(), session.settings().leaseSeconds() * 1000);
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
}
