package dev.cairn.plan;

import dev.cairn.analysis.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plan checked against a schema: pure text and structure, nothing measured yet.
 *
 * @param name the plan's name
 * @param text the plan's text, as a run stores it: a plan file's, or the statement's
 * @param typed whether the text is a statement that was typed
 * @param where the predicate typed after the name, where there was one
 * @param schema the fingerprint of the schema that it was checked against
 * @param steps what it does, in order
 * @param findings what the schema alone already tells
 */
public record Plan(
    String name,
    String text,
    boolean typed,
    Optional<String> where,
    String schema,
    List<PlanStep> steps,
    List<Finding> findings) {

  public Plan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  /** The same plan with other findings. */
  public Plan with(List<Finding> others) {
    return new Plan(name, text, typed, where, schema, steps, others);
  }

  /** What it does. */
  public PlanStep step() {
    return steps.get(0);
  }

  /** What its lane of that number does: one step a lane where there are several. */
  public PlanStep step(int lane) {
    return steps.size() == 1 ? step() : steps.get(lane);
  }

  /** What it puts back, a step a lane; empty where it puts nothing back. */
  public List<RestoreRows> restores() {
    return steps.stream()
        .filter(RestoreRows.class::isInstance)
        .map(RestoreRows.class::cast)
        .toList();
  }

  /** The database that its queries read beside the target's, where they read one. */
  public Optional<Beside> beside() {
    return restores().stream().flatMap(step -> step.beside().stream()).findFirst();
  }

  /** The triggers that are off while its batches write, where there are any. */
  public Optional<Suspension> suspended() {
    return steps.stream()
        .flatMap(
            step ->
                step instanceof MigrateRows migration
                    ? migration.suspended().stream()
                    : step instanceof RestoreRows back
                        ? back.suspended().stream()
                        : Stream.<Suspension>empty())
        .findFirst();
  }

  /** Whether it changes or puts back rows of a table, rather than migrate rows from elsewhere. */
  public boolean isChange() {
    return !(step() instanceof MigrateRows);
  }

  /** Whether it is a sequence of steps that are runs of their own. */
  public boolean hasSteps() {
    return step() instanceof StepSequence;
  }

  /** The table that it writes; empty text where there are several. */
  public String tableName() {
    return step().tableName();
  }

  /** The migration in it. */
  public MigrateRows migration() {
    return (MigrateRows) steps.get(0);
  }
}
