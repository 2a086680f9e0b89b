package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
import dev.cairn.journal.StepRuns;
import java.util.Optional;

/** Which run a person means: the number typed, else the newest that isn't at its end. */
final class RunNumber {
  private RunNumber() {}

  /** The run of the number; without one the newest open run, if there is one. */
  static Optional<Run> find(Session session, String rest) {
    if (rest.isEmpty()) {
      return session.journal().open();
    }
    if (!rest.matches("[0-9]{1,18}")) {
      throw CairnException.usage("'" + rest + "' is no run's number").hint("`runs` lists them");
    }
    return Optional.of(session.journal().run(Long.parseLong(rest)));
  }

  /** The same for what is done with all steps or with none: of a step's run its whole. */
  static Optional<Run> findWhole(Session session, String rest) {
    return find(session, rest)
        .map(
            run ->
                new StepRuns(session.database(), session.journal())
                    .whole(run)
                    .filter(whole -> whole.status().isOpen())
                    .orElse(run));
  }
}
