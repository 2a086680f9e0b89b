package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;

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
        RunNumber.find(session, rest)
            .orElseThrow(
                () ->
                    CairnException.failed("no-such-run", "no run is unfinished")
                        .hint("`runs` lists them"));
    if (journal.owned(run, session.settings().leaseSeconds() * 1000)) {
      throw CairnException.stopped(
              "at-work",
              "process %d on %s is at work on run %d"
                  .formatted(run.owner().pid(), run.owner().host(), run.id()))
          .hint("`stop " + run.id() + "` first");
    }
    session.output().run(journal.change(run, RunStatus.ABANDONED, "given up"));
  }
}
