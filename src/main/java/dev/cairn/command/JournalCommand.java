package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.JournalKeeping;
import dev.cairn.journal.JournalKeeping.Policy;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.journal.UndoPlanner;
import dev.cairn.verify.ChangeVerifier;
import dev.cairn.verify.Verification.Mismatch;
import dev.cairn.verify.Verifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code journal prune} and {@code journal drop}. */
final class JournalCommand implements Command {
  @Override
  public String name() {
    return "journal";
  }

  @Override
  public String usage() {
    return "journal prune | journal drop";
  }

  @Override
  public String summary() {
    return "removes runs that `undo keep` keeps no longer, or the whole journal";
  }

  @Override
  public List<String> details() {
    return List.of(
        "prune removes finished runs that are older than the policy, where a comparison made right",
        "then finds every row as the run left it; others stay, and are named.",
        "drop removes all of it: no run can be undone or resumed after that. It asks, or needs",
        "--yes off a terminal, and is refused while a run is unfinished. On a live database it"
            + " wants",
        "the database's name typed.");
  }

  @Override
  public Expected expected(List<String> before) {
    return before.isEmpty() ? Expected.words("prune", "drop") : Expected.NOTHING;
  }

  @Override
  public void run(Session session, String rest) {
    String word = rest.toLowerCase(Locale.ROOT);
    if (!word.equals("prune") && !word.equals("drop")) {
      throw CairnException.usage("journal what?").hint(usage());
    }
    new RunWork(session, false).refuseUnlessWritable();
    if (word.equals("prune")) {
      prune(session);
    } else {
      drop(session);
    }
  }

  private static void prune(Session session) {
    JournalKeeping keeping = new JournalKeeping(session.database());
    Policy policy =
        keeping
            .policy()
            .orElseThrow(
                () ->
                    CairnException.refused("no-policy", "no policy says what may be removed")
                        .hint("`undo keep 20 runs` or `undo keep 90 days` stores one"));
    List<Run> runs = session.journal().runs();
    long now = Clock.systemUTC().millis();
    List<Run> removed = new ArrayList<>();
    StepRuns steps = new StepRuns(session.database(), session.journal());
    List<Long> children = steps.children();
    for (int place = 0; place < runs.size(); place++) {
      Run run = runs.get(place);
      if (children.contains(run.id())) {
        continue; // it stays and goes with its whole
      }
      if (policy.keeps(place, now - run.startedMillis())) {
        continue;
      }
      Optional<String> needed = needed(session, run);
      if (needed.isPresent()) {
        session.output().notice("run %d stays: %s".formatted(run.id(), needed.get()));
      } else {
        removed.addAll(steps.of(run));
        removed.add(run);
      }
    }
    keeping.remove(removed);
    session
        .output()
        .says(
            "%d of %d runs removed; kept are %s, and what is still needed"
                .formatted(removed.size(), runs.size(), policy));
  }

  /** Why a run's undo data is still needed; empty where it isn't. */
  private static Optional<String> needed(Session session, Run run) {
    if (run.status() == RunStatus.UNDONE) {
      return Optional.empty();
    }
    if (run.status() != RunStatus.SUCCEEDED) {
      return Optional.of("it is " + run.status());
    }
    Optional<Run> undo = session.journal().open(UndoPlanner.name(run));
    if (undo.isPresent()) {
      return Optional.of("run " + undo.get().id() + " takes it back and isn't at its end");
    }
    try {
      if (run.hasSteps()) {
        return StepsVerification.of(session, run) instanceof Mismatch
            ? Optional.of("its rows aren't as it left them (`verify " + run.id() + "`)")
            : Optional.empty();
      }
      boolean change = Verifiable.change(session, String.valueOf(run.id())).isPresent();
      var verification =
          change
              ? new ChangeVerifier(session.database()).verify(run)
              : new Verifier(session.database())
                  .verify(Verifiable.find(session, String.valueOf(run.id())));
      return verification instanceof Mismatch
          ? Optional.of("its rows aren't as it left them (`verify " + run.id() + "`)")
          : Optional.empty();
    } catch (CairnException cannot) {
      return Optional.of("it can't be verified: " + cannot.getMessage());
    }
  }

  private static void drop(Session session) {
    List<Run> runs = session.journal().runs();
    session
        .journal()
        .open()
        .ifPresent(
            run -> {
              throw CairnException.refused(
                      "run-open", "run %d is %s".formatted(run.id(), run.status()))
                  .hint("`resume %1$d` or `abandon %1$d` first".formatted(run.id()));
            });
    long undoable = runs.stream().filter(run -> run.status() != RunStatus.UNDONE).count();
    if (session.database().live()) {
      Approval.askForName(
          session,
          "%d runs can't be undone or verified after that".formatted(undoable),
          CairnException.refused(
                  "not-approved",
                  session.database().name() + " is live: no script drops its journal")
              .hint("at the prompt its name is asked for; --yes alone is not enough"));
    } else if (!session.settings().yes()) {
      String answer =
          session
              .console()
              .ask(
                  "Drop the journal? %d runs can't be undone or verified after that. [y/N] "
                      .formatted(undoable))
              .orElseThrow(
                  () ->
                      CairnException.refused(
                              "not-approved",
                              "%d runs could not be undone any more".formatted(undoable))
                          .hint("pass --yes to drop the journal without being asked"));
      if (!answer.strip().matches("(?i)y|yes")) {
        throw CairnException.refused("not-approved", "not dropped");
      }
    }
    int tables = new JournalKeeping(session.database()).drop();
    session.output().says("%d tables of the journal dropped".formatted(tables));
  }
}
