package dev.cairn.command;

import dev.cairn.error.CairnException;
import dev.cairn.journal.Journal;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunKind;
import dev.cairn.plan.Measured;
import dev.cairn.plan.PlanFile;
import dev.cairn.plan.Token;
import dev.cairn.preview.Measurer.Depth;
import java.util.Optional;

/**
 * What {@code verify} and {@code spotcheck} are to compare: a run, a plan, or the last of either.
 */
final class Verifiable {
  private Verifiable() {}

  static Measured find(Session session, String named) {
    PlanMaker maker = new PlanMaker(session);
    Journal journal = session.journal();
    if (named.matches("[0-9]{1,18}")) {
      return maker.fromRun(journal.run(Long.parseLong(named)), Depth.COUNTS);
    }
    String name = named.isEmpty() ? current(session) : named;
    Optional<Run> last = journal.latest(name);
    if (last.isPresent() && session.planFiles().names().stream().noneMatch(name::equals)) {
      return maker.fromRun(last.get(), Depth.COUNTS);
    }
    PlanFile file = session.planFiles().read(name);
    boolean same = last.isPresent() && last.get().planText().equals(file.text());
    if (same) {
      return maker.fromRun(last.get(), Depth.COUNTS);
    }
    return maker.fromFile(name, Optional.empty(), Optional.<Token>empty());
  }

  /** The run of a change that is meant, where one is: it is compared with its own journal. */
  static Optional<Run> change(Session session, String named) {
    Journal journal = session.journal();
    if (named.matches("[0-9]{1,18}")) {
      return Optional.of(journal.run(Long.parseLong(named))).filter(Verifiable::isChange);
    }
    if (named.isEmpty() && session.plan().isEmpty()) {
      return journal.newest(any -> true).filter(Verifiable::isChange);
    }
    return journal.latest(named.isEmpty() ? current(session) : named).filter(Verifiable::isChange);
  }

  private static boolean isChange(Run run) {
    return run.kind() != RunKind.PLAN || StoredPlan.of(run).migration().isEmpty();
  }

  private static String current(Session session) {
    return session
        .plan()
        .map(measured -> measured.plan().name())
        .or(() -> session.journal().newest(any -> true).map(Run::plan))
        .orElseThrow(
            () ->
                CairnException.usage("verify what?")
                    .hint("`verify NAME`; `plans` lists the names, `runs` the runs"));
  }
}
