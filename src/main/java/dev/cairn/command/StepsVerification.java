package dev.cairn.command;

import dev.cairn.database.Database;
import dev.cairn.database.ReadView;
import dev.cairn.journal.JournalledRows;
import dev.cairn.journal.Run;
import dev.cairn.journal.RunStatus;
import dev.cairn.journal.StepRuns;
import dev.cairn.plan.MigrationSpec;
import dev.cairn.verify.Check;
import dev.cairn.verify.Verification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Compares the steps of a run with what is there, each by itself. A step whose tables a later step
 * wrote too can't be compared any more: the later one is.
 */
final class StepsVerification {
  private StepsVerification() {}

  static Verification of(Session session, Run whole) {
    long started = System.nanoTime();
    List<Check> checks = new ArrayList<>();
    Set<String> written = new HashSet<>();
    boolean any = false;
    for (Run step : new StepRuns(session.database(), session.journal()).of(whole)) {
      if (step.status() != RunStatus.SUCCEEDED) {
        continue;
      }
      Set<String> tables = tables(session.database(), step);
      boolean last = tables.stream().noneMatch(written::contains);
      written.addAll(tables);
      if (!last) {
        checks.add(0, left(step, "a later step wrote its tables too; it wasn't compared"));
        continue;
      }
      Verification own = VerifyCommand.verification(session, step);
      List<Check> found = own.checks().stream().map(each -> named(step, each)).toList();
      any |= !found.isEmpty();
      checks.addAll(0, found.isEmpty() ? List.of(left(step, "no rows to compare")) : found);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return any
        ? Verification.of(checks, seconds)
        : new Verification.NotVerifiable(checks, seconds, "no step has rows to compare");
  }

  private static Set<String> tables(Database database, Run step) {
    Set<String> tables = new HashSet<>();
    try (ReadView view = database.view()) {
      JournalledRows.of(view, step.id()).forEach(rows -> tables.add(fold(rows.target())));
    }
    boolean file = step.kind() == dev.cairn.journal.RunKind.PLAN;
    if (file) {
      StoredPlan.of(step)
          .migration()
          .map(MigrationSpec::target)
          .ifPresent(target -> tables.add(fold(target.sql())));
    }
    return tables;
  }

  private static Check named(Run step, Check check) {
    Object lane = check.lane() == null ? name(step) : name(step) + " " + check.lane();
    return new Check(
        check.name(),
        lane,
        check.ok(),
        check.compared(),
        check.differing(),
        check.missing(),
        check.kept(),
        check.unexpected(),
        check.detail(),
        check.sample());
  }

  private static Check left(Run step, String why) {
    return new Check("rows", name(step), true, 0, 0, 0, 0, 0, why, List.of());
  }

  private static String name(Run step) {
    int mark = step.plan().lastIndexOf("--");
    return mark < 0 ? step.plan() : step.plan().substring(mark + 2);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
