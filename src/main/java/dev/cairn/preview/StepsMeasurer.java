package dev.cairn.preview;

import dev.cairn.analysis.Finding;
import dev.cairn.database.Database;
import dev.cairn.plan.Entry;
import dev.cairn.plan.Lane;
import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together what was measured of the steps of a plan. */
public final class StepsMeasurer {
  private StepsMeasurer() {}

  /**
   * The plan as a whole, a lane a step. The token of a step that could be measured is the bound of
   * its lane, so that it can be measured again up to its own bounds.
   */
  public static MeasuredSteps measure(
      Database database, Plan plan, List<MeasuredSteps.Step> steps, List<Finding> findings) {
    List<Lane> lanes = new ArrayList<>();
    double seconds = 0;
    for (MeasuredSteps.Step step : steps) {
      lanes.add(lane(step));
      seconds += step.measured().map(Measured::estimateSeconds).orElse(0.0);
    }
    Measured whole =
        new Measured(plan, database.identity(), lanes, findings, Optional.empty(), seconds);
    return new MeasuredSteps(
        whole.refused()
            ? whole
            : new Measured(
                plan,
                database.identity(),
                lanes,
                findings,
                Optional.of(TokenMaker.token(whole)),
                seconds),
        steps);
  }

  private static Lane lane(MeasuredSteps.Step step) {
    Optional<Token> token = step.measured().flatMap(Measured::token);
    List<Entry> entries =
        step.measured().stream()
            .flatMap(each -> each.lanes().stream())
            .flatMap(each -> each.entries().stream())
            .toList();
    return new Lane(
        step.part().name(),
        step.part().mapping(),
        entries,
        null,
        token.map(Token::text).orElse(null),
        step.measured().map(each -> each.total(Lane::sourceRows)).orElse(0L),
        step.measured().map(each -> each.total(Lane::expectedRows)).orElse(0L),
        step.measured().map(each -> each.total(Lane::alreadyThere)).orElse(0L),
        token.map(Token::rowsDigest).orElse(""));
  }
}
