package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.JournalKeeping;
import dev.cairn.journal.JournalKeeping.Policy;
import dev.cairn.journal.JournalKeeping.Policy.Unit;
import dev.cairn.journal.Run;
import dev.cairn.journal.UndoPlanner;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.preview.MeasuredSteps;
import dev.cairn.report.Counted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code undo [RUN]}: plans the inverse of a run, and applies it. */
final class UndoCommand implements Command {
  @Override
  public String name() {
    return "undo";
  }

  @Override
  public String usage() {
    return "undo [RUN] | undo keep N runs | undo keep N days | undo keep all";
  }

  @Override
  public String summary() {
    return "takes a run back: `plan undo` and `apply` in one; without a number the newest";
  }

  @Override
  public List<String> details() {
    return List.of(
        "Changed rows get the values they had, deleted ones are put in again, inserted ones are",
        "removed where they still have the values that were written.",
        "A row that somebody changed since is a conflict: it is listed and left alone.",
        "Of a run with steps all are taken back, the last first; a script's schema by its rollback.",
        "An undo is a run of its own: `undo` with its number takes it back.",
        "undo keep says what `journal prune` may remove one day; nothing is removed by itself.");
  }

  @Override
  public void run(Session session, String rest) {
    String[] words = rest.toLowerCase(Locale.ROOT).split("\\s+");
    if (words[0].equals("keep")) {
      keep(session, words);
      return;
    }
    Run wanted = find(session, rest);
    Optional<Run> begun = session.journal().open(UndoPlanner.name(wanted));
    if (begun.isPresent()) {
      RunWork work = new RunWork(session, false);
      work.refuseUnlessWritable();
      session
          .output()
          .notice(
              "run %d was interrupted; going on from its checkpoints".formatted(begun.get().id()));
      session.output().run(work.resume(begun.get()));
      return;
    }
    Measured measured = plan(session, String.valueOf(wanted.id()));
    confirm(session, measured);
    ApplyCommand.apply(session, ApplyOptions.parse(""));
  }

  /** Measures, shows and makes current the plan that takes a run back. */
  static Measured plan(Session session, String rest) {
    if (session.inTransaction()) {
      throw CairnException.refused(
              "open-transaction", "an undo can't be planned inside an open transaction")
          .hint("ROLLBACK takes back what it did so far; or COMMIT, then `undo`");
    }
    Run run = find(session, rest);
    refuseHalfDone(session, run);
    if (run.hasSteps()) {
      MeasuredSteps steps = StepsUndo.plan(session, run);
      session.output().plan(steps, session.database().dialect());
      PlanCommand.makeCurrent(session, steps.whole());
      return steps.whole();
    }
    StepsUndo.refuseInTheMiddle(session, run);
    Measured measured = new PlanMaker(session).undo(run);
    session.output().plan(measured, session.database().dialect());
    PlanCommand.makeCurrent(session, measured);
    return measured;
  }

  /** Measured anew, what it has put back already would look like somebody else's change. */
  private static void refuseHalfDone(Session session, Run run) {
    session
        .journal()
        .open(UndoPlanner.name(run))
        .ifPresent(
            half -> {
              throw CairnException.refused(
                      "run-open",
                      "run %d takes run %d back and is %s: what it has put back can't be planned again"
                          .formatted(half.id(), run.id(), half.status()))
                  .hint(
                      "`resume %1$d` goes on with it; `abandon %1$d` gives it up, and `undo %1$d`"
                              .formatted(half.id())
                          + " takes back what it did");
            });
  }

  private static Run find(Session session, String rest) {
    if (!rest.isEmpty()) {
      return RunNumber.find(session, rest).orElseThrow();
    }
    return new UndoPlanner(session.database(), session.journal())
        .latest()
        .orElseThrow(
            () ->
                CairnException.refused("nothing-to-undo", "no run is left to take back")
                    .hint("`runs` lists them; an undo is taken back by its own number"));
  }

  private static void keep(Session session, String[] words) {
    JournalKeeping keeping = new JournalKeeping(session.database());
    if (words.length > 1) {
      boolean all = words.length == 2 && words[1].equals("all");
      boolean some =
          words.length == 3 && words[1].matches("[0-9]{1,9}") && words[2].matches("runs?|days?");
      if (!all && !some) {
        throw CairnException.usage("undo keep what?")
            .hint("`undo keep 20 runs`, `undo keep 90 days` or `undo keep all`");
      }
      new RunWork(session, false).refuseUnlessWritable();
      keeping.keep(
          all
              ? Optional.empty()
              : Optional.of(
                  new Policy(
                      words[2].startsWith("run") ? Unit.RUNS : Unit.DAYS,
                      Long.parseLong(words[1]))));
    }
    session
        .output()
        .says(
            keeping
                .policy()
                .map(kept -> "undo data is kept of " + kept + "; `journal prune` removes the rest")
                .orElse("undo data is kept of all runs; `journal prune` removes none"));
  }

  /** On a terminal a person sees the plan before it runs; the live database's name is asked for. */
  private static void confirm(Session session, Measured measured) {
    boolean asks = !session.settings().yes() && !session.database().live();
    if (!asks || session.console().width() == 0) {
      return;
    }
    Optional<String> answer =
        session
            .console()
            .ask("Put back %s? [y/N] ".formatted(Counted.rows(measured.total(Lane::sourceRows))));
    boolean agreed = answer.map(String::strip).filter(a -> a.matches("(?i)y|yes")).isPresent();
    if (answer.isPresent() && !agreed) {
      throw CairnException.refused("not-approved", "not undone; nothing was written");
    }
  }
}
