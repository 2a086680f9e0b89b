package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.report.PlanReport;

/**
 * Lets a plan through: by the word {@code apply} itself on a database that isn't live, by its name
 * typed or a token on one that is; and in every case only if it is still what was planned.
 */
final class Approval {
  private final Session session;

  Approval(Session session) {
    this.session = session;
  }

  /**
   * The plan measured again just before its first batch. Fails with exit 3 where the approval is
   * missing, 4 where something changed.
   *
   * @param drift by how many source rows it may be off; negative for none
   */
  Measured measuredAgain(Measured current, long drift) {
    Token wanted = ApplyCommand.token(current);
    if (session.hasToken()) {
      wanted = Token.parse(session.nextToken().orElseThrow());
      if (!wanted.plan().equals(current.plan().name())) {
        throw CairnException.drift(
            "token-drift",
            "the token is of plan " + wanted.plan() + ", not " + current.plan().name());
      }
    } else if (!session.settings().tokens().isEmpty()) {
      throw CairnException.refused("no-token", "every token given with --plan has been used")
          .hint("give one --plan for each apply");
    } else if (session.database().live()) {
      askForName(current);
    }
    Measured now = new PlanMaker(session).again(current, wanted);
    if (now.refused()) {
      throw CairnException.drift("plan-drift", "the plan now has errors: " + now.findings())
          .hint("plan again");
    }
    compare(wanted, now, ApplyCommand.token(now), current, drift);
    return now;
  }

  private void askForName(Measured current) {
    askForName(
        session,
        new PlanReport(current, session.database().dialect()).summary(),
        CairnException.refused(
                "not-approved", session.database().name() + " is live: a script needs --plan TOKEN")
            .hint("the token is what `plan` printed; --yes alone is not enough"));
  }

  /**
   * Lets something on a live database through for a person who types its name.
   *
   * @param what what would be done
   * @param nobody the refusal where there is no person to ask
   */
  static void askForName(Session session, String what, CairnException nobody) {
    String name = session.database().name();
    String answer =
        session
            .console()
            .ask("LIVE: %s. Type the database's name (%s) to go on: ".formatted(what, name))
            .orElseThrow(() -> nobody);
    if (!answer.strip().equals(name)) {
      throw CairnException.refused(
          "not-approved", "that is not the database's name; nothing was written");
    }
  }

  private static void compare(
      Token wanted, Measured now, Token token, Measured current, long drift) {
    if (token.equals(wanted)) {
      return;
    }
    if (!now.plan().schema().equals(current.plan().schema())) {
      throw CairnException.drift("schema-drift", "the schema changed since the plan was made")
          .hint("plan again");
    }
    long off = Math.abs(token.count() - wanted.count());
    if (drift >= 0 && off <= drift && token.sameWork(wanted)) {
      return;
    }
    boolean otherRows = off > 0 && token.sameWork(wanted);
    String what =
        otherRows
            ? "%,d source rows were planned and %,d are there"
                .formatted(wanted.count(), token.count())
            : "the target, the mapping or the source keys are not those that were planned";
    throw CairnException.drift("plan-drift", what)
        .hint(otherRows ? "plan again, or `apply --drift " + off + "`" : "plan again");
  }
}
