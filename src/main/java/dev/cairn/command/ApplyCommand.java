package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.plan.Approved;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Token;
import dev.cairn.preview.Measurer;
import dev.cairn.snapshot.Rehearsal;
import java.util.List;
import java.util.Optional;

/**
 * {@code apply [on snapshot] [--drift N] [--quarantine]}: runs the current plan in checkpointed
 * batches.
 */
final class ApplyCommand implements Command {
  @Override
  public String name() {
    return "apply";
  }

  @Override
  public String usage() {
    return "apply [on snapshot] [--drift N] [--quarantine]";
  }

  @Override
  public String summary() {
    return "runs the current plan in checkpointed batches, or goes on with its interrupted run";
  }

  @Override
  public List<String> details() {
    return List.of(
        "Schema, mapping and source keys are measured again first; where they differ from the plan,",
        "nothing is written (exit 4). --drift N tolerates a source count that differs by up to N.",
        "--quarantine sets a source row aside that the database refuses, instead of stopping at it.",
        "on snapshot rehearses: the plan runs in full on a fresh copy, is verified there, and what each",
        "lane did is kept. The next apply of the plan stops at the edge of a lane that did otherwise",
        "(exit 4), by more rows than --drift N tolerates.",
        "Ctrl-C finishes the batch at hand; `resume` goes on.");
  }

  @Override
  public Expected expected(List<String> before) {
    return Expected.words("on snapshot", "--drift", "--quarantine");
  }

  @Override
  public void run(Session session, String rest) {
    apply(session, ApplyOptions.parse(rest));
  }

  /** Applies the current plan. */
  static void apply(Session session, ApplyOptions options) {
    Measured current =
        session
            .plan()
            .orElseThrow(
                () ->
                    CairnException.refused("no-plan", "there is no current plan to apply")
                        .hint("`plan migrate NAME` first"));
    RunWork work = new RunWork(session, options.quarantine());
    if (options.onSnapshot()) {
      work.refuseInTransaction();
      refuseIfFileChanged(session, current);
      new Rehearsing(session).rehearse(current, options);
      return;
    }
    work.refuseUnlessWritable();
    refuseIfFileChanged(session, current);
    Journal journal = session.journal();
    Optional<Run> open = journal.open(current.plan().name());
    if (open.isPresent()) {
      resume(session, work, current, open.get(), Math.max(0, options.drift()));
      return;
    }
    boolean done = isDone(journal, current);
    Measured now =
        done
            ? nothingLeft(session, current)
            : new Approval(session).measuredAgain(current, options.drift());
    Optional<Rehearsal> rehearsal =
        done ? Optional.empty() : Rehearsing.of(session, now, Optional.empty());
    rehearsal.ifPresent(each -> RehearsalComparison.refuseOtherRows(each, now, options.drift()));
    Approved approved = new Approved(now, "apply");
    Run run = journal.start(approved);
    WatchedProgress watch = RunWork.watch(rehearsal, run, options.drift());
    session.output().run(work.go(approved, run, watch));
  }

  /**
   * Whether this very plan was applied. A change that is done can't be measured to the same token,
   * as what it changed is no longer what it was; made again it might change the rows once more.
   */
  private static boolean isDone(Journal journal, Measured current) {
    return current.plan().isChange()
        && journal
            .latest(current.plan().name())
            .filter(run -> run.status() == RunStatus.SUCCEEDED)
            .filter(run -> run.token().equals(token(current).text()))
            .isPresent();
  }

  private static Measured nothingLeft(Session session, Measured current) {
    session.output().notice("this plan has been applied; plan again to change what is there now");
    return Measurer.withLanes(current, List.of());
  }

  private static void resume(
      Session session, RunWork work, Measured current, Run open, long drift) {
    boolean same =
        open.planText().equals(current.plan().text())
            && open.where().equals(current.plan().where());
    if (!same) {
      throw CairnException.drift(
              "other-plan-open",
              "run %d of %s is unfinished, and was planned from another text"
                  .formatted(open.id(), open.plan()))
          .hint(
              "`resume "
                  + open.id()
                  + "` finishes it as planned, `abandon "
                  + open.id()
                  + "` gives it up");
    }
    session
        .output()
        .notice("run %d was interrupted; going on from its checkpoints".formatted(open.id()));
    session.output().run(work.resume(open, drift));
  }

  /** The file is the plan: one that was edited since must be planned again. */
  private static void refuseIfFileChanged(Session session, Measured current) {
    if (current.plan().typed()) {
      return; // the statement itself is the plan
    }
    String text;
    try {
      text = session.planFiles().read(current.plan().name()).text();
    } catch (CairnException gone) {
      return; // the plan was read whole; its file is not needed to apply it
    }
    if (!text.equals(current.plan().text())) {
      throw CairnException.drift(
              "plan-changed",
              "the file of plan " + current.plan().name() + " changed since it was planned")
          .hint("plan again");
    }
  }

  /** The token of a plan that has one. */
  static Token token(Measured measured) {
    return measured
        .token()
        .orElseThrow(() -> CairnException.refused("plan-refused", "the plan has errors"));
  }
}
