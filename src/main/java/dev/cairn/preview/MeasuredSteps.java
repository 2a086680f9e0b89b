package dev.cairn.preview;

import dev.cairn.plan.Measured;
import dev.cairn.plan.Plan;
import dev.cairn.plan.StepSequence.Part;
import java.util.List;
import java.util.Optional;

/**
 * A plan of several steps, measured as far as that is possible before the first of them ran.
 *
 * @param whole the sequence; its lanes are the steps
 * @param steps what is known of each, in order
 */
public record MeasuredSteps(Measured whole, List<Step> steps) {

  public MeasuredSteps {
    steps = List.copyOf(steps);
  }

  /**
   * What is known of a step.
   *
   * @param part its name and kind
   * @param plan the step as a plan, checked against the schema that the steps before it leave;
   *     empty where it can't be planned before its turn
   * @param measured its measurement; empty where steps before it write what it reads
   * @param done the run that did it already; 0 for none
   */
  public record Step(Part part, Optional<Plan> plan, Optional<Measured> measured, long done) {

    /** A step that is still to be done. */
    public Step(Part part, Optional<Plan> plan, Optional<Measured> measured) {
      this(part, plan, measured, 0);
    }
  }
}
