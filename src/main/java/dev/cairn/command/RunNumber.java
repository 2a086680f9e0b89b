package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Run;
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
}
