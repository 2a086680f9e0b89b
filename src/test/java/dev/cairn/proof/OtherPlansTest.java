package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.journal.BatchTally;
import dev.cairn.verify.Verification;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy, an aggregate and a fan-out of somebody else's tables pass what the points pass. */
class OtherPlansTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void it_gives_what_one_statement_gives(OtherPlan plan) throws Exception {
    SqliteFile database = plan.write(folder.resolve("other.db"));
    SqliteFile oracle = database.copyTo(folder.resolve("oracle.db"));
    plan.inOneStatement(oracle);
    try (Engine engine = new Engine(database, plan.text())) {
      assertThat(engine.verify()).isInstanceOf(Verification.Mismatch.class);
      Ledger.addsUp(database, engine.apply(97).id());
      KillLoop.sameRows(
          oracle.content(plan.plan(), plan.number()), database.content(plan.plan(), plan.number()));
      assertThat(engine.verify()).isInstanceOf(Verification.Verified.class);
      BatchTally again = engine.apply(1_000).tally();
      assertThat(again.inserted() + again.replaced()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void killed_it_gives_what_an_undisturbed_run_gives(OtherPlan plan) throws Exception {
    SqliteFile fresh = plan.write(folder.resolve("fresh.db"));
    KillLoop.Case work =
        new KillLoop.Case(plan.plan(), OtherPlan.FOLDER, fresh, plan.plan(), plan.number(), 160);
    assertThat(new KillLoop(folder, work, System.nanoTime()).kill(3))
        .hasSizeGreaterThanOrEqualTo(3);
  }
}
