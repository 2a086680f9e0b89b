package dev.cairn.plan;

import java.util.List;
import java.util.Optional;

/**
 * A plan file as it was written: checked for form, not yet against any database. It is one of six:
 * rows of one table written into another, a change of rows that are there, a table made anew, rows
 * put back, a script, or several steps of which each is one of these.
 *
 * @param text the file's text, which a run stores; of a step, the text of the whole plan
 * @param name what is typed after {@code plan migrate}
 * @param description one sentence for people, may be empty
 * @param migration what is written where, of a plan that migrates rows
 * @param change the statement, of a plan that changes rows
 * @param rebuild what a table shall be, of a plan that makes one anew
 * @param restore what is put back, of a plan that puts rows back as a snapshot has them
 * @param script the statements, of a step that is a script
 * @param requires what must hold right before it, of a step
 * @param ensures what must hold behind it, of a step
 * @param steps the steps in order, of a plan that has several
 */
public record PlanFile(
    String text,
    String name,
    String description,
    Optional<MigrationSpec> migration,
    Optional<SqlText> change,
    Optional<RebuildSpec> rebuild,
    Optional<RestoreSpec> restore,
    Optional<ScriptSpec> script,
    List<Condition> requires,
    List<Condition> ensures,
    List<StepSpec> steps) {

  public PlanFile {
    requires = List.copyOf(requires);
    ensures = List.copyOf(ensures);
    steps = List.copyOf(steps);
  }

  /** The name that a step's own plan and its runs have. */
  public static String nameOf(String plan, String step) {
    return plan + "--" + step;
  }

  /**
   * The plan of that name in this text: the file itself, or one of its steps. A run stores the text
   * of the whole file and the name of what it did of it.
   */
  public PlanFile named(String plan) {
    return steps.stream()
        .filter(step -> nameOf(name, step.name()).equals(plan))
        .map(StepSpec::plan)
        .findFirst()
        .orElse(this);
  }

  /** Whether it has steps that are plans of their own. */
  public boolean hasSteps() {
    return !steps.isEmpty();
  }

  /** The same as a step of another plan. */
  PlanFile asStep(String plan, String wholeText, List<Condition> before, List<Condition> behind) {
    return new PlanFile(
        wholeText,
        plan,
        description,
        migration,
        change,
        rebuild,
        restore.map(each -> each.asStep(plan, wholeText)),
        script,
        before,
        behind,
        List.of());
  }
}
