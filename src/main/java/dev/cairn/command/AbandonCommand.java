package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import java.util.Optional;

/** {@code abandon [RUN]}. */
final class AbandonCommand implements Command {
  @Override
  public String name() {
    return "abandon";
  }

  @Override
  public String usage() {
    return "abandon [RUN]";
  }

  @Override
  public String summary() {
    return "gives an unfinished run up for good; what it wrote stays";
  }

  @Override
  public void run(Session session, String rest) {
    Journal journal = session.journal();
    Run run =
        RunNumber.findWhole(session, rest)
            .orElseThrow(
                () ->
                    CairnException.failed("no-such-run", "no run is unfinished")
                        .hint("`runs` lists them"));
    Optional<Run> step = new StepRuns(session.database(), journal).open(run);
    refuseAtWork(session, run, run);
    step.ifPresent(each -> refuseAtWork(session, each, run));
    // The whole first: what is left of a step without it can be given up too.
    Run given = journal.change(run, RunStatus.ABANDONED, "given up");
    step.ifPresent(each -> journal.change(each, RunStatus.ABANDONED, "given up"));
    session.output().run(given);
  }

  private static void refuseAtWork(Session session, Run run, Run whole) {
    if (session.journal().owned(run, session.settings().leaseSeconds() * 1000)) {
      throw CairnException.stopped(
              "at-work",
              "process %d on %s is at work on run %d"
                  .formatted(run.owner().pid(), run.owner().host(), run.id()))
          .hint("`stop " + whole.id() + "` first");
    }
  }
}
