package dev.cairn.command;

import dev.cairn.journal.Run;
import java.util.List;
import java.util.Optional;

/** {@code resume [RUN]}. */
final class ResumeCommand implements Command {
  @Override
  public String name() {
    return "resume";
  }

  @Override
  public String usage() {
    return "resume [RUN]";
  }

  @Override
  public String summary() {
    return "goes on with an interrupted run, from its checkpoints";
  }

  @Override
  public List<String> details() {
    return List.of(
        "It uses the plan's text as stored with the run, and the approval that the run was given.",
        "With nothing to resume it says so and exits 0.");
  }

  @Override
  public void run(Session session, String rest) {
    Optional<Run> run = RunNumber.findWhole(session, rest);
    if (run.isEmpty() || !run.get().status().isOpen()) {
      String what =
          run.map(r -> "run " + r.id() + " is " + r.status()).orElse("no run is unfinished");
      session.output().says("nothing to resume: " + what);
      return;
    }
    RunWork work = new RunWork(session, false);
    work.refuseUnlessWritable();
    session.output().run(work.resume(run.get()));
  }
}
