package dev.cairn.command;

import dev.cairn.command.Expected.Names;
import dev.cairn.database.Database;
import dev.cairn.error.CairnException;
import dev.cairn.error.ExitCode;
import dev.cairn.journal.Run;
import dev.cairn.plan.Measured;
import dev.cairn.verify.ChangeVerifier;
import dev.cairn.verify.Verification;
import dev.cairn.verify.Verification.Mismatch;
import dev.cairn.verify.Verification.NotVerifiable;
import dev.cairn.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code verify [NAME or RUN]}. */
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String usage() {
    return "verify [NAME or RUN]";
  }

  @Override
  public String summary() {
    return "compares every row that a plan's query yields with the target, by value, null and type";
  }

  @Override
  public List<String> details() {
    return List.of(
        "With a run's number: the plan as it was stored with the run, up to the run's bounds.",
        "With a name: the plan's file, up to the bounds of its last run where the text is the"
            + " same.",
        "Of a change: every row that it journalled has what was written, or is gone where deleted.",
        "Rows that the policy kept are listed with both values and are no mismatch.",
        "Exit 5 where a row is missing or differs and nothing explains it.");
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.first(before, Names.PLANS);
  }

  @Override
  public void run(Session session, String rest) {
    Optional<Run> change = Verifiable.change(session, rest);
    if (change.isPresent()) {
      verify(session, change.get());
      return;
    }
    Measured measured = Verifiable.find(session, rest);
    if (measured.plan().isChange()) {
      throw CairnException.of(
              ExitCode.MISMATCH,
              "not-verifiable",
              measured.plan().name() + ": it was never applied, so nothing is verified")
          .hint("`apply` it first");
    }
    Verification verification = compared(session, there -> new Verifier(there).verify(measured));
    session.output().verification(measured.plan().name(), verification);
    if (verification instanceof Mismatch) {
      throw CairnException.of(
              ExitCode.MISMATCH,
              "mismatch",
              measured.plan().name() + ": the target is not what the query yields")
          .hint(next(measured.plan().name(), verification));
    }
    if (verification instanceof NotVerifiable none) {
      throw CairnException.of(
          ExitCode.MISMATCH,
          "not-verifiable",
          measured.plan().name()
              + ": nothing was compared, so nothing is verified: "
              + none.reason());
    }
  }

  /** What comparing a run with what it says comes to. */
  static Verification verification(Session session, Run run) {
    if (run.hasSteps()) {
      return StepsVerification.of(session, run);
    }
    String number = String.valueOf(run.id());
    return Verifiable.change(session, number)
        .map(change -> compared(session, there -> new ChangeVerifier(there).verify(change)))
        .orElseGet(
            () -> {
              Measured measured = Verifiable.find(session, number);
              return compared(session, there -> new Verifier(there).verify(measured));
            });
  }

  /** Compares on a replica that has caught up with what was written, else on the database. */
  static Verification compared(Session session, Function<Database, Verification> comparison) {
    Optional<Database> replica = session.database().replica();
    if (replica.isEmpty()) {
      return comparison.apply(session.database());
    }
    try (Database there = replica.get()) {
      session.output().notice("comparing on the replica " + there.location());
      return comparison.apply(there);
    }
  }

  /** A change is compared with what its run wrote down. */
  private static void verify(Session session, Run run) {
    Verification verification =
        run.hasSteps()
            ? StepsVerification.of(session, run)
            : compared(session, there -> new ChangeVerifier(there).verify(run));
    session.output().verification(run.plan(), verification);
    if (verification instanceof Mismatch) {
      throw CairnException.of(
              ExitCode.MISMATCH, "mismatch", "run " + run.id() + ": rows aren't as it left them")
          .hint(
              run.status().isOpen()
                  ? "`resume " + run.id() + "` goes on with it"
                  : "somebody changed the rows above after the run");
    }
  }

  /** An apply writes what is missing; it never overwrites what differs. */
  private static String next(String plan, Verification verification) {
    boolean missing = verification.checks().stream().anyMatch(check -> check.missing() > 0);
    boolean differing = verification.checks().stream().anyMatch(check -> check.differing() > 0);
    String write = "`plan migrate " + plan + "` and `apply` write the missing rows";
    String look =
        "the differing rows were changed after they were written, or two source rows claim"
            + " their key: an apply leaves them as they are";
    return missing && differing ? write + "; " + look : missing ? write : look;
  }
}
