package dev.cairn.plan;

import dev.cairn.error.SourceSpan;
import java.util.Optional;

/**
 * One step of a plan that has several.
 *
 * @param name what it is called within the plan
 * @param file the step by itself, as a plan of its own; empty where another plan file is named that
 *     has not been read yet
 * @param other the plan file that it names, where it names one
 * @param span where it stands
 */
public record StepSpec(
    String name, Optional<PlanFile> file, Optional<SqlText> other, SourceSpan span) {

  /** The step as a plan of its own. */
  public PlanFile plan() {
    return file.orElseThrow();
  }
}
